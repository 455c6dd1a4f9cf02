"""Publish a run's report: in the run's folder, as a document and as Markdown, with what is unlike the nights before."""

import logging
from dataclasses import asdict
from typing import Any

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.flow.artefacts import read_json, write_json, write_text
from pipeline.flow.drift import THRESHOLDS, changes
from pipeline.flow.drift_words import sentences
from pipeline.flow.manifest import frozen
from pipeline.flow.nights import nights
from pipeline.flow.rendering import markdown
from pipeline.flow.report import make_report
from pipeline.index.bulk import CONFLICT, all_taken, load
from pipeline.index.client import clear_errors
from pipeline.ledger.runs import comparable_runs

log = logging.getLogger(__name__)

REPORT = "report.md"
_DOCUMENT = "report.json"
INTERRUPTED = "It was interrupted: files of batches that had not ended count as failed here; the next run does them."


def write_report(folder: UPath, document: dict[str, Any]) -> str:
    """Leave the report of a run in its folder; return its Markdown."""
    text = markdown(document)
    write_text(folder / REPORT, text)
    write_json(folder / _DOCUMENT, document)
    return text


def report_of(folder: UPath) -> tuple[dict[str, Any], str] | None:
    """Return what :func:`write_report` left, as document and as Markdown; None where the run did not come so far."""
    file = folder / _DOCUMENT
    return (read_json(file), (folder / REPORT).read_text(encoding="utf-8")) if file.exists() else None


def note_interrupted(folder: UPath, dag_id: str, client: Elasticsearch, index: str) -> None:
    """Tell the ledger of runs of one that was stopped before it could do so itself; not of one that had nothing to do.

    Raises:
        ClusterError: the cluster is away, or did not take it.
    """
    manifest = frozen(folder)
    if manifest is None or not manifest.batches:
        return
    document = make_report(folder, manifest).document(dag_id)
    document |= {"state": "interrupted", "ordinary": False, "warnings": [INTERRUPTED]}
    outcomes = load(
        client, index, [document], id_of=lambda run: str(run["run_id"]), conditions=lambda _: {"op_type": "create"}
    )
    all_taken((outcome for outcome in outcomes if outcome.reason != CONFLICT), "reports of runs")
    with clear_errors():
        client.indices.refresh(index=index)


def note_drift(document: dict[str, Any], client: Elasticsearch, index: str) -> None:
    """Compare an ordinary run with those before it, and add what has changed to its ``drift`` and ``warnings``.

    Raises:
        ClusterError: the cluster is away or refuses.
    """
    if not document["ordinary"]:
        return
    tonight, *earlier = nights([document, *comparable_runs(client, index, document, days=7 * THRESHOLDS.weeks)])
    found = changes(tonight, earlier)
    document["drift"] = [asdict(change) for change in found]
    warnings = sentences(document["source"], found)
    if warnings and earlier and earlier[0].version != tonight.version:
        warnings.append(f"Fihrist was updated since the night before, {earlier[0].version} → {tonight.version}")
    document["warnings"] += warnings
    for warning in warnings:
        log.warning(warning)
