"""The report: add up what the batches left on disk, and tell the ledger of runs."""

import heapq
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import Any

from upath import UPath

from pipeline import __version__
from pipeline.flow.artefacts import read_json, read_records
from pipeline.flow.failure import failure_in
from pipeline.flow.manifest import Manifest, Request, batch_tasks
from pipeline.flow.statistics import SLOWEST, Statistics
from pipeline.ledger.entry import STATES, FileOutcome

log = logging.getLogger(__name__)

STAGES = ("clean", "enrich", "index")
ONCE = ("discover", "survey", "link_duplicates")
"""Stages that are done once for a run."""
_IN_ORDER = ("discover", "survey", *STAGES, "link_duplicates")
_MOST_ORIGINS = 200
_ORDINARY = frozenset({"run_id", "path", "source", "batch_size", "prune", "accept_missing"})
"""What may be asked of a run that still does just what is new or changed."""


@dataclass(slots=True)
class Report:
    """A run in numbers; the states add up to the manifest."""

    manifest: Manifest
    statistics: Statistics = field(default_factory=Statistics)
    seconds: Counter[str] = field(default_factory=Counter)
    """Working time by stage, summed over the batches."""
    files: Counter[str] = field(default_factory=Counter)
    """Files that went through a stage, those that it left out included."""
    slowest: list[dict[str, Any]] = field(default_factory=list)
    """The files that took longest in a stage: ``stage``, ``uri``, ``seconds``."""
    unfinished: list[str] = field(default_factory=list)
    """Batches that did not come to an end."""
    failures: dict[str, str] = field(default_factory=dict)
    """Why, by batch: stage and error, where they were noted."""
    warnings: list[str] = field(default_factory=list)
    """What an operator should know, besides."""

    @property
    def states(self) -> Counter[str]:
        """Files by the state in which they ended the run."""
        return self.statistics.states

    @property
    def reasons(self) -> Counter[str]:
        """Why files were quarantined or failed, as ``stage/reason``."""
        return self.statistics.reasons

    @property
    def failed(self) -> bool:
        """Whether something must be retried: then the run is red."""
        return bool(self.states["failed"] or self.unfinished)

    def document(self, dag_id: str) -> dict[str, Any]:
        """Return the run as ``ingest-runs`` holds it."""
        started_at = datetime.fromisoformat(self.manifest.started_at)
        finished_at = datetime.now(UTC)
        found = self.statistics
        return {
            "@timestamp": started_at.isoformat(),
            "run_id": self.manifest.request.run_id,
            "dag_id": dag_id,
            "source": self.manifest.source,
            "path": self.manifest.request.path,
            "ordinary": is_ordinary(self.manifest.request),
            "state": "failed" if self.failed else "success",
            "started_at": started_at.isoformat(),
            "finished_at": finished_at.isoformat(),
            "duration_seconds": max(0.0, round((finished_at - started_at).total_seconds(), 3)),
            "pipeline_version": __version__,
            "manifest": self.manifest.listed,
            "counts": {state: self.states[state] for state in STATES},
            "batches": len(self.manifest.batches),
            "reasons": dict(self.reasons),
            "stages": {stage: self._stage(stage) for stage in _IN_ORDER if stage in self.seconds},
            "slowest": self.slowest,
            "articles": {
                "count": found.articles,
                "median_words": found.median_words,
                "without_title": found.lacking["title"],
                "without_date": found.lacking["date"],
            },
            "sources": dict(found.sources),
            "origins": dict(found.origins.most_common(_MOST_ORIGINS)),
            "languages": dict(found.languages),
            "removed_kinds": dict(found.removed_kinds),
            "removed_files": dict(found.removed_files),
            "removed_characters": dict(found.removed_characters),
            "repairs": dict(found.repairs),
            "drift": [],
            "warnings": [
                *self.warnings,
                *self._unfinished(),
            ],
        }

    def _unfinished(self) -> Iterator[str]:
        """Yield a sentence for each cause: a cluster that is away stops a thousand batches."""
        by_cause: dict[str, list[str]] = {}
        for name in self.unfinished:
            by_cause.setdefault(self.failures.get(name, "It was stopped or killed; its log says more"), []).append(name)
        for cause, names in by_cause.items():
            batches = names[0] if len(names) == 1 else f"{len(names)} batches ({names[0]} …)"
            yield f"{batches} did not finish; clear what is red with downstream. {cause}"

    def _stage(self, stage: str) -> dict[str, float]:
        seconds, files = self.seconds[stage], self.files[stage]
        rate = {"files": files, "files_per_second": round(files / seconds, 2)} if files and seconds else {}
        return {"seconds": round(seconds, 3), **rate}


def make_report(folder: UPath, manifest: Manifest) -> Report:
    """Add up a run from its folder."""
    report = Report(manifest)
    report.states["unchanged"] = manifest.unchanged
    for stage in ONCE:
        if (file := folder / f"{stage}.json").exists():
            report.seconds[stage] += read_json(file)["seconds"]
    for name in manifest.batches:
        _add_batch(report, folder / name)
    report.slowest = heapq.nlargest(SLOWEST, report.slowest, key=itemgetter("seconds"))
    linked = sum(1 for _ in _duplicates(folder))
    report.states["indexed"] -= linked
    report.states["duplicate"] += linked
    if report.states.total() != manifest.listed:
        raise AssertionError(f"the states {dict(report.states)} do not add up to the {manifest.listed} files listed")
    return report


def _add_batch(report: Report, batch: UPath) -> None:
    for stage in STAGES:
        if (file := batch / f"{stage}.json").exists():
            done = read_json(file)
            report.seconds[stage] += done["seconds"]
            report.files[stage] += done["files"]
            report.slowest += ({"stage": stage, **slow} for slow in done.get("slowest", ()))
    if is_finished(batch):
        report.statistics.add(read_json(batch / "index.json"))
    else:
        report.unfinished.append(batch.name)
        if cause := failure_in(batch) or failure_in(batch.parent):
            report.failures[batch.name] = cause
        report.states["failed"] += sum(1 for _ in batch_tasks(batch))
        report.reasons["batch/unfinished"] += 1


def is_ordinary(request: Request) -> bool:
    """Whether a run does just what is new or changed, so that it can be compared with other such runs."""
    usual = asdict(Request(request.run_id, request.path))
    return all(value == usual[name] for name, value in asdict(request).items() if name not in _ORDINARY)


def is_finished(batch: UPath) -> bool:
    """Whether the batch's last step came to its end."""
    return (batch / "index.json").exists()


def unfinished_outcomes(folder: UPath, report: Report) -> Iterator[tuple[str, int, FileOutcome]]:
    """Yield batch, earlier attempts and outcome of each file whose batch did not come to its end."""
    for name in report.unfinished:
        for task in batch_tasks(folder / name):
            yield name, task.attempts, FileOutcome(
                task.file, "failed", stage="batch", reason="unfinished",
                message=f"{name} did not finish; clear its red task with downstream, or wait for the next run. "
                + report.failures.get(name, ""),
            )  # fmt: skip


def _duplicates(folder: UPath) -> Iterator[dict[str, Any]]:
    file = folder / "duplicates.jsonl"
    return read_records(file) if file.exists() else iter(())
