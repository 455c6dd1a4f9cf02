"""Runs and quarantined files, as the ledger holds them."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from elasticsearch import ApiError, Elasticsearch, NotFoundError

from pipeline.index.client import clear_errors
from pipeline.index.names import IndexNames
from pipeline.ledger.runs import REBUILD_DAG

SHOWN = 30
"""Runs on the page."""
_REASONS = 20
_FILES = 5
"""Files shown for each reason."""
_RECENT = 200
"""Runs that are looked through for the folders of a source."""
_ROOTS = 5
"""Folders of a source that are tried."""
_NEWEST = [{"@timestamp": "desc"}]
Run = dict[str, Any]


class NoRightError(Exception):
    """The key may not read the ledger."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Files that are in quarantine for one reason."""

    stage: str
    reason: str
    count: int
    files: list[dict[str, Any]] = field(default_factory=list)
    """The latest of them, as the ledger holds them."""


def last_runs(client: Elasticsearch, names: IndexNames, limit: int = SHOWN) -> list[Run]:
    """Return the last runs, the newest first."""
    return _sources(_search(client, names.runs, size=limit, sort=_NEWEST))


def run(client: Elasticsearch, names: IndexNames, run_id: str) -> Run | None:
    """Return a run, or None if the ledger has none with that id."""
    found = _sources(_search(client, names.runs, size=1, query={"term": {"run_id": run_id}}))
    return found[0] if found else None


def quarantine(client: Elasticsearch, names: IndexNames, run_id: str | None = None) -> list[Reason]:
    """Return why files are in quarantine, the commonest reason first; of one run or of all."""
    filters = [{"term": {"state": "quarantined"}}, *([{"term": {"run_id": run_id}}] if run_id else [])]
    examples = {"top_hits": {"size": _FILES, "sort": _NEWEST}}
    by_reason = {"terms": {"field": "reason", "size": _REASONS, "missing": "?"}, "aggregations": {"files": examples}}
    answer = _search(
        client, names.files, size=0, query={"bool": {"filter": filters}}, aggregations={"reasons": by_reason}
    )
    buckets = answer["aggregations"]["reasons"]["buckets"] if answer else []
    return [_reason(bucket["key"], bucket["doc_count"], _sources(bucket["files"])) for bucket in buckets]


def roots_of(client: Elasticsearch, names: IndexNames, source: str) -> list[str]:
    """Return the folders or buckets that runs have read as a source, the latest first; none without the right."""
    query = {"bool": {"filter": [{"term": {"source": source}}], "must_not": [{"term": {"dag_id": REBUILD_DAG}}]}}
    try:
        found = _search(client, names.runs, size=_RECENT, query=query, sort=_NEWEST, source_includes=["path"])
    except NoRightError:
        return []
    return list(dict.fromkeys(run["path"] for run in _sources(found) if run.get("path")))[:_ROOTS]


def airflow_link(airflow: str | None, run: Run) -> str | None:
    """Return the address of a run in Airflow's user interface."""
    if not airflow or not run.get("dag_id"):
        return None
    return f"{airflow.rstrip('/')}/dags/{quote(run['dag_id'], safe='')}/runs/{quote(run['run_id'], safe='')}"


def _search(client: Elasticsearch, index: str, **body: Any) -> Any:
    """Search the ledger; one that is not there yet gives None.

    Raises:
        NoRightError: the key may not read the ledger.
        ClusterError: the cluster can't be reached.
    """
    with clear_errors():
        try:
            return client.search(index=index, timeout="5s", **body)
        except NotFoundError:
            return None
        except ApiError as error:
            if error.meta.status == 403:
                raise NoRightError from error
            raise


def _sources(answer: Any) -> list[dict[str, Any]]:
    return [hit["_source"] for hit in answer["hits"]["hits"]] if answer else []


def _reason(reason: str, count: int, files: list[dict[str, Any]]) -> Reason:
    return Reason(files[0].get("stage") or "" if files else "", reason, count, files)
