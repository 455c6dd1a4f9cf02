import hashlib
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import __version__
from pipeline.flow import discover as discovery
from pipeline.flow.discover import batch_size, discover
from pipeline.flow.manifest import Manifest, Request, batch_tasks, unchanged_files
from pipeline.ledger.files import Known
from pipeline.sources.raw import ListedFile

Ledger = dict[str, Known]


class Newsroom:
    """A folder of raw files, and a ledger as earlier runs would have left it."""

    def __init__(self, root: Path) -> None:
        self.raw = root / "raw"
        self.raw.mkdir()
        self.artefacts = str(root / "runs")
        self.ledger: Ledger = {}
        self.touched: list[ListedFile] = []

    def write(self, name: str, text: str, *, day: int = 1) -> None:
        file = self.raw / name
        file.write_text(text, encoding="utf-8")
        moment = datetime(2024, 5, day, tzinfo=UTC).timestamp()
        os.utime(file, (moment, moment))

    def discover(self, run_id: str, **options) -> Manifest:
        request = Request(run_id, str(self.raw), **options)
        self.folder, manifest = discover(request, self.artefacts, lambda files: self.ledger, self.touched.extend)
        return manifest

    def todo(self, manifest: Manifest) -> set[str]:
        return {task.file.path for name in manifest.batches for task in batch_tasks(self.folder / name)}

    def finish(self, manifest: Manifest, state: str = "indexed") -> None:
        """Enter the run's files into the ledger, as its index step would."""
        for name in manifest.batches:
            for task in batch_tasks(self.folder / name):
                sha256 = hashlib.sha256((self.raw / task.file.path).read_bytes()).hexdigest()
                self.ledger[task.file.id] = Known(
                    task.file.size, task.file.modified_at, sha256, state, __version__, task.attempts + 1,
                    path=task.file.path, root=task.file.root,
                )  # fmt: skip


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    room = Newsroom(tmp_path)
    for name in ("a.txt", "b.txt", "c.txt"):
        room.write(name, f"خبر عن {name}")
    room.finish(room.discover("first"))
    return room


def test_a_second_night_with_nothing_new_does_nothing(newsroom: Newsroom) -> None:
    manifest = newsroom.discover("second")
    assert (manifest.listed, manifest.unchanged, manifest.batches) == (3, 3, ())
    assert [file.path for file in unchanged_files(newsroom.folder)] == ["a.txt", "b.txt", "c.txt"]


def test_a_touched_file_costs_a_hash_and_is_noted_but_not_done_again(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "خبر عن b.txt", day=9)
    assert newsroom.discover("second").unchanged == 3
    assert [file.path for file in newsroom.touched] == ["b.txt"]


def test_a_rewritten_file_of_the_same_size_is_done_again(newsroom: Newsroom) -> None:
    newsroom.write("b.txt", "خبر عن z.txt", day=9)
    assert newsroom.todo(newsroom.discover("second")) == {"b.txt"}


def test_a_new_file_with_an_old_date_is_found(newsroom: Newsroom) -> None:
    newsroom.write("old.txt", "خبر قديم")
    os.utime(newsroom.raw / "old.txt", (0, 0))
    assert newsroom.todo(newsroom.discover("second")) == {"old.txt"}


def test_a_failed_file_is_retried_and_its_attempts_are_counted(newsroom: Newsroom) -> None:
    file_id = next(iter(newsroom.ledger))
    newsroom.ledger[file_id] = replace(newsroom.ledger[file_id], state="failed", attempts=2)
    manifest = newsroom.discover("second")
    assert [task.attempts for task in batch_tasks(newsroom.folder / manifest.batches[0])] == [2]


@pytest.mark.parametrize(("version", "due"), [(__version__, 0), ("0.0.1", 1)])
def test_a_quarantined_file_is_retried_only_by_another_version(newsroom: Newsroom, version: str, due: int) -> None:
    file_id = next(iter(newsroom.ledger))
    known = replace(newsroom.ledger[file_id], state="quarantined", pipeline_version=version)
    newsroom.ledger[file_id] = known
    assert len(newsroom.todo(newsroom.discover("second"))) == due


def test_force_does_every_file(newsroom: Newsroom) -> None:
    assert newsroom.todo(newsroom.discover("second", force=True)) == {"a.txt", "b.txt", "c.txt"}


def test_a_rerun_reads_the_manifest_that_was_frozen(newsroom: Newsroom) -> None:
    newsroom.write("d.txt", "خبر جديد")
    frozen = newsroom.discover("second")
    newsroom.write("e.txt", "خبر أحدث")
    assert newsroom.discover("second") == frozen
    assert newsroom.todo(frozen) == {"d.txt"}


def test_a_large_source_gets_larger_batches_rather_than_too_many(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discovery, "MAX_BATCHES", 2)
    assert len(newsroom.discover("second", force=True, batch_size=1).batches) == 2


@settings(deadline=None)  # it is about files on a disk
@given(count=st.integers(0, 30), batch_size=st.integers(1, 12))
def test_every_file_stands_in_exactly_one_batch(
    tmp_path_factory: pytest.TempPathFactory, count: int, batch_size: int
) -> None:
    room = Newsroom(tmp_path_factory.mktemp("newsroom"))
    for number in range(count):
        room.write(f"{number}.txt", f"الخبر رقم {number}")
    manifest = room.discover("run", batch_size=batch_size)
    paths = [task.file.path for name in manifest.batches for task in batch_tasks(room.folder / name)]
    assert sorted(paths) == sorted(f"{number}.txt" for number in range(count))
    assert manifest.listed == count


@pytest.mark.parametrize(
    ("asked", "files", "cores", "size"),
    [
        (2000, 5, 2, 500),
        (2000, 1000, 2, 500),
        (2000, 10_000, 2, 1250),
        (5000, 100_000, 2, 5000),
        (5000, 100_000, 10, 2500),
        (2, 1000, 2, 2),
        (2000, 3_000_000, 2, 3000),
        (1, 5000, 2, 5),
    ],
)
def test_batches_are_of_the_size_asked_for_unless_they_would_be_too_few_or_too_many(
    asked: int, files: int, cores: int, size: int
) -> None:
    assert batch_size(asked, files, cores) == size
