"""Names while a reader types: those that the index holds, found by any spelling that the gazetteer knows."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.arabic import fold
from pipeline.enrich.entities.entity import Alias, read_organizations, read_people, read_places
from pipeline.enrich.entities.lists import DATA
from pipeline.index.client import clear_errors
from pipeline.serve.ask import Facet
from pipeline.serve.bodies import FIELDS

SHOWN = 8
MAX_TYPED = 60
"""Characters of which a name is looked for."""
_CANDIDATES = 200
"""Known names, by any spelling, that are looked up in the index."""
_OTHERS = 50
"""Names in articles that have the typed words in a name; most of them fit, names beside it do not."""
_KINDS: tuple[Facet, ...] = ("person", "organization", "place")
_FACET_OF = {"person": "person", "organization": "organization", "location": "place"}
_READERS = (
    (read_people, "people.tsv"),
    (read_organizations, "organizations.tsv"),
    (read_places, "places.tsv"),
    (read_places, "places_geonames.tsv"),
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name to choose."""

    facet: Facet
    name: str
    """Canonical, as the index holds it."""
    spelling: str
    """The spelling that fits what was typed; empty where that is the name."""
    count: int
    """Articles that mention it."""


def suggest(client: Elasticsearch, index: str, typed: str) -> list[Suggestion]:
    """Return names that begin like what was typed, or have a word that does; those in most articles first.

    Raises:
        ClusterError: the cluster can't be reached, or refuses.
    """
    typed = fold(typed[:MAX_TYPED]).strip()
    if len(typed) < 2:
        return []
    known = _spelled(typed)
    body: dict[str, Any] = {}
    for kind in _KINDS:
        names = [name for facet, name in known if facet == kind]
        if names:
            body[f"{kind} known"] = {"terms": {"field": FIELDS[kind], "include": names, "size": SHOWN}}
        begins = {"match_phrase_prefix": {f"{FIELDS[kind]}.text": {"query": typed, "max_expansions": 30}}}
        others = {"terms": {"field": FIELDS[kind], "size": _OTHERS}}
        body[f"{kind} other"] = {"filter": begins, "aggregations": {"names": others}}
    with clear_errors():
        answer = client.search(index=index, size=0, aggregations=body, timeout="1s", track_total_hits=False)
    found = {
        (kind, name): Suggestion(kind, name, known.get((kind, name), ""), count)
        for kind, name, count in _counts(answer["aggregations"])
        if (kind, name) in known or _fits(fold(name), typed)
    }
    return sorted(found.values(), key=lambda one: (-one.count, one.name))[:SHOWN]


def _counts(answer: Mapping[str, Any]) -> Iterator[tuple[Facet, str, int]]:
    """Yield kind, name and number of articles of each name found."""
    for kind in _KINDS:
        for part in (answer.get(f"{kind} known", {"buckets": []}), answer[f"{kind} other"]["names"]):
            for bucket in part["buckets"]:
                yield kind, bucket["key"], bucket["doc_count"]


def _spelled(typed: str) -> dict[tuple[Facet, str], str]:
    """Return the known names with a spelling that begins so, by kind and canonical name, with that spelling."""
    spellings = known_names()
    found: dict[tuple[Facet, str], str] = {}
    for folded, facet, name, spelling in spellings[bisect_left(spellings, (typed,)) :]:
        if not folded.startswith(typed) or len(found) >= _CANDIDATES:
            break
        shown = "" if spelling == name else spelling
        if (facet, name) not in found or not shown:
            found[facet, name] = shown
    return found


def _fits(name: str, typed: str) -> bool:
    """Say whether a folded name or one of its words, with or without the article, begins like what was typed."""
    words = name.split()
    rests = (" ".join(words[place:]) for place in range(len(words)))
    return any(rest.startswith(typed) or rest.removeprefix("ال").startswith(typed) for rest in rests)


@cache
def known_names() -> list[tuple[str, Facet, str, str]]:
    """Return folded spelling, facet, canonical name and spelling of all known names, sorted."""
    return sorted({row for alias in _aliases() for row in _rows(alias)})


def _aliases() -> Iterator[Alias]:
    for read, file in _READERS:
        yield from read(DATA / file)


def _rows(alias: Alias) -> Iterator[tuple[str, Facet, str, str]]:
    facet: Facet = _FACET_OF[alias.entity.type]  # type: ignore[assignment]
    folded = fold(alias.text)
    for start in {folded, folded.removeprefix("ال")}:
        yield start, facet, alias.entity.name, alias.text
