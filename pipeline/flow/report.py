"""The report: add up what the batches left on disk, and tell the ledger of runs."""

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from upath import UPath

from pipeline import __version__
from pipeline.flow.artefacts import read_json, read_records
from pipeline.flow.manifest import Manifest, batch_tasks
from pipeline.ledger.entry import STATES, FileOutcome

log = logging.getLogger(__name__)

STAGES = ("clean", "enrich", "index")


@dataclass(slots=True)
class Report:
    """A run in numbers; the states add up to the manifest."""

    manifest: Manifest
    states: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    """Why files were quarantined or failed, as ``stage/reason``."""
    seconds: Counter[str] = field(default_factory=Counter)
    """Working time by stage, summed over the batches."""
    removed_kinds: Counter[str] = field(default_factory=Counter)
    repairs: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    unfinished: list[str] = field(default_factory=list)
    """Batches that did not come to an end."""
    warnings: list[str] = field(default_factory=list)
    """What an operator should know, besides."""

    @property
    def failed(self) -> bool:
        """Whether something must be retried: then the run is red."""
        return bool(self.states["failed"] or self.unfinished)

    def document(self, dag_id: str) -> dict[str, Any]:
        """Return the run as ``ingest-runs`` holds it."""
        started_at = datetime.fromisoformat(self.manifest.started_at)
        finished_at = datetime.now(UTC)
        return {
            "@timestamp": started_at.isoformat(),
            "run_id": self.manifest.request.run_id,
            "dag_id": dag_id,
            "source": self.manifest.source,
            "path": self.manifest.request.path,
            "state": "failed" if self.failed else "success",
            "started_at": started_at.isoformat(),
            "finished_at": finished_at.isoformat(),
            "duration_seconds": round((finished_at - started_at).total_seconds(), 3),
            "pipeline_version": __version__,
            "manifest": self.manifest.listed,
            "counts": {state: self.states[state] for state in STATES},
            "batches": len(self.manifest.batches),
            "reasons": dict(self.reasons),
            "stages": {stage: {"seconds": round(self.seconds[stage], 3)} for stage in STAGES},
            "removed_kinds": dict(self.removed_kinds),
            "repairs": dict(self.repairs),
            "languages": dict(self.languages),
            "warnings": [
                *self.warnings,
                *(f"{batch} did not finish; clear its red task with downstream" for batch in self.unfinished),
            ],
        }


def make_report(folder: UPath, manifest: Manifest) -> Report:
    """Add up a run from its folder."""
    report = Report(manifest)
    report.states["unchanged"] = manifest.unchanged
    for name in manifest.batches:
        batch = folder / name
        for stage in STAGES:
            if (batch / f"{stage}.json").exists():
                report.seconds[stage] += read_json(batch / f"{stage}.json")["seconds"]
        if not is_finished(batch):
            report.unfinished.append(name)
            report.states["failed"] += sum(1 for _ in batch_tasks(batch))
            report.reasons["batch/unfinished"] += 1
            continue
        summary = read_json(batch / "index.json")
        for counter in ("states", "reasons", "removed_kinds", "repairs", "languages"):
            getattr(report, counter).update(summary[counter])
    linked = sum(1 for _ in _duplicates(folder))
    report.states["indexed"] -= linked
    report.states["duplicate"] += linked
    if report.states.total() != manifest.listed:
        raise AssertionError(f"the states {dict(report.states)} do not add up to the {manifest.listed} files listed")
    return report


def is_finished(batch: UPath) -> bool:
    """Whether the batch's last step came to its end."""
    return (batch / "index.json").exists()


def unfinished_outcomes(folder: UPath, report: Report) -> Iterator[tuple[str, int, FileOutcome]]:
    """Yield batch, earlier attempts and outcome of each file whose batch did not come to its end."""
    for name in report.unfinished:
        for task in batch_tasks(folder / name):
            yield name, task.attempts, FileOutcome(
                task.file, "failed", stage="batch", reason="unfinished",
                message=f"{name} did not finish; clear its red task with downstream, or wait for the next run",
            )  # fmt: skip


def _duplicates(folder: UPath) -> Iterator[dict[str, Any]]:
    file = folder / "duplicates.jsonl"
    return read_records(file) if file.exists() else iter(())
