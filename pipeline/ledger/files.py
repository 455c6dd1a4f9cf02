"""The ledger of files (``ingest-files``): one document a raw file, its id the article's."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.bulk import update
from pipeline.index.client import ClusterError, clear_errors
from pipeline.ledger.entry import State
from pipeline.sources.raw import ListedFile

_LOOKUP = 2000
"""Ids asked for in one request."""
Entries = dict[str, dict[str, Any]]
_FIELDS = ["size", "modified_at", "sha256", "state", "pipeline_version", "attempts"]


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a file from earlier runs."""

    size: int
    modified_at: datetime
    sha256: str | None
    state: State
    pipeline_version: str
    attempts: int

    def looks_like(self, file: ListedFile) -> bool:
        """Whether size and modification time are those of the listing, to the ledger's millisecond."""
        return self.size == file.size and abs((self.modified_at - file.modified_at).total_seconds()) < 0.001


def known_files(client: Elasticsearch, index: str, files: Sequence[ListedFile]) -> dict[str, Known]:
    """Return what the ledger knows of these files, by article id; files that it never saw are missing."""
    known: dict[str, Known] = {}
    for start in range(0, len(files), _LOOKUP):
        ids = [file.id for file in files[start : start + _LOOKUP]]
        answer = client.mget(index=index, ids=ids, source_includes=_FIELDS)
        known |= {hit["_id"]: _known(hit["_source"]) for hit in answer["docs"] if hit.get("found")}
    return known


def mark_duplicates(client: Elasticsearch, index: str, heads: Mapping[str, str | None]) -> None:
    """Note of articles, by id, that they are near-duplicates of another (or, None, no longer).

    Articles without an entry are passed over: their batch did not come to its end, and will be done again.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    changes = {id_: {"duplicate_of": head, "state": "duplicate" if head else "indexed"} for id_, head in heads.items()}
    _change(client, index, changes)


def mark_failed(client: Elasticsearch, index: str, *, reason: str, messages: Mapping[str, str]) -> None:
    """Note of articles, by id, that the index could not take them, so that the next run does their files again.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    failed = {"state": "failed", "stage": "index", "reason": reason}
    _change(client, index, {id_: {**failed, "message": message[:1000]} for id_, message in messages.items()})


def _change(client: Elasticsearch, index: str, changes: Mapping[str, Mapping[str, Any]]) -> None:
    """Change fields of the entries that exist."""
    ids = list(changes)
    for start in range(0, len(ids), _LOOKUP):
        answer = client.mget(index=index, ids=ids[start : start + _LOOKUP], source=False)
        found = {hit["_id"]: changes[hit["_id"]] for hit in answer["docs"] if hit.get("found")}
        outcomes = update(client, index, found)
        refused = [outcome for outcome in outcomes if outcome.state != "loaded"]
        if refused:
            raise ClusterError(f"Elasticsearch did not take {len(refused)} changes of the ledger: {refused[0].message}")


def _known(source: dict[str, Any]) -> Known:
    return Known(
        size=source["size"],
        modified_at=datetime.fromisoformat(source["modified_at"]),
        sha256=source.get("sha256"),
        state=source["state"],
        pipeline_version=source["pipeline_version"],
        attempts=source["attempts"],
    )


def redate(client: Elasticsearch, index: str, files: Sequence[ListedFile]) -> None:
    """Note new modification times of files whose bytes are the same, so that they need no hash next time."""
    update(client, index, {file.id: {"modified_at": file.modified_at.isoformat()} for file in files})


def entries(client: Elasticsearch, index: str, query: Mapping[str, Any], fields: Sequence[str]) -> Iterator[Entries]:
    """Yield these fields of the entries that a query selects, by article id, a page at a time."""
    after: list[Any] | None = None
    with clear_errors():
        client.indices.refresh(index=index)
        while True:
            hits = client.search(
                index=index, query=query, size=_LOOKUP, source_includes=fields, sort=[{"article_id": "asc"}],
                search_after=after, track_total_hits=False,
            )["hits"]["hits"]  # fmt: skip
            if hits:
                yield {hit["_id"]: hit["_source"] for hit in hits}
            if len(hits) < _LOOKUP:
                return
            after = hits[-1]["sort"]
