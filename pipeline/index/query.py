"""From what a reader types to an Elasticsearch query. Typed text is text: no character of it becomes query syntax.

Two signs have a meaning, since every search engine gives it to them: ``"…"`` asks for the words side by side, and a
``-`` before a word or a phrase excludes it.
"""

import re
from dataclasses import dataclass
from typing import Any

Query = dict[str, Any]

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"'})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asks for."""

    words: str
    """The words that are neither quoted nor excluded, as typed."""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    """Words or phrases that no result may hold."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What every result must be, whatever the words; None: anything."""

    outlet: str | None = None
    language: str | None = None
    person: str | None = None
    place: str | None = None
    organization: str | None = None
    since: str | None = None
    """First day or instant, ISO 8601, of ``@timestamp``."""
    until: str | None = None
    """Last day or instant, included as a whole: ``2018`` takes all of 2018."""

    def clauses(self) -> list[Query]:
        """Return one filter clause for each thing asked; names match by any of their spellings' words."""
        named = {
            "outlet.text": self.outlet,
            "entities.persons.text": self.person,
            "entities.locations.text": self.place,
            "entities.organizations.text": self.organization,
        }
        clauses: list[Query] = [
            {"match": {name: {"query": value, "operator": "and"}}} for name, value in named.items() if value
        ]
        if self.language:
            clauses.append({"term": {"language": self.language}})
        bounds = {key: value for key, value in (("gte", self.since), ("lte", self.until)) if value}
        if bounds:
            clauses.append({"range": {"@timestamp": bounds}})
        return clauses


def parse(text: str) -> Wanted:
    """Split typed text into words, phrases and exclusions; an unpaired quote or a lone ``-`` means nothing."""
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    for part in re.findall(r'-?"[^"]*"|[^\s"]+|"', text.translate(_QUOTES)):
        bare = part.lstrip("-").strip('"').strip()
        if not bare:
            continue
        if part.startswith("-"):
            excluded.append(bare)
        elif part.startswith('"'):
            phrases.append(bare)
        else:
            words.append(part)
    return Wanted(" ".join(words), tuple(phrases), tuple(excluded))


def build(wanted: Wanted, filters: Filters = Filters(), *, recent_first: bool = False) -> Query:
    """Return the query: what must match, ranked by how well title and body fit, words together before words apart."""
    must: list[Query] = [_phrase(phrase) for phrase in wanted.phrases]
    should: list[Query] = []
    if wanted.words:
        must.append(_words(wanted.words))
        should.append({"match_phrase": {"title": {"query": wanted.words, "slop": 2, "boost": 2}}})
        should.append({"match_phrase": {"body": {"query": wanted.words, "slop": 4, "boost": 1}}})
    query: Query = {
        "bool": {
            "must": must or [{"match_all": {}}],
            "should": should,
            "filter": filters.clauses(),
            "must_not": [_phrase(phrase) for phrase in wanted.excluded],
        }
    }
    if recent_first:
        decay = {"@timestamp": {"origin": "now", "scale": "30d", "decay": 0.5}}
        query = {"function_score": {"query": query, "exp": decay, "boost_mode": "multiply"}}
    return query


def _words(words: str) -> Query:
    fields = {"title": 2.0, "title.exact": 1.0, "body": 1.0, "body.exact": 0.5, "captions": 0.5}
    matches: list[Query] = [{"match": {name: {"query": words, "boost": boost}}} for name, boost in fields.items()]
    return {"bool": {"should": matches, "minimum_should_match": 1}}


def _phrase(phrase: str) -> Query:
    """Return a clause for adjacent words: with any clitic, and before those, exactly as typed."""
    matches: list[Query] = [
        {"match_phrase": {f"{name}{variant}": {"query": phrase}}}
        for name in ("title", "body", "captions")
        for variant in ("", ".exact")
    ]
    return {"bool": {"should": matches, "minimum_should_match": 1}}
