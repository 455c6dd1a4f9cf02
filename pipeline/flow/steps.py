"""What the DAGs' tasks and the command line call: one function a task, with the settings and the cluster filled in."""

import logging
from dataclasses import asdict
from typing import Any

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.errors import NeedsPersonError
from pipeline.flow import batch as batches
from pipeline.flow import discover as discovery
from pipeline.flow.clock import timed
from pipeline.flow.failure import explained, failure_in
from pipeline.flow.linking import link_run
from pipeline.flow.load import ClusterBusyError, index_batch, write_ledger
from pipeline.flow.manifest import Manifest, Request, frozen, run_folder
from pipeline.flow.missing import counted, settle_missing
from pipeline.flow.publish import note_drift, report_of, write_report
from pipeline.flow.report import make_report, unfinished_outcomes
from pipeline.flow.retention import prune
from pipeline.flow.survey import survey as survey_run
from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.client import clear_errors, connect
from pipeline.index.names import IndexNames
from pipeline.index.sizing import Sizing
from pipeline.ledger.files import known_files, note_seen, present_files
from pipeline.settings import settings

log = logging.getLogger(__name__)


OTHER_ANALYSIS = (
    "The articles are analysed by the rules of another version: searches go on as before, `fihrist index rebuild` "
    "brings in the new rules."
)
UNLINKED = "near-duplicates and files that are gone were not settled; clear its red task 'link_duplicates' downstream"


class RunFailedError(NeedsPersonError):
    """Files of this run could not be done by a fault of ours or of the cluster's."""


def discover(run_id: str, params: dict[str, Any]) -> list[str]:
    """Make sure of the indices, freeze the manifest, and return the folders of its batches."""
    run = run_folder(settings().artefacts_root, run_id)
    with explained(run, "discover"), clear_errors(), timed(run, "discover"):
        client, names = cluster()
        templates.install(client, names, Sizing.of(settings()))
        aliases.ensure(client, names)
        folder, manifest = discovery.discover(
            Request(run_id=run_id, **params),
            settings().artefacts_root,
            lookup=lambda files: known_files(client, names.files, files),
            touched=lambda files: note_seen(client, names.files, files),
            present=lambda source, root: present_files(client, names.files, source, root),
            care=discovery.Care(settings().settle_seconds, settings().missing_share),
        )
    return [str(folder / name) for name in manifest.batches]


def survey(batches: list[str], run_id: str) -> list[str]:
    """Learn which lines recur over the files of the run's source; return the folders of its batches as they came."""
    folder = run_folder(settings().artefacts_root, run_id)
    manifest = frozen(folder)
    if batches and manifest is not None:
        with explained(folder, "survey"), timed(folder, "survey"):
            survey_run(folder, manifest)
    return batches


def clean(batch: str) -> str:
    """Clean the files of a batch; return its folder."""
    with explained(UPath(batch), "clean"):
        return str(batches.clean_batch(UPath(batch)))


def enrich(batch: str, run_id: str) -> str:
    """Enrich the cleaned articles of a batch; return its folder."""
    with explained(UPath(batch), "enrich"):
        return str(batches.enrich_batch(UPath(batch), run_id))


def index(batch: str, run_id: str) -> str:
    """Load a batch into Elasticsearch and the ledger; return its folder."""
    with explained(UPath(batch), "index"), clear_errors():
        client, names = cluster()
        return str(index_batch(UPath(batch), client, names, run_id))


def link_duplicates(run_id: str) -> None:
    """Settle articles whose files are gone, moved or back; flag the run's that print the story of an earlier one."""
    folder = run_folder(settings().artefacts_root, run_id)
    manifest = frozen(folder)
    if manifest is None:
        log.warning("run %s: no manifest, so nothing to link; discovery's log says why", run_id)
        return
    client, names = cluster()
    with timed(folder, "link_duplicates"):
        removed = settle_missing(folder, manifest, client, names)
        link_run(folder, manifest, client, names, removed)


def report(run_id: str, dag_id: str) -> dict[str, Any]:
    """Add the run up, write it to the ledger, and return it.

    Raises:
        RunFailedError: a file failed or a batch did not finish (the ledger has it all by then), or there is no
            manifest because discovery failed.
    """
    folder = run_folder(settings().artefacts_root, run_id)
    manifest = frozen(folder)
    if manifest is None:
        raise RunFailedError(f"nothing was done. {failure_in(folder) or 'discovery was stopped: its log says why'}")
    with timed(folder, "closing"):
        return _close(folder, manifest, run_id, dag_id)


def _close(folder: UPath, manifest: Manifest, run_id: str, dag_id: str) -> dict[str, Any]:
    client, names = cluster()
    summary = make_report(folder, manifest)
    write_report(folder, summary.document(dag_id))  # it is there even if the cluster is away
    write_ledger(
        client,
        names,
        (
            outcome.ledger_document(run_id=run_id, batch=batch, attempts=attempts + 1)
            for batch, attempts, outcome in unfinished_outcomes(folder, summary)
        ),
    )
    if not templates.analysis_is_current(client, names):
        summary.warnings.append(OTHER_ANALYSIS)
        log.warning(OTHER_ANALYSIS)
    summary.warnings += manifest.warnings
    linked = (folder / "duplicates.jsonl").exists()
    if not linked:
        summary.warnings.append(UNLINKED)
    document = {**summary.document(dag_id), "unsettled": manifest.unsettled}
    if not linked:
        document["state"] = "failed"
    if missing := counted(folder):
        document["missing"] = asdict(missing)
    note_drift(document, client, names.runs)
    log.info("the report of the run\n\n%s", write_report(folder, document))
    (stored,) = load(client, names.runs, [document], id_of=lambda run: str(run["run_id"]))
    if stored.state != "loaded":
        raise ClusterBusyError(
            f"Elasticsearch did not take the run's report ({stored.reason}: {stored.message}); clear the task report"
        )
    client.indices.refresh(index=[names.articles, names.files, names.runs])
    prune(client, names, settings(), files=False)  # files that are gone are the rebuild's: they need a listing
    log.info("run %s: %s, %s", run_id, document["state"], document["counts"])
    if summary.failed:
        raise RunFailedError(
            f"{summary.states['failed']} of {manifest.listed} files failed"
            + f" ({', '.join(f'{reason}: {count}' for reason, count in sorted(summary.reasons.items()))})"
        )
    if not linked:
        raise RunFailedError(UNLINKED)
    return document


def published(run_id: str) -> tuple[dict[str, Any], str] | None:
    """Return the report that a run left, as its document and as Markdown; None where it did not come so far."""
    return report_of(run_folder(settings().artefacts_root, run_id))


def cluster() -> tuple[Elasticsearch, IndexNames]:
    """Return a client of the cluster that the settings name, and our names in it."""
    return connect(settings()), IndexNames(settings().index_prefix)
