"""What the tasks of ``news_rebuild`` call: one function a task, with the settings and the cluster filled in."""

import logging
from dataclasses import replace
from typing import Any

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.errors import NeedsPersonError
from pipeline.flow import go_live as going_live
from pipeline.flow import rebuild as rebuilds
from pipeline.flow.artefacts import read_json
from pipeline.flow.load import index_batch_into
from pipeline.flow.manifest import Request, run_folder
from pipeline.flow.publish import write_report
from pipeline.flow.rebuild import Rebuild
from pipeline.flow.report import make_report
from pipeline.flow.retention import prune
from pipeline.flow.steps import RunFailedError, cluster
from pipeline.flow.verify import Verdict, verdict_of, verify
from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.checks import golden_queries
from pipeline.index.sizing import Sizing
from pipeline.ledger.runs import REBUILD_DAG, Root, known_roots
from pipeline.settings import settings
from pipeline.sources.listing import source_name

log = logging.getLogger(__name__)

_REPLICA_SECONDS = 1800
"""How long to wait for the new index's replicas before it goes live without them."""


class ChecksFailedError(NeedsPersonError):
    """The new index is not what it should be; the one that is searched was left alone."""


def discover(run_id: str, params: dict[str, Any]) -> list[str]:
    """Make the new index, freeze the manifest of all files, and return the folders of its batches."""
    client, names = cluster()
    templates.install(client, names, Sizing.of(settings()), rebuilding=True)
    aliases.ensure(client, names)
    path, source = params["path"], params["source"]
    roots = [Root(source or source_name(path), path)] if path else known_roots(client, names.runs)
    request = Request(run_id=run_id, path=path or "*", source=source, batch_size=params["batch_size"], force=True)
    rebuild = rebuilds.plan(run_folder(settings().artefacts_root, run_id), request, roots, client, names)
    return [str(rebuild.folder / name) for name in rebuild.manifest.batches]


def index(batch: str, run_id: str) -> str:
    """Load a batch into the new index; return its folder."""
    rebuild, client, _ = _started(run_id)
    return str(index_batch_into(UPath(batch), client, rebuild.index))


def carry_over(run_id: str) -> None:
    """Take over from the live index what no raw file gives, and what came meanwhile."""
    rebuild, client, names = _started(run_id)
    rebuilds.carry_from_live(rebuild, client, names)


def link_duplicates(run_id: str) -> None:
    """Flag near-duplicates within the new index."""
    rebuild, client, _ = _started(run_id)
    going_live.link_new(rebuild, client)


def check(run_id: str, *, accept: bool = False) -> None:
    """Lay the new index out for readers, and check it.

    Args:
        run_id: the run.
        accept: let it go live whatever the checks say.

    Raises:
        ChecksFailedError: it must not go live; the message says why and what to do.
    """
    rebuild, client, names = _started(run_id)
    if Sizing.of(settings()).apply(client, rebuild.index, "articles"):
        _wait_for_replicas(client, rebuild.index)
    verdict = verify(rebuild, client, names, golden_queries())
    for warning in verdict.warnings:
        log.warning(warning)
    if verdict.faults and not accept:
        raise ChecksFailedError(f"{rebuild.index} does not go live. {_advice(verdict)}")


def go_live(run_id: str) -> None:
    """Swap the alias, settle what the swap overtook, tell the ledger, and forget what is too old."""
    rebuild, client, names = _started(run_id)
    going_live.go_live(rebuild, client, names)
    prune(client, names, settings())


def report(run_id: str, dag_id: str = REBUILD_DAG) -> dict[str, Any]:
    """Add the rebuild up, write it to the ledger of runs, and return it.

    Raises:
        RunFailedError: the new index did not go live, or single files failed.
    """
    rebuild = rebuilds.planned(run_folder(settings().artefacts_root, run_id))
    if rebuild is None:
        raise RunFailedError("there is no manifest: discovery failed; its log says why")
    client, names = cluster()
    settled = rebuild.folder / "settled.json"
    checks = rebuild.folder / "checks.json"
    verdict = verdict_of(read_json(checks)) if checks.exists() else Verdict()
    summary = make_report(rebuild.folder, rebuild.manifest)
    carried = read_json(settled)["carried"] if settled.exists() else 0
    summary.states["unchanged"] += carried
    summary.manifest = replace(rebuild.manifest, listed=rebuild.manifest.listed + carried)
    document = summary.document(dag_id)
    if not settled.exists():
        document["state"] = "failed"
        document["warnings"].insert(0, f"{rebuild.index} did not go live; staff search {aliases.live(client, names)}.")
    document["warnings"] += [*verdict.faults, *verdict.warnings]
    log.info("the report of the rebuild\n\n%s", write_report(rebuild.folder, document))
    load(client, names.runs, [document], id_of=lambda run: str(run["run_id"]))
    client.indices.refresh(index=[names.files, names.runs])
    log.info("run %s: %s, %s", run_id, document["state"], document["counts"])
    if document["state"] == "failed":
        raise RunFailedError(" ".join(document["warnings"]) or f"files failed: {dict(summary.reasons)}")
    return document


def _started(run_id: str) -> tuple[Rebuild, Elasticsearch, Any]:
    rebuild = rebuilds.planned(run_folder(settings().artefacts_root, run_id))
    if rebuild is None:
        raise NeedsPersonError("there is no manifest: clear `discover` with downstream")
    client, names = cluster()
    rebuilds.require_index(rebuild, client)
    return rebuild, client, names


def _wait_for_replicas(client: Elasticsearch, index: str) -> None:
    health = client.options(request_timeout=_REPLICA_SECONDS + 30).cluster.health(
        index=index, wait_for_no_initializing_shards=True, wait_for_events="languid", timeout=f"{_REPLICA_SECONDS}s"
    )
    if health["status"] != "green":
        log.warning("%s is %s: %d shards wait for a place", index, health["status"], health["unassigned_shards"])


def _advice(verdict: Verdict) -> str:
    return (
        f"{' '.join(verdict.faults)} The index that is searched was left alone. Mend the cause and clear the task that "
        "it concerns with downstream; or begin anew: `fihrist index rebuild`, with --accept if this is as it should be."
    )
