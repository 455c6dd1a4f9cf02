from datetime import UTC, datetime
from pathlib import Path

import pytest
from upath import UPath

from pipeline.clean.line import read_line
from pipeline.clean.repetition.keys import line_key
from pipeline.clean.repetition.repeated import Share
from pipeline.flow import survey as surveys
from pipeline.flow.artefacts import read_records
from pipeline.flow.batch import clean_batch
from pipeline.flow.discover import discover
from pipeline.flow.manifest import Manifest, Request, Task, freeze
from pipeline.flow.survey import survey, surveyed
from pipeline.sources.listing import list_files

NOW = datetime(2024, 5, 1, tzinfo=UTC)
SLOGAN = "قهوتنا على النار والخبر على الطاولة"
TOWNS = ("طرابلس", "صيدا", "بعلبك", "زحلة", "جبيل", "البترون", "النبطية", "صور", "عاليه", "بشري", "راشيا", "جونية")


def article(town: str, *more: str) -> str:
    """An invented article about a town, with the source's slogan in its midst."""
    return "\n".join([
        f"افتتاح مدرسة جديدة في {town} بعد عامين من الانتظار",
        f"افتتحت وزارة التربية في {town} مدرسة تضم عشرين صفا، وبلغت كلفتها نحو مليوني ليرة.",
        SLOGAN,
        f"وقال رئيس بلدية {town} إن المدرسة تستقبل تلاميذ القرى المجاورة من بداية العام المقبل.",
        *more,
    ])  # fmt: skip


class Source:
    """A folder of raw files, and its runs."""

    def __init__(self, root: Path) -> None:
        self.raw, self.artefacts = root / "raw", str(root / "runs")
        self.raw.mkdir()

    def write(self, *towns: str) -> None:
        for town in towns:
            (self.raw / f"{town}.txt").write_text(article(town), encoding="utf-8")

    def run(self, run_id: str) -> tuple[UPath, Manifest]:
        """Freeze a run's manifest; all files of the folder are new to it."""
        return discover(Request(run_id, str(self.raw)), self.artefacts, lambda files: {}, lambda files: None)

    def night(self, run_id: str, *towns: str) -> UPath:
        """A night on which these files came, and those of the night before have gone to the archive."""
        for file in self.raw.iterdir():
            file.unlink()
        self.write(*towns)
        folder, manifest = self.run(run_id)
        survey(folder, manifest)
        return folder

    @property
    def store(self) -> UPath:
        (folder,) = (UPath(self.artefacts) / "learned").iterdir()
        (file,) = folder.iterdir()
        return file


@pytest.fixture
def source(tmp_path: Path) -> Source:
    return Source(tmp_path)


def share(folder: UPath, name: str = "raw") -> Share | None:
    repeated = surveyed(folder)
    assert repeated is not None
    return repeated[name].find(line_key(read_line(SLOGAN)))


def test_what_recurs_is_cut_in_the_same_run_and_says_why(source: Source) -> None:
    source.write(*TOWNS)
    folder, manifest = source.run("night")
    survey(folder, manifest)
    clean_batch(folder / manifest.batches[0])
    articles = [record["clean"] for record in read_records(folder / manifest.batches[0] / "clean.jsonl")]
    assert len(articles) == len(TOWNS)
    for cleaned in articles:
        assert len(cleaned["body"].split("\n")) == 2
        (removed,) = (span for span in cleaned["removed"] if span["text"] == SLOGAN)
        assert (removed["kind"], removed["reason"]) == ("other", "repeats in 12 of 12 files of this source")


def test_without_a_survey_nothing_is_known(source: Source) -> None:
    source.write(*TOWNS)
    folder, manifest = source.run("night")
    clean_batch(folder / manifest.batches[0])
    assert surveyed(folder) is None
    record = next(read_records(folder / manifest.batches[0] / "clean.jsonl"))
    assert SLOGAN in record["clean"]["body"]


def test_few_files_a_night_are_enough_after_some_nights(source: Source) -> None:
    assert [share(source.night(f"night-{n}", *TOWNS[3 * n : 3 * n + 3])) for n in range(3)] == [
        None, Share(6, 6), Share(9, 9),
    ]  # fmt: skip


def test_copies_of_one_article_teach_nothing(source: Source) -> None:
    for number in range(12):
        (source.raw / f"copy-{number}.txt").write_text(article("صيدا", f"تحديث رقم {number}."), encoding="utf-8")
    folder, manifest = source.run("night")
    survey(folder, manifest)
    assert surveyed(folder) is not None
    assert share(folder) is None


def test_a_survey_done_again_reads_what_was_frozen(source: Source) -> None:
    source.write(*TOWNS)
    folder, manifest = source.run("night")
    first = survey(folder, manifest)
    stored = source.store.read_bytes()
    for file in source.raw.iterdir():
        file.unlink()
    assert survey(folder, manifest) == first == surveyed(folder)
    assert source.store.read_bytes() == stored


def test_a_survey_killed_before_its_snapshot_counts_nothing_twice(source: Source) -> None:
    source.write(*TOWNS)
    folder, manifest = source.run("night")
    first = survey(folder, manifest)
    stored = source.store.read_bytes()
    (folder / "repeated.json").unlink()
    assert survey(folder, manifest) == first
    assert source.store.read_bytes() == stored


def test_an_earlier_run_keeps_its_snapshot_when_later_ones_learn_more(source: Source) -> None:
    first = source.night("first", *TOWNS[:6])
    source.night("second", *TOWNS[6:])
    assert share(first) == Share(6, 6)


def test_the_sample_is_bounded_and_the_same_for_the_same_files(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveys, "SAMPLE", 5)
    source.night("first", *TOWNS)
    ids = [record["id"] for record in read_records(source.store)]
    assert len(ids) == 5
    source.store.unlink()
    source.night("second", *reversed(TOWNS))
    assert [record["id"] for record in read_records(source.store)] == ids


def test_files_that_can_t_be_read_are_left_out(source: Source) -> None:
    source.write(*TOWNS)
    (source.raw / "picture.txt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" * 50)
    folder, manifest = source.run("night")
    survey(folder, manifest)
    assert share(folder) == Share(12, 12)


def test_a_fault_of_ours_in_one_file_costs_no_night(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    original = surveys.sketch

    def breaks(raw, seen_at):
        if raw.listed.path == "صور.txt":
            raise RuntimeError("a fault of ours")
        return original(raw, seen_at)

    monkeypatch.setattr(surveys, "sketch", breaks)
    assert share(source.night("night", *TOWNS)) == Share(11, 11)


@pytest.mark.parametrize("damage", [b"\x00\x01", b'{"id": "a"}\n', b'{"id": "a", "seen_at"', b"[1]\n"])
def test_a_store_that_can_t_be_read_is_learned_anew(source: Source, damage: bytes) -> None:
    source.night("first", *TOWNS[:6])
    source.store.write_bytes(damage)
    assert share(source.night("second", *TOWNS[6:])) == Share(6, 6)


def test_sources_whose_names_look_alike_have_stores_of_their_own(source: Source) -> None:
    source.write(*TOWNS)
    for run_id, name in (("first", "صوت/لبنان"), ("second", "صوت?لبنان")):
        request = Request(run_id, str(source.raw), source=name)
        folder, manifest = discover(request, source.artefacts, lambda files: {}, lambda files: None)
        survey(folder, manifest)
        assert share(folder, name) == Share(12, 12)
    assert len(list((UPath(source.artefacts) / "learned").iterdir())) == 2


def test_artefacts_may_live_in_a_bucket(source: Source) -> None:
    source.artefacts = "memory://survey"
    assert share(source.night("night", *TOWNS)) == Share(12, 12)


def test_a_run_of_several_sources_learns_of_each_by_itself(source: Source, tmp_path: Path) -> None:
    source.write(*TOWNS)
    other = tmp_path / "other"
    other.mkdir()
    (other / "صور.txt").write_text(article("صور"), encoding="utf-8")
    todo = [Task(file) for root in (source.raw, other) for file in list_files(str(root))]
    folder, request = UPath(source.artefacts) / "rebuild", Request("rebuild", "*")
    manifest = freeze(folder, request, started_at=NOW, source="*", todo=todo, unchanged=[])
    survey(folder, manifest)
    assert share(folder) == Share(12, 12)
    clean_batch(folder / manifest.batches[0])
    records = {r["file"]["source"]: r["clean"] for r in read_records(folder / manifest.batches[0] / "clean.jsonl")}
    assert SLOGAN not in records["raw"]["body"]
    assert SLOGAN in records["other"]["body"], "one file repeats nothing, whatever another source repeats"
