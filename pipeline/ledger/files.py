"""The ledger of files (``ingest-files``): one document a raw file, its id the article's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.bulk import update
from pipeline.index.client import ClusterError
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


def mark_duplicates(client: Elasticsearch, index: str, heads: Mapping[str, str | None]) -> None:
    """Note of articles, by id, that they are near-duplicates of another (or, None, no longer).

    Articles without an entry are passed over: their batch did not come to its end, and will be done again.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    ids = list(heads)
    for start in range(0, len(ids), _LOOKUP):
        answer = client.mget(index=index, ids=ids[start : start + _LOOKUP], source=False)
        outcomes = update(
            client,
            index,
            {
                hit["_id"]: {"duplicate_of": (head := heads[hit["_id"]]), "state": "duplicate" if head else "indexed"}
                for hit in answer["docs"]
                if hit.get("found")
            },
        )
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
