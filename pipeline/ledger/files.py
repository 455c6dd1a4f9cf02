"""The ledger of files (``ingest-files``): one document a raw file, its id the article's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.ledger.entry import State
from pipeline.sources.raw import ListedFile

_LOOKUP = 2000
"""Ids asked for in one request."""
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
    for start in range(0, len(files), _LOOKUP):
        operations: list[dict[str, Any]] = []
        for file in files[start : start + _LOOKUP]:
            operations += [{"update": {"_id": file.id}}, {"doc": {"modified_at": file.modified_at.isoformat()}}]
        client.bulk(index=index, operations=operations)  # an entry that is not taken costs one more hash next time
