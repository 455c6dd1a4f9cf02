"""What an index must show before it takes another's place: that it holds what it should, and finds what was found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import mean
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
FOUND_AGAIN = 0.9
"""Share that the golden queries must find again, on average.

Measured on 3,000 articles (58 questions): the same index 1.00; with every tenth paragraph lost 0.96; analysed by
Elasticsearch's ``arabic`` instead 0.92; with three in ten paragraphs lost 0.84; without stemming 0.75. So a change of
rules passes, damage does not. A single question says less: one found nothing again with ``arabic``."""
_NOTABLE = 0.5
"""A single query that finds less than this again is worth a look."""
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
    def share(self) -> float:
        """The share that is found again."""
        return self.again / self.before


def judge_golden(asked: Sequence[Golden]) -> tuple[list[str], list[str]]:
    """Return what speaks against the new index, and which single queries are worth a look; one sentence each."""
    notable = [
        f"The query '{golden.query}' ({golden.how}) finds again only {golden.again} of its first "
        f"{golden.before} articles."
        for golden in asked
        if golden.share < _NOTABLE
    ]
    if asked and (found := mean(golden.share for golden in asked)) < FOUND_AGAIN:
        return [f"Golden queries find again {found:.0%} of what they found, and should {FOUND_AGAIN:.0%}."], notable
    return [], notable


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
