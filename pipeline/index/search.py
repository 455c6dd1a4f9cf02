"""Search the articles: hits with highlights, one hit a story, and facets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from elastic_transport import ObjectApiResponse
from elasticsearch import Elasticsearch

from pipeline.index.client import clear_errors
from pipeline.index.query import Filters, Query, build, marked, parse

Fragment = tuple[tuple[str, bool], ...]
"""A piece of text in parts, each with whether it is a hit; in the text's own order, so safe for right-to-left."""

_OPEN, _CLOSE = "\ue000", "\ue001"  # private-use characters: no text holds them, no terminal or HTML interprets them
_FACETS = {
    "outlet": "outlet",
    "language": "language",
    "person": "entities.persons",
    "place": "entities.locations",
    "organization": "entities.organizations",
}
_FRAGMENTS = 3
"""Sentences of a body that are shown."""
_SOURCE = ["title", "title_inferred", "outlet", "published_at", "@timestamp", "language", "duplicate_of", "source.uri"]


@dataclass(frozen=True, slots=True)
class Hit:
    """One story that was found."""

    id: str
    score: float
    title: str | None
    title_fragment: Fragment
    """The title with its hits marked; empty where the article has no title."""
    fragments: tuple[Fragment, ...]
    """The body's best sentences, or its beginning where the hits are elsewhere."""
    outlet: str | None
    published_at: str | None
    timestamp: str
    language: str | None
    uri: str
    copies: tuple[str, ...]
    """Ids of near-duplicates among the results, which are not listed on their own."""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of hits, and what all results have in common."""

    loose: bool
    """Whether no article holds the words, so that these hold kindred words or near spellings."""
    total: int
    """Articles that match, near-duplicates included."""
    took_ms: int
    hits: tuple[Hit, ...]
    facets: dict[str, list[tuple[str, int]]]
    """Per facet (outlet, language, person, place, organization) the commonest values with their counts."""


def search(
    client: Elasticsearch,
    text: str,
    *,
    index: str = "articles",
    outlet: str | None = None,
    language: str | None = None,
    person: str | None = None,
    place: str | None = None,
    organization: str | None = None,
    since: str | None = None,
    until: str | None = None,
    size: int = 10,
    collapse: bool = True,
    recent_first: bool = False,
) -> SearchResults:
    """Find articles.

    Args:
        client: a connected client.
        text: what the reader typed; see :mod:`pipeline.index.query`. Empty: everything that the filters let through.
        index: the alias or an index.
        outlet: name of the outlet.
        language: ISO 639 code.
        person: name, or part of it, of a person mentioned.
        place: same, of a place.
        organization: same, of an organisation.
        since: earliest date, ISO 8601.
        until: latest date, included.
        size: hits wanted.
        collapse: show near-duplicates once.
        recent_first: let newer articles come before better ones.

    Raises:
        ClusterError: the cluster can't be reached, or refuses, or a date can't be read.
    """
    wanted = parse(text)
    filters = Filters(outlet, language, person, place, organization, since, until)

    def ask(loose: bool) -> ObjectApiResponse[Any]:
        query = build(wanted, filters, recent_first=recent_first, loose=loose)
        body = search_body(query, marked(wanted, loose=loose), 3 * size if collapse else size)
        return client.search(index=index, **body)

    with clear_errors():
        answer = ask(loose=False)
        loose = bool(wanted.words) and not answer["hits"]["total"]["value"]
        if loose:
            answer = ask(loose=True)
    hits = answer["hits"]["hits"]
    return SearchResults(
        loose=loose,
        total=answer["hits"]["total"]["value"],
        took_ms=answer["took"],
        hits=tuple(_stories(hits) if collapse else (_hit(hit, ()) for hit in hits))[:size],
        facets={
            name: [(bucket["key"], bucket["doc_count"]) for bucket in answer["aggregations"][name]["buckets"]]
            for name in _FACETS
        },
    )


def search_body(query: Query, marks: Query, size: int) -> dict[str, Any]:
    """Return the arguments of the client's ``search``: the query, what to mark in its results, and the facets."""
    return {
        "query": query,
        "size": size,
        "source": _SOURCE,
        "track_total_hits": True,
        "highlight": {
            "type": "unified",
            "pre_tags": [_OPEN],
            "post_tags": [_CLOSE],
            "highlight_query": marks,
            "fields": {
                "title": {"number_of_fragments": 0, "matched_fields": ["title", "title.exact"]},
                "body": {
                    "number_of_fragments": _FRAGMENTS + 1,
                    "fragment_size": 160,
                    "no_match_size": 160,
                    "order": "score",
                    "matched_fields": ["body", "body.exact"],
                },
            },
        },
        "aggregations": {name: {"terms": {"field": field, "size": 10}} for name, field in _FACETS.items()},
    }


def fragment(marked: str) -> Fragment:
    """Split a highlighted text into parts, each with whether it is a hit."""
    parts: list[tuple[str, bool]] = []
    for number, piece in enumerate(marked.split(_OPEN)):
        hit, closed, rest = piece.partition(_CLOSE) if number else ("", "", piece)
        parts += [(hit, True)] if closed and hit else []
        parts += [(rest, False)] if rest else []
    return tuple(parts)


def fragments(marked: Iterable[str]) -> tuple[Fragment, ...]:
    """Split a body's best sentences.

    One of them may owe its rank to the copies of the text's first words that the index holds (``lead_again`` in
    ``mappings/``): they are marked as hits without length where those words end. Such a sentence is left out.
    """
    kept = (fragment(piece) for piece in marked if _OPEN not in piece or _OPEN in piece.replace(_OPEN + _CLOSE, ""))
    return tuple(kept)[:_FRAGMENTS]


def _stories(hits: Iterable[Mapping[str, Any]]) -> list[Hit]:
    """Group near-duplicates under the best of them, in the order of their scores."""
    groups: dict[str, list[Mapping[str, Any]]] = {}
    for hit in hits:
        groups.setdefault(hit["_source"].get("duplicate_of") or hit["_id"], []).append(hit)
    return [_hit(first, tuple(copy["_id"] for copy in copies)) for first, *copies in groups.values()]


def _hit(hit: Mapping[str, Any], copies: tuple[str, ...]) -> Hit:
    source = hit["_source"]
    highlight = hit.get("highlight", {})
    title = source.get("title")
    marked = highlight.get("title", [title] if title else [])
    return Hit(
        id=hit["_id"],
        score=hit["_score"] or 0.0,
        title=title,
        title_fragment=fragment(marked[0]) if marked else (),
        fragments=fragments(highlight.get("body", ())),
        outlet=source.get("outlet"),
        published_at=source.get("published_at"),
        timestamp=source["@timestamp"],
        language=source.get("language"),
        uri=source["source"]["uri"],
        copies=copies,
    )
