"""Retention: what old indices, runs and files the installation forgets."""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from elasticsearch import Elasticsearch

from pipeline.errors import FihristError
from pipeline.index import aliases
from pipeline.index.bulk import delete
from pipeline.index.names import IndexNames
from pipeline.ledger.files import entries
from pipeline.ledger.runs import known_roots, prune_runs
from pipeline.settings import Settings
from pipeline.sources.listing import list_files

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was forgotten."""

    indices: tuple[str, ...]
    runs: int
    files: int


def prune(client: Elasticsearch, names: IndexNames, settings: Settings, *, files: bool = True) -> Pruned:
    """Delete generations beyond ``keep_indices``, and what the ledger should not remember any longer.

    Args:
        client: a connected client.
        names: the installation's names.
        settings: how much to keep.
        files: also forget files that are gone, which may need a listing of their sources.
    """
    pruned = Pruned(
        indices=tuple(aliases.prune(client, names, settings.keep_indices)),
        runs=prune_runs(client, names.runs, settings.keep_runs_days),
        files=_prune_gone(client, names, settings.keep_gone_days) if files else 0,
    )
    log.info(
        "retention: %d indices deleted; %d runs and %d files forgotten",
        len(pruned.indices), pruned.runs, pruned.files,
    )  # fmt: skip
    return pruned


def _prune_gone(client: Elasticsearch, names: IndexNames, days: int) -> int:
    """Forget files that never became articles, have not been tried for so long, and are gone from their source.

    A source that can't be listed, or shows no file at all, may just not be mounted: nothing of it is forgotten.
    """
    limit = (datetime.now(UTC) - timedelta(days=days)).isoformat()
    query = {
        "bool": {"filter": [{"terms": {"state": ["quarantined", "failed"]}}, {"range": {"@timestamp": {"lt": limit}}}]}
    }
    suspects: dict[str, set[str]] = {}
    for page in entries(client, names.files, query, ["source"]):
        for id_, entry in page.items():
            suspects.setdefault(entry["source"], set()).add(id_)
    doomed = [id_ for source, ids in suspects.items() for id_ in _gone(client, names, source, ids)]
    delete(client, names.files, doomed)
    return len(doomed)


def _gone(client: Elasticsearch, names: IndexNames, source: str, ids: set[str]) -> set[str]:
    listed = 0
    gone = set(ids)
    for root in known_roots(client, names.runs):
        if root.source == source:
            try:
                for file in list_files(root.path, name=source):
                    listed += 1
                    gone.discard(file.id)
            except FihristError as error:
                log.info("%s: its files are remembered", error)
    return gone if listed else set()
