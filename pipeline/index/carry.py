"""Carry articles over from one generation of the index to another, document by document.

Needed where no raw file can give the article: it is gone, or the article arrived in the one index while the other was
being built. Three things make this safe beside writers in either index:

- What changed in the source is known by its sequence numbers, which no clock can disturb: take :func:`mark`, carry all
  over, then carry over what came after the mark, as often as needed.
- Only newer articles replace others: the raw file's hash must differ, and the article must have been made later.
- Each write is conditional on what was seen in the target, so a newer version that comes meanwhile always wins.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.bulk import CONFLICT, load
from pipeline.index.client import ClusterError, clear_errors

log = logging.getLogger(__name__)

_PAGE = 1_000
_COMPARED = ["id", "source.sha256", "pipeline.processed_at", "duplicate_of"]

Wanted = Callable[[str, str], bool]
"""Whether an article is to be carried over at all: its id, and when it was made (ISO 8601, UTC)."""


@dataclass(slots=True)
class Carried:
    """What was carried over."""

    added: list[str] = field(default_factory=list)
    """Ids of articles that the target did not have."""
    replaced: list[str] = field(default_factory=list)
    """Ids of articles of which the target had an older version."""
    refused: dict[str, str] = field(default_factory=dict)
    """Id → why the target's mapping does not take it."""

    @property
    def ids(self) -> list[str]:
        """All articles that the target took."""
        return [*self.added, *self.replaced]


def mark(client: Elasticsearch, index: str) -> int:
    """Return a sequence number: every later write to the index has a higher one (so have a few earlier ones)."""
    with clear_errors():
        shards = client.indices.stats(index=index, level="shards")["indices"][index]["shards"]
    primaries = (copy for copies in shards.values() for copy in copies if copy["routing"]["primary"])
    return min(int(copy["seq_no"]["max_seq_no"]) for copy in primaries)


def carry_over(
    client: Elasticsearch, source: str, target: str, *, since: int = -1, wanted: Wanted = lambda id_, made: True
) -> Carried:
    """Bring what the source has and the target lacks, or has in an older version, into the target.

    New articles come without ``duplicate_of``: link them in the target.

    Args:
        client: a connected client.
        source: concrete index to read; what it holds when this is called is visible.
        target: concrete index to write; visible there only after its next refresh.
        since: only what was written to the source after this :func:`mark`.
        wanted: see :data:`Wanted`.

    Raises:
        ClusterError: the cluster is away, or too busy for a write; doing it again is harmless.
    """
    carried = Carried()
    with clear_errors():
        client.indices.refresh(index=source)
        known = client.indices.get_mapping(index=target)[target]["mappings"]["properties"]
        for page in _pages(client, source, since):
            held = {hit["_id"]: hit for hit in _stored(client, target, list(page)) if hit.get("found")}
            chosen = {
                id_: held.get(id_)
                for id_, article in page.items()
                if (id_ not in held or _is_newer(article, held[id_]["_source"])) and wanted(id_, _made(article))
            }
            if chosen:
                _write(client, source, target, known, chosen, carried)
    if carried.ids or carried.refused:
        log.info(
            "%s → %s: %d articles added, %d replaced, %d refused",
            source, target, len(carried.added), len(carried.replaced), len(carried.refused),
        )  # fmt: skip
    return carried


def _pages(client: Elasticsearch, index: str, since: int) -> Iterator[dict[str, dict[str, Any]]]:
    """Yield what is compared of the articles, by id, a page at a time."""
    after: list[Any] | None = None
    while True:
        hits = client.search(
            index=index, query={"range": {"_seq_no": {"gt": since}}}, source_includes=_COMPARED, size=_PAGE,
            sort=[{"id": "asc"}], search_after=after, track_total_hits=False,
        )["hits"]["hits"]  # fmt: skip
        if hits:
            yield {hit["_id"]: hit["_source"] for hit in hits}
        if len(hits) < _PAGE:
            return
        after = hits[-1]["sort"]


def _stored(client: Elasticsearch, index: str, ids: list[str]) -> list[dict[str, Any]]:
    docs: list[dict[str, Any]] = client.mget(index=index, ids=ids, source_includes=_COMPARED)["docs"]
    return docs


def _write(
    client: Elasticsearch,
    source: str,
    target: str,
    known: Mapping[str, Any],
    chosen: Mapping[str, dict[str, Any] | None],
    carried: Carried,
) -> None:
    documents = []
    for hit in client.mget(index=source, ids=list(chosen))["docs"]:
        if hit.get("found"):
            former = chosen[hit["_id"]]
            document = only_known(hit["_source"], known)
            document["duplicate_of"] = former["_source"].get("duplicate_of") if former else None
            documents.append(document)

    def conditions(id_: str) -> dict[str, Any]:
        former = chosen[id_]
        if former is None:
            return {"op_type": "create"}
        return {"if_seq_no": former["_seq_no"], "if_primary_term": former["_primary_term"]}

    for outcome in load(client, target, documents, conditions=conditions):
        if outcome.state == "loaded":
            (carried.added if chosen[outcome.id] is None else carried.replaced).append(outcome.id)
        elif outcome.state == "failed":
            raise ClusterError(
                f"Elasticsearch did not take {outcome.id} ({outcome.message}); try again when it is well"
            )
        elif outcome.reason != CONFLICT:
            carried.refused[outcome.id] = f"{outcome.reason}: {outcome.message}"


def only_known(document: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document without the fields that a strict mapping does not know (any more)."""
    kept: dict[str, Any] = {}
    for name, value in document.items():
        mapped = properties.get(name)
        if mapped is not None:
            below = mapped.get("properties")
            kept[name] = only_known(value, below) if below and isinstance(value, Mapping) else value
    return kept


def _is_newer(article: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return _hash(article) != _hash(other) and _made(article) > _made(other)


def _hash(article: Mapping[str, Any]) -> str | None:
    value: str | None = article.get("source", {}).get("sha256")
    return value


def _made(article: Mapping[str, Any]) -> str:
    return str(article.get("pipeline", {}).get("processed_at") or "")
