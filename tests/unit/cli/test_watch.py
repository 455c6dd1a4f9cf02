"""A run that is watched, with a clock of the test's own."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from rich.console import Console
from upath import UPath

from pipeline.cli import watch as module
from pipeline.cli.watch import View, watch
from pipeline.flow.artefacts import write_json
from pipeline.flow.manifest import Request, Task, freeze
from pipeline.sources.raw import ListedFile

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def freeze_run(folder: UPath, files: int) -> None:
    todo = [Task(ListedFile("raw", f"{n}.txt", f"/raw/{n}.txt", 1, NOW)) for n in range(files)]
    request = Request("run", "/raw", batch_size=100)
    freeze(folder, request, started_at=NOW, source="raw", todo=todo, unchanged=[])
    write_json(folder / "repeated.json", {})


def end_batch(folder: UPath, number: int, states: dict[str, int]) -> None:
    for stage in ("clean", "enrich", "index"):
        write_json(folder / f"batch-{number:04}" / f"{stage}.json", {"files": 100, "states": {}})
    write_json(folder / f"batch-{number:04}" / "index.json", {"files": 100, "states": states})


def drawn(view: View) -> str:
    console = Console(file=io.StringIO(), width=100)
    console.print(view)
    return console.file.getvalue()  # type: ignore[attr-defined]


def test_rate_and_time_left_follow_from_what_is_done(tmp_path: Path) -> None:
    time = [0.0]
    folder = UPath(tmp_path)
    view = View(folder, clock=lambda: time[0])
    view.look()
    assert view.left is None
    assert "looking for new files" in drawn(view)

    freeze_run(folder, 1000)
    view.look()
    time[0] = 10.0
    end_batch(folder, 1, {"indexed": 98, "quarantined": 2})
    end_batch(folder, 2, {"indexed": 100})
    view.look()

    assert view.left == timedelta(seconds=40)
    time[0] = 12.0
    view.look()
    assert view.left == timedelta(seconds=38), "nothing new, so it counts down"
    time[0] = 10.0
    assert view.line() == (
        "cleaning, enriching, indexing: 200 of 1,000 files · 20% · 20 a second · 0:00:40 left"
        " · 198 indexed, 2 quarantined"
    )
    assert "198 indexed" in drawn(view)
    assert "0:00:40 left" in drawn(view)


def test_without_a_terminal_there_is_a_line_for_each_step_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = UPath(tmp_path)
    written = io.StringIO()
    monkeypatch.setattr(module, "err", Console(file=written, width=200))
    monkeypatch.setattr(module, "_POLL", 0)
    looks = iter([lambda: None, lambda: None, lambda: freeze_run(folder, 100), lambda: None,
                  lambda: end_batch(folder, 1, {"indexed": 100})])  # fmt: skip

    def state() -> str:
        happens = next(looks, None)
        if happens is None:
            return "success"
        happens()
        return "running"

    assert watch(folder, state, ("success", "failed")) == "success"
    lines = written.getvalue().splitlines()
    assert len(lines) == 4
    assert lines[:2] == ["· looking for new files", "· 100 files: 100 to do in 1 batches"]
    assert lines[3] == "· linking near-duplicates: 100 of 100 files · 100 indexed"
