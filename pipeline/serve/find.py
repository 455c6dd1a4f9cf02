"""Search: one page of stories, near-duplicates folded into the first, with facets and a histogram."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elasticsearch import BadRequestError, Elasticsearch

from pipeline.index.client import clear_errors
from pipeline.index.query import parse
from pipeline.index.search import Fragment, fragment, fragments
from pipeline.serve import bodies
from pipeline.serve.ask import FACETS, MAX_PAGE, Ask, BadAskError, Facet
from pipeline.serve.histogram import Bar, bars, is_short

_MOST = 20
"""Copies named in one story."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A near-duplicate of a story."""

    id: str
    outlet: str | None
    uri: str


@dataclass(frozen=True, slots=True)
class Story:
    """What the page shows of one story."""

    id: str
    title: Fragment
    """With hits marked; empty where the article has none."""
    opening: str
    """The body's first words."""
    title_inferred: bool
    fragments: tuple[Fragment, ...]
    outlet: str | None
    language: str | None
    date: str
    """Publication as stated, or the file's date."""
    precision: str
    dated: bool
    """Whether the date is that of publication."""
    uri: str
    copies: tuple[Copy, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet."""

    value: str
    count: int | None
    """Articles; None: chosen, and not among the commonest."""
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results."""

    total: int
    """Articles, near-duplicates included."""
    took_ms: int
    """Elasticsearch's time over all requests."""
    loose: bool
    """Whether no article holds the words, so that these hold kindred words or near spellings."""
    partial: bool
    """Whether time ran out before all was searched."""
    stories: tuple[Story, ...]
    facets: dict[Facet, list[Choice]]
    bars: list[Bar]
    first: int
    """Number of the first story."""
    more: bool
    """Whether there is a next page."""


def find(client: Elasticsearch, index: str, ask: Ask) -> Found:
    """Search.

    Raises:
        ClusterError: the cluster can't be reached, or refuses.
        BadAskError: the advanced syntax can't be read.
    """
    with clear_errors():
        try:
            ranked = client.search(index=index, **bodies.ranking(ask))
            loose = bool(not ask.advanced and parse(ask.text).words and not ranked["hits"]["total"]["value"])
            if loose:
                ranked = client.search(index=index, **bodies.ranking(ask, loose=True))
        except BadRequestError as error:
            if ask.advanced:
                raise BadAskError("bad_syntax") from error
            raise
    groups = _groups(ranked["hits"]["hits"])
    first = bodies.PER_PAGE * (ask.page - 1)
    page = dict(list(groups.items())[first : first + bodies.PER_PAGE])
    answers = _details(client, index, ask, page, loose, days=is_short(_months(ranked)))
    counted = answers[2] if len(answers) > 2 else ranked
    return Found(
        total=ranked["hits"]["total"]["value"],
        took_ms=ranked["took"] + sum(answer["took"] for answer in answers),
        loose=loose,
        partial=any(answer["timed_out"] for answer in (ranked, *answers)),
        stories=tuple(_stories(page, *answers[:2])) if page else (),
        facets={name: _choices(ask, name, ranked["aggregations"][name]) for name in FACETS},
        bars=bars(_months(counted), by_day=len(answers) > 2),
        first=first + 1,
        more=len(groups) > first + bodies.PER_PAGE and ask.page < MAX_PAGE,
    )


def _groups(hits: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the articles found by the head of their cluster of near-duplicates, in the order of rank."""
    groups: dict[str, list[str]] = {}
    for hit in hits:
        head = (hit.get("fields", {}).get("duplicate_of") or [hit["_id"]])[0]
        groups.setdefault(head, []).append(hit["_id"])
    return groups


def _details(
    client: Elasticsearch, index: str, ask: Ask, page: dict[str, list[str]], loose: bool, *, days: bool
) -> list[Any]:
    """Ask for what the page shows, for the copies, and for the days where the months are few: in one round trip."""
    best = [ids[0] for ids in page.values()]
    wanted = [bodies.shown(ask, best, loose=loose), bodies.copies(list(page), best)]
    if days:
        wanted.append(bodies.days(ask, loose=loose))
    with clear_errors():
        answer = client.msearch(index=index, searches=[part for body in wanted for part in ({}, body)])
        for part in answer["responses"]:
            if "error" in part:
                raise BadAskError("bad_syntax" if ask.advanced else "bad_answer")
    return list(answer["responses"])


def _months(answer: Any) -> list[tuple[int, int]]:
    buckets = answer["aggregations"]["dates"]["values"]["buckets"]
    return [(bucket["key"], bucket["doc_count"]) for bucket in buckets]


def _stories(page: dict[str, list[str]], shown: Mapping[str, Any], copies: Mapping[str, Any]) -> Iterable[Story]:
    hits = {hit["_id"]: hit for hit in shown["hits"]["hits"]}
    others: dict[str, list[Copy]] = {}
    for hit in copies["hits"]["hits"]:
        source = hit["_source"]
        copy = Copy(hit["_id"], source.get("outlet"), source["source"]["uri"])
        others.setdefault(source.get("duplicate_of") or hit["_id"], []).append(copy)
    for head, ids in page.items():
        if ids[0] in hits:  # it may have been deleted between the requests
            yield _story(hits[ids[0]], tuple(others.get(head, ())[:_MOST]))


def _story(hit: Mapping[str, Any], copies: tuple[Copy, ...]) -> Story:
    source, highlight = hit["_source"], hit.get("highlight", {})
    title = highlight.get("title") or ([source["title"]] if source.get("title") else [])
    return Story(
        id=hit["_id"],
        title=fragment(title[0]) if title else (),
        opening="".join(highlight.get(bodies.OPENING, ())[:1]).strip(),
        title_inferred=bool(source.get("title_inferred")),
        fragments=fragments(highlight.get("body", ())),
        outlet=source.get("outlet"),
        language=source.get("language"),
        date=source.get("published_at") or source["@timestamp"],
        precision=source.get("published_precision") or "day",
        dated=bool(source.get("published_at")),
        uri=source["source"]["uri"],
        copies=copies,
    )


def _choices(ask: Ask, facet: Facet, answer: Mapping[str, Any]) -> list[Choice]:
    """Return a facet's values: what is chosen first, then the commonest."""
    counts = {bucket["key"]: bucket["doc_count"] for bucket in answer["values"]["buckets"]}
    chosen = ask.values(facet)
    return [
        *(Choice(value, counts.get(value), True) for value in chosen),
        *(Choice(value, count, False) for value, count in counts.items() if value not in chosen),
    ]
