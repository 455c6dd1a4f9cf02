from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from upath import UPath

from pipeline.flow.artefacts import write_json, write_records
from pipeline.flow.failure import explained, failure_in
from pipeline.flow.manifest import Manifest, Request, Task, freeze
from pipeline.flow.report import is_ordinary, make_report, unfinished_outcomes
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


def test_why_batches_did_not_finish_is_said_once_for_each_cause(folder: UPath, manifest: Manifest) -> None:
    for name in manifest.batches:
        with pytest.raises(OSError, match="full"), explained(folder / name, "clean"):
            raise OSError("the disk is full")
    report = make_report(folder, manifest)
    (warning,) = report.document("news_nightly")["warnings"]
    assert warning.startswith("2 batches (batch-0001 …) did not finish; clear what is red with downstream.")
    assert warning.endswith("clean: OSError: the disk is full")
    assert all("the disk is full" in str(outcome.message) for _, _, outcome in unfinished_outcomes(folder, report))


def test_a_batch_that_was_killed_left_no_cause(folder: UPath, manifest: Manifest) -> None:
    finish(folder, "batch-0001", indexed=2)
    (warning,) = make_report(folder, manifest).document("news_nightly")["warnings"]
    assert warning.endswith("It was stopped or killed; its log says more")


def test_a_step_that_went_well_at_last_has_no_cause(folder: UPath, manifest: Manifest) -> None:
    batch = folder / "batch-0001"
    with pytest.raises(OSError, match="full"), explained(batch, "clean"):
        raise OSError("full")
    with explained(batch, "clean"):
        pass
    assert failure_in(batch) is None


def test_the_slowest_files_of_all_batches_are_named_with_their_stage(folder: UPath, manifest: Manifest) -> None:
    for name in manifest.batches:
        finish(folder, name, indexed=2)
        slowest = [{"seconds": float(int(name[-1]) + nth), "uri": f"raw/{name}-{nth}"} for nth in range(5)]
        write_json(folder / name / "clean.json", {"seconds": 20.0, "files": 2, "slowest": slowest})
    document = make_report(folder, manifest).document("news_nightly")
    assert [slow["seconds"] for slow in document["slowest"]] == [6.0, 5.0, 5.0, 4.0, 4.0]
    assert document["slowest"][0] == {"stage": "clean", "uri": "raw/batch-0002-4", "seconds": 6.0}
    assert document["stages"]["clean"] == {"seconds": 40.0, "files": 4, "files_per_second": 0.1}


@pytest.mark.parametrize(
    "asked", [{"force": True}, {"retry_quarantined": True}, {"only_failed": True}, {"pattern": "x"}]
)
def test_a_run_that_was_asked_for_something_special_is_not_ordinary(asked: dict) -> None:
    assert not is_ordinary(Request("run", "/raw", **asked))


def test_a_run_with_a_name_a_batch_size_or_permissions_is_ordinary() -> None:
    assert is_ordinary(Request("run", "/raw", source="x", batch_size=2, prune=True, accept_missing=True))
