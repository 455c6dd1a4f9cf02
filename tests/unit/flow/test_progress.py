from datetime import UTC, datetime
from pathlib import Path

import pytest
from upath import UPath

from pipeline.flow.artefacts import write_json, write_records
from pipeline.flow.clock import SoFar
from pipeline.flow.manifest import Request, Task, freeze
from pipeline.flow.progress import Progress
from pipeline.sources.raw import ListedFile

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def begun(folder: UPath, files: int, batch_size: int = 2) -> Progress:
    """Freeze the manifest of a run and return its progress."""
    listed = [ListedFile("raw", f"{n}.txt", f"/raw/{n}.txt", 1, NOW) for n in range(files)]
    request = Request("run", "/raw", batch_size=batch_size)
    todo, unchanged = [Task(file) for file in listed[1:]], listed[:1]
    return Progress(folder, freeze(folder, request, started_at=NOW, source="raw", todo=todo, unchanged=unchanged))


def test_files_are_counted_by_stage_and_state_as_batches_end(tmp_path: Path) -> None:
    folder = UPath(tmp_path)
    progress = begun(folder, 4)
    progress.look()
    assert (progress.todo, progress.done, dict(progress.states)) == (3, 0, {"unchanged": 1})

    write_json(folder / "batch-0001" / "clean.json", {"seconds": 0.1, "files": 2})
    write_json(folder / "batch-0002" / "clean.json", {"seconds": 0.1, "files": 1})
    write_json(folder / "batch-0001" / "enrich.json", {"seconds": 0.1, "files": 2})
    progress.look()
    assert dict(progress.files) == {"clean": 3, "enrich": 2}
    assert 0 < progress.done < 3

    write_json(folder / "batch-0001" / "index.json", {"files": 2, "states": {"indexed": 1, "quarantined": 1}})
    write_json(folder / "batch-0002" / "enrich.json", {"files": 1})
    write_json(folder / "batch-0002" / "index.json", {"files": 1, "states": {"indexed": 1}})
    progress.look()
    assert dict(progress.states) == {"unchanged": 1, "indexed": 2, "quarantined": 1}
    assert progress.done == 3


def test_files_of_a_batch_that_is_at_work_count_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = UPath(tmp_path)
    progress = begun(folder, 1001, batch_size=1000)
    clock = iter(range(0, 100, 2))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    told = SoFar(folder / "batch-0001", "clean")

    told.tell(500)
    progress.look()
    half = progress.done
    write_json(folder / "batch-0001" / "clean.json", {"files": 1000})
    told.ended()
    progress.look()

    assert half == pytest.approx(progress.done / 2)
    assert not (folder / "batch-0001" / "clean.so-far").exists()


def test_a_summary_is_read_once_and_few_batches_are_looked_for(tmp_path: Path) -> None:
    folder = UPath(tmp_path)
    progress = begun(folder, 1001, batch_size=1)
    write_json(folder / "batch-0001" / "clean.json", {"files": 1})
    progress.look()
    (tmp_path / "batch-0001" / "clean.json").unlink()

    looked_for: list[str] = []
    progress.folder = Counting(looked_for, folder)
    progress.look()

    assert progress.files["clean"] == 1
    assert len(looked_for) < 200


def test_steps_follow_what_is_there(tmp_path: Path) -> None:
    folder = UPath(tmp_path)
    progress = begun(folder, 2)
    seen = [progress.step]
    for file in ("repeated.json", "batch-0001/clean.json", "batch-0001/enrich.json", "batch-0001/index.json"):
        write_json(folder / file, {"files": 1})
        progress.look()
        seen.append(progress.step)
    write_records(folder / "duplicates.jsonl", [])
    seen.append(progress.step)
    assert seen == ["survey", "batch", "batch", "batch", "link_duplicates", "report"]

    for file in ("rebuild.json", "carried.json", "linked.json", "checks.json", "settled.json"):
        write_json(folder / file, {})
        seen.append(progress.step)
    assert seen[6:] == ["carry_over", "link_duplicates", "check", "go_live", "report"]


class Counting:
    """A folder that notes what is looked for in it."""

    def __init__(self, looked_for: list[str], folder: UPath) -> None:
        self.looked_for, self.folder = looked_for, folder

    def __truediv__(self, name: str) -> UPath:
        self.looked_for.append(name)
        return self.folder / name
