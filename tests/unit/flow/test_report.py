from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from upath import UPath

from pipeline.flow.artefacts import write_json, write_records
from pipeline.flow.manifest import Manifest, Request, Task, freeze
from pipeline.flow.report import make_report, unfinished_outcomes
from pipeline.sources.raw import ListedFile

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def file(name: str) -> ListedFile:
    return ListedFile("raw", name, f"/raw/{name}", 10, NOW)


@pytest.fixture
def folder(tmp_path: Path) -> UPath:
    return UPath(tmp_path)


@pytest.fixture
def manifest(folder: UPath) -> Manifest:
    """Five files: one unchanged, four to do in two batches."""
    todo = [Task(file(name), attempts=1) for name in "abcd"]
    request = Request("run", "/raw", batch_size=2)
    return freeze(folder, request, started_at=NOW, source="raw", todo=todo, unchanged=[file("e")])


def finish(folder: UPath, batch: str, **states: int) -> None:
    empty = {"reasons": {}, "removed_kinds": {"share": 2}, "repairs": {}, "languages": {"ar": 2}}
    write_json(folder / batch / "index.json", {"seconds": 1.5, "files": 2, "states": states, **empty})


def test_the_states_add_up_to_the_manifest(folder: UPath, manifest: Manifest) -> None:
    finish(folder, "batch-0001", indexed=2)
    finish(folder, "batch-0002", indexed=1, quarantined=1)
    report = make_report(folder, manifest)
    assert report.states == {"indexed": 3, "quarantined": 1, "unchanged": 1, "duplicate": 0}
    assert report.seconds["index"] == 3.0
    assert report.statistics.removed_kinds == {"share": 4}
    assert not report.failed


def test_files_of_a_batch_that_did_not_finish_are_failed_and_the_run_is_red(folder: UPath, manifest: Manifest) -> None:
    finish(folder, "batch-0001", indexed=2)
    report = make_report(folder, manifest)
    assert (report.states["failed"], report.unfinished, report.failed) == (2, ["batch-0002"], True)
    assert report.document("news_nightly")["state"] == "failed"
    outcomes = [
        (batch, attempts, outcome.file.path) for batch, attempts, outcome in unfinished_outcomes(folder, report)
    ]
    assert outcomes == [("batch-0002", 1, "c"), ("batch-0002", 1, "d")]


def test_a_file_that_failed_alone_makes_the_run_red_too(folder: UPath, manifest: Manifest) -> None:
    finish(folder, "batch-0001", indexed=1, failed=1)
    finish(folder, "batch-0002", indexed=2)
    assert make_report(folder, manifest).failed


def test_duplicates_are_counted_apart_from_indexed(folder: UPath, manifest: Manifest) -> None:
    finish(folder, "batch-0001", indexed=2)
    finish(folder, "batch-0002", indexed=2)
    write_records(folder / "duplicates.jsonl", [{"id": file("b").id, "duplicate_of": file("a").id}])
    states = make_report(folder, manifest).states
    assert (states["indexed"], states["duplicate"]) == (3, 1)


def test_counts_that_do_not_add_up_are_not_reported(folder: UPath, manifest: Manifest) -> None:
    finish(folder, "batch-0001", indexed=1)
    finish(folder, "batch-0002", indexed=2)
    with pytest.raises(AssertionError, match="do not add up to the 5 files"):
        make_report(folder, manifest)


def test_the_report_is_the_document_of_the_ledger(folder: UPath, manifest: Manifest) -> None:
    finish(folder, "batch-0001", indexed=2)
    finish(folder, "batch-0002", indexed=2)
    document = make_report(folder, manifest).document("news_nightly")
    assert document["manifest"] == sum(document["counts"].values()) == 5
    assert asdict(manifest.request)["run_id"] == document["run_id"]
