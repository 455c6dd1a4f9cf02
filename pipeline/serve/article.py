"""One article as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.index.client import clear_errors
from pipeline.serve.ask import Facet
from pipeline.serve.find import Copy
from pipeline.serve.marks import Piece, Span, paragraphs, pieces
from pipeline.serve.world import Map, map_of

PART = 20_000
"""Characters of a body on one page; a longer one is continued on the next."""
_HIDDEN = ["duplicate_bands", "duplicate_signature"]
_FACET_OF: dict[str, Facet] = {"person": "person", "organization": "organization", "location": "place"}


@dataclass(frozen=True, slots=True)
class Name:
    """What a stretch of text names."""

    facet: Facet
    name: str
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """An article, or a part of a long one, ready to be shown."""

    document: dict[str, Any]
    title: list[Piece[Name]]
    body: list[list[Piece[Name]]]
    names: dict[Facet, list[tuple[str, int]]]
    """What it names, by facet, with the number of mentions."""
    map: Map | None
    copies: list[Copy]
    part: int
    parts: int


def fetch(client: Elasticsearch, index: str, id_: str) -> dict[str, Any] | None:
    """Return an article's document, or None if there is none.

    Raises:
        ClusterError: the cluster can't be reached, or refuses.
    """
    with clear_errors():
        hits = client.search(
            index=index, query={"ids": {"values": [id_]}}, size=1, source_excludes=_HIDDEN, timeout="5s"
        )["hits"]["hits"]
    return dict(hits[0]["_source"]) if hits else None


def read(client: Elasticsearch, index: str, document: dict[str, Any], part: int) -> Reading:
    """Return what the page shows of a document.

    Args:
        client: may read articles.
        index: alias of the articles.
        document: as the index holds it.
        part: of a long body, from 1.
    """
    body = document.get("body") or ""
    starts = part_starts(body)
    part = min(part, len(starts))
    start, end = starts[part - 1], (*starts, len(body))[part]
    mentions = document.get("mentions") or []
    spans = [
        Span(mention["start"] - start, mention["end"] - start, _name(mention))
        for mention in mentions
        if mention["field"] == "body" and start <= mention["start"] < end
    ]
    in_title = [Span(m["start"], m["end"], _name(m)) for m in mentions if m["field"] == "title"]
    return Reading(
        document=document,
        title=list(pieces(document.get("title") or "", in_title)),
        body=paragraphs(body[start:end], spans),
        names=_names(mentions),
        map=_map(document),
        copies=_copies(client, index, document),
        part=part,
        parts=len(starts),
    )


def part_starts(body: str) -> list[int]:
    """Return where the parts of a body begin: at paragraphs, a part as long as :data:`PART` allows."""
    starts = [0]
    while len(body) - starts[-1] > PART:
        end = starts[-1] + PART
        line = body.rfind("\n", starts[-1] + 1, end)
        starts.append(line + 1 if line > 0 else end)
    return starts


def _name(mention: Mapping[str, Any]) -> Name:
    return Name(_FACET_OF[mention["type"]], mention["name"], mention.get("wikidata"))


def _names(mentions: list[dict[str, Any]]) -> dict[Facet, list[tuple[str, int]]]:
    counts: dict[Facet, dict[str, int]] = {facet: {} for facet in _FACET_OF.values()}
    for mention in mentions:
        of_type = counts[_FACET_OF[mention["type"]]]
        of_type[mention["name"]] = of_type.get(mention["name"], 0) + 1
    return {facet: sorted(names.items(), key=lambda name: -name[1]) for facet, names in counts.items()}


def _map(document: Mapping[str, Any]) -> Map | None:
    """Return the map of the article's places, each with the name that the gazetteer has for that point."""
    names = _points(tuple((document.get("entities") or {}).get("locations") or ()))
    points = [(float(place["lat"]), float(place["lon"])) for place in document.get("places") or []]
    return map_of((lat, lon, names.get((round(lat, 2), round(lon, 2)), "")) for lat, lon in points)


@cache
def _points(locations: tuple[str, ...]) -> dict[tuple[float, float], str]:
    """Return the names of locations by their points (degrees, rounded)."""
    return {
        (round(place.latitude, 2), round(place.longitude, 2)): name
        for name in locations
        for place in gazetteer().places(name)
        if place.latitude is not None and place.longitude is not None
    }


def _copies(client: Elasticsearch, index: str, document: Mapping[str, Any]) -> list[Copy]:
    head = document.get("duplicate_of") or document["id"]
    family = [{"term": {"duplicate_of": head}}, {"ids": {"values": [head]}}]
    others = {
        "bool": {"should": family, "minimum_should_match": 1, "must_not": [{"ids": {"values": [document["id"]]}}]}
    }
    with clear_errors():
        hits = client.search(
            index=index, query=others, size=20, source_includes=["outlet", "source.uri"], timeout="5s"
        )["hits"]["hits"]
    return [Copy(hit["_id"], hit["_source"].get("outlet"), hit["_source"]["source"]["uri"]) for hit in hits]
