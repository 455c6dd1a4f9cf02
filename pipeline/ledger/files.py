"""The ledger of files (``ingest-files``): one document a raw file, its id the article's."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast

from elasticsearch import Elasticsearch

from pipeline.index.bulk import all_taken, update
from pipeline.index.client import clear_errors
from pipeline.index.columns import read_columns
from pipeline.ledger.entry import State
from pipeline.sources.raw import ListedFile

_LOOKUP = 2000
"""Ids asked for in one request."""
_PAGE = 10_000
"""Entries of one search: Elasticsearch's ``index.max_result_window``."""
Entries = dict[str, dict[str, Any]]
_FIELDS = [
    "path", "size", "modified_at", "sha256", "state", "reason", "pipeline_version", "attempts", "root", "missing_since",
]  # fmt: skip

_COLUMNS = [
    {"field": "article_id"},
    *({"field": field} for field in _FIELDS if field != "modified_at"),
    {"field": "modified_at", "format": "epoch_millis"},
]


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a file from earlier runs."""

    size: int
    modified_at: datetime
    sha256: str | None
    state: State
    pipeline_version: str
    attempts: int
    path: str = ""
    root: str | None = None
    """Where its source was mounted when it was seen last: see :attr:`ListedFile.root`."""
    reason: str | None = None
    """Why it was quarantined or failed."""
    missing: bool = False
    """Whether it was gone when its folder was listed last."""

    def looks_like(self, file: ListedFile) -> bool:
        """Whether size and modification time are those of the listing, to the ledger's millisecond."""
        return self.size == file.size and abs((self.modified_at - file.modified_at).total_seconds()) < 0.001


def known_files(client: Elasticsearch, index: str, files: Sequence[ListedFile]) -> dict[str, Known]:
    """Return what the ledger knows of these files, by article id; files that it never saw are missing."""
    known: dict[str, Known] = {}
    sources = sorted({file.source for file in files})
    if len(files) > _LOOKUP and not holds_any(client, index, {"terms": {"source": sources}}):
        return known
    for start in range(0, len(files), _LOOKUP):
        ids = [file.id for file in files[start : start + _LOOKUP]]
        answer = client.mget(index=index, ids=ids, source_includes=_FIELDS)
        known |= {hit["_id"]: _known(hit["_source"]) for hit in answer["docs"] if hit.get("found")}
    return known


def present_files(client: Elasticsearch, index: str, source: str, root: str) -> dict[str, Known]:
    """Return what the ledger knows of the files that were there when a root was listed last, by article id."""
    query = {
        "bool": {
            "filter": [{"term": {"source": source}}, {"term": {"root": root}}],
            "must_not": [{"exists": {"field": "missing_since"}}],
        }
    }
    with clear_errors():
        client.indices.refresh(index=index)
    known: dict[str, Known] = {}
    for fields in read_columns(client, index, query, _COLUMNS):
        moment = datetime.fromtimestamp(int(fields["modified_at"]) / 1000, UTC)
        known[fields["article_id"]] = _known({**fields, "modified_at": moment})
    return known


def mark_duplicates(client: Elasticsearch, index: str, heads: Mapping[str, str | None]) -> None:
    """Note of articles, by id, that they are near-duplicates of another (or, None, no longer).

    Articles without an entry are passed over: their batch did not come to its end, and will be done again. So are those
    whose file has become something else: quarantined while its last good article stays, or failed.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    ids = list(heads)
    for start in range(0, len(ids), _LOOKUP):
        with clear_errors():
            answer = client.mget(
                index=index, ids=ids[start : start + _LOOKUP], source_includes=["state", "duplicate_of"]
            )
        held = {hit["_id"]: hit["_source"] for hit in answer["docs"] if hit.get("found")}
        wanted = {
            id_: {"duplicate_of": heads[id_], "state": "duplicate" if heads[id_] else "indexed"}
            for id_, entry in held.items()
            if entry["state"] in ("indexed", "duplicate")
        }
        _change(client, index, {id_: change for id_, change in wanted.items() if change != held[id_]})


def mark_failed(client: Elasticsearch, index: str, *, reason: str, messages: Mapping[str, str]) -> None:
    """Note of articles, by id, that the index could not take them, so that the next run does their files again.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    failed = {"state": "failed", "stage": "index", "reason": reason}
    _change(client, index, {id_: {**failed, "message": message[:1000]} for id_, message in messages.items()})


def _change(client: Elasticsearch, index: str, changes: Mapping[str, Mapping[str, Any]]) -> None:
    """Change fields of the entries that exist."""
    all_taken(update(client, index, changes), "changes of the ledger", absent=True)


def _known(source: dict[str, Any]) -> Known:
    modified_at, root = source["modified_at"], source.get("root")
    return Known(
        size=source["size"],
        modified_at=modified_at if isinstance(modified_at, datetime) else datetime.fromisoformat(modified_at),
        sha256=source.get("sha256"),
        state=cast(State, sys.intern(source["state"])),  # of 100,000 entries, most have the same
        pipeline_version=sys.intern(source["pipeline_version"]),
        attempts=source["attempts"],
        path=source["path"],
        root=sys.intern(root) if root else None,
        reason=source.get("reason"),
        missing=source.get("missing_since") is not None,
    )


def note_seen(client: Elasticsearch, index: str, files: Sequence[ListedFile]) -> None:
    """Note where and with which modification time files are now whose bytes are the same: next time they need no hash.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    changes = {
        file.id: {"modified_at": file.modified_at.isoformat(), "root": file.root, "missing_since": None}
        for file in files
    }
    _change(client, index, changes)


def mark_missing(client: Elasticsearch, index: str, ids: Sequence[str], since: str) -> None:
    """Note of files, by article id, since when they are gone (ISO 8601).

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    _change(client, index, {id_: {"missing_since": since, "@timestamp": since} for id_ in ids})


def note_moves(client: Elasticsearch, index: str, moves: Mapping[str, str]) -> None:
    """Note of files, by article id, from which URI they were moved.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    _change(client, index, {id_: {"moved_from": uri} for id_, uri in moves.items()})


def holds_any(client: Elasticsearch, index: str, query: Mapping[str, Any]) -> bool:
    """Say whether a query selects any entry."""
    with clear_errors():
        client.indices.refresh(index=index)
        return bool(client.count(index=index, query=query, terminate_after=1)["count"])


def entries(
    client: Elasticsearch, index: str, query: Mapping[str, Any], fields: Sequence[str], *, sort: str = "article_id"
) -> Iterator[Entries]:
    """Yield these fields of the entries that a query selects, by article id, a page at a time.

    ``sort`` names the field that holds the id.
    """
    for hits in _pages(client, index, query, sort, source_includes=fields):
        yield {hit["_id"]: hit["_source"] for hit in hits}


def _pages(
    client: Elasticsearch, index: str, query: Mapping[str, Any], sort: str = "article_id", **options: Any
) -> Iterator[list[dict[str, Any]]]:
    after: list[Any] | None = None
    with clear_errors():
        client.indices.refresh(index=index)
        while True:
            hits = client.search(
                index=index, query=query, size=_PAGE, sort=[{sort: "asc"}], search_after=after,
                track_total_hits=False, **options,
            )["hits"]["hits"]  # fmt: skip
            if hits:
                yield hits
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]
