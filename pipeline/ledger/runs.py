"""The ledger of runs (``ingest-runs``): one document a run; also where the folders of all sources are known from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.bulk import delete
from pipeline.index.client import clear_errors

REBUILD_DAG = "news_rebuild"
_PAGE = 1_000
_FIELDS = ["run_id", "dag_id", "source", "path", "@timestamp"]
_MOST_COMPARABLE = 2_000
"""An hourly run makes 1,344 in eight weeks."""


@dataclass(frozen=True, slots=True)
class Root:
    """A folder or bucket that a run has read, and the source that it was taken for."""

    source: str
    path: str


def known_roots(client: Elasticsearch, index: str) -> list[Root]:
    """Return every root that a run has read, the one read last first."""
    return list(dict.fromkeys(Root(run["source"], run["path"]) for run in _runs(client, index) if _reads_a_root(run)))


def comparable_runs(client: Elasticsearch, index: str, run: Mapping[str, Any], days: int) -> list[dict[str, Any]]:
    """Return the ordinary runs over the same folder before a run, the newest first.

    Args:
        client: a connected client.
        index: the ledger of runs.
        run: the document of a run.
        days: how far to look back.

    Raises:
        ClusterError: the cluster is away or refuses.
    """
    since = datetime.fromisoformat(run["started_at"]) - timedelta(days=days)
    before = {"range": {"started_at": {"gte": since.isoformat(), "lt": run["started_at"]}}}
    same = [{"term": {name: run[name]}} for name in ("source", "path", "ordinary")]
    with clear_errors():
        client.indices.refresh(index=index)
        found = client.search(
            index=index,
            query={"bool": {"filter": [before, *same], "must_not": {"term": {"run_id": run["run_id"]}}}},
            sort=[{"started_at": "desc"}],
            size=_MOST_COMPARABLE,
            track_total_hits=False,
        )
    return [hit["_source"] for hit in found["hits"]["hits"]]


def prune_runs(client: Elasticsearch, index: str, days: int) -> int:
    """Forget runs older than this, but the last one of each root, which a rebuild needs; return how many."""
    limit = datetime.now(UTC) - timedelta(days=days)
    seen: set[Root] = set()
    doomed = []
    for run in _runs(client, index):
        root = Root(run["source"], run["path"]) if _reads_a_root(run) else None
        if (root is None or root in seen) and datetime.fromisoformat(run["@timestamp"]) < limit:
            doomed.append(run["run_id"])
        if root is not None:
            seen.add(root)
    delete(client, index, doomed)
    return len(doomed)


def _reads_a_root(run: dict[str, Any]) -> bool:
    return bool(run["dag_id"] != REBUILD_DAG and run.get("source") and run.get("path"))


def _runs(client: Elasticsearch, index: str) -> Iterator[dict[str, Any]]:
    """Yield all runs, the newest first."""
    after: list[Any] | None = None
    with clear_errors():
        client.indices.refresh(index=index)
        while True:
            hits = client.search(
                index=index, size=_PAGE, source_includes=_FIELDS, search_after=after, track_total_hits=False,
                sort=[{"@timestamp": "desc"}, {"run_id": "asc"}],
            )["hits"]["hits"]  # fmt: skip
            yield from (hit["_source"] for hit in hits)
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]
