"""What an index must show before it takes another's place: that it holds what it should, and finds what was found."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.client import clear_errors
from pipeline.index.query import build, parse
from pipeline.knowledge import read_rows

GOLDEN_QUERIES = Path(__file__).parent / "data" / "golden_queries.tsv"
FIRST = 10
"""Hits of the live index that the new one must find again."""
AMONG = 50
"""Hits of the new index among which they must be: an article may lose some places where others gain them."""
FOUND_AGAIN = 0.5
"""Share that each golden query must find again.

Over 3,000 news articles an index with the same analysis finds all again, one whose bodies lost every tenth paragraph
95 %, one without stemming 75 %, one with a random half of its articles 50 %; single queries of a few hits vary widely,
so what is asked for is what only damage falls below."""
_PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Golden:
    """How much of what a query found is found again."""

    query: str
    how: str
    """``search``: as ``fihrist search`` asks; ``bare``: as Kibana's search bar does."""
    before: int
    """Articles that the live index found, at most :data:`FIRST`."""
    again: int
    """Those of them that the new index finds too."""

    @property
    def fault(self) -> str | None:
        """What is wrong, in one sentence, or None."""
        if self.again >= FOUND_AGAIN * self.before:
            return None
        return (
            f"The query '{self.query}' ({self.how}) finds again only {self.again} of its first {self.before} articles."
        )


@cache
def golden_queries(file: Path = GOLDEN_QUERIES) -> tuple[str, ...]:
    """Return the queries of the data file.

    Raises:
        KnowledgeError: a row is malformed, or a query stands there twice.
    """
    queries: dict[str, None] = {}
    for row in read_rows(file, ("query", "about")):
        if row["query"] in queries:
            raise row.error(f"the query '{row['query']}' stands here twice")
        queries[row["query"]] = None
    return tuple(queries)


def ask_golden(client: Elasticsearch, old: str, new: str, queries: Iterable[str]) -> list[Golden]:
    """Ask two indices the same; queries that find nothing in the old one are left out."""
    asked = []
    with clear_errors():
        for text in queries:
            for how, query in (("search", build(parse(text))), ("bare", {"query_string": {"query": text}})):
                before = _ids(client, old, query, FIRST)
                if before:
                    again = before & _ids(client, new, query, AMONG)
                    asked.append(Golden(text, how, len(before), len(again)))
    return asked


def missing(client: Elasticsearch, index: str, ids: Iterable[str]) -> Iterator[str]:
    """Yield those ids that an index does not hold."""
    for page in _chunks(ids):
        with clear_errors():
            answer = client.mget(index=index, ids=page, source=False)
        yield from (hit["_id"] for hit in answer["docs"] if not hit.get("found"))


def differing(client: Elasticsearch, index: str, documents: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the ids of documents that the index holds otherwise than they were sent, or not at all.

    ``duplicate_of`` may differ: it is set once all documents are there. So may all of an article that another run
    has done again meanwhile.
    """
    sent = {document["id"]: document for document in documents}
    if not sent:
        return
    with clear_errors():
        answer = client.mget(index=index, ids=list(sent))
    for hit in answer["docs"]:
        ours, theirs = sent[hit["_id"]], hit.get("_source")
        if theirs and theirs["pipeline"]["run_id"] != ours["pipeline"]["run_id"]:
            continue
        if theirs is None or {**theirs, "duplicate_of": None} != {**ours, "duplicate_of": None}:
            yield hit["_id"]


def _ids(client: Elasticsearch, index: str, query: Mapping[str, Any], size: int) -> set[str]:
    answer = client.search(index=index, query=query, size=size, source=False, track_total_hits=False)
    return {hit["_id"] for hit in answer["hits"]["hits"]}


def _chunks(ids: Iterable[str]) -> Iterator[list[str]]:
    page: list[str] = []
    for id_ in ids:
        page.append(id_)
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page
