"""From what a reader types to an Elasticsearch query. Typed text is text: no character of it becomes query syntax.

Two signs have a meaning, since every search engine gives it to them: ``"…"`` asks for the words side by side, and a
``-`` before a word or a phrase excludes it.
"""

import re
from dataclasses import dataclass
from typing import Any

Query = dict[str, Any]

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"'})
_MATCHED = {"title": 3.0, "body": 1.0, "captions": 0.5}
_LOOSE = {"all_text": 1.0, "title.exact": 1.0, "body.exact": 1.0}
_RANKED = {"body.lead": 1.0, "all_text": 0.6, "title.exact": 0.5, "body.exact": 0.5}
_TOGETHER = {"title": 0.5, "body": 0.1}
_PHRASED = {f"{name}{variant}": 1.0 for name in ("title", "body", "captions") for variant in ("", ".exact")}


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
        bounds = {key: _whole(value) for key, value in (("gte", self.since), ("lte", self.until)) if value}
        if bounds:
            clauses.append({"range": {"@timestamp": bounds}})
        return clauses


def _whole(date: str) -> str:
    """Return a date that stands for its whole year, month or day: rounded down as a start and up as an end."""
    unit = {4: "y", 7: "M", 10: "d"}.get(len(date))
    return f"{date}||/{unit}" if unit else date


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


def build(wanted: Wanted, filters: Filters | None = None, *, recent_first: bool = False, loose: bool = False) -> Query:
    """Return the query.

    A result holds at least one of the words in one of its inflections, each phrase, and nothing excluded. Results are
    ranked by how many words they hold and how rare those are; by words that the article begins with (``body.lead``);
    by the words as typed; by kindred words and spellings (``all_text``); and by words that stand together.

    Args:
        wanted: what the reader asks for.
        filters: what every result must be.
        recent_first: let an article's weight halve with every month of its age.
        loose: let kindred words and near spellings count as matches too: for a second try, when nothing else matches.
    """
    must: list[Query] = [_phrase(phrase) for phrase in wanted.phrases]
    should: list[Query] = []
    if wanted.words:
        must.append(_any(_LOOSE if loose else _MATCHED, "match", wanted.words))
        should += [{"match": {name: {"query": wanted.words, "boost": boost}}} for name, boost in _RANKED.items()]
        should += [
            {"match_phrase": {name: {"query": wanted.words, "slop": 8, "boost": boost}}}
            for name, boost in _TOGETHER.items()
        ]
    query: Query = {
        "bool": {
            "must": must or [{"match_all": {}}],
            "should": should,
            "filter": filters.clauses() if filters else [],
            "must_not": [_phrase(phrase) for phrase in wanted.excluded],
        }
    }
    if recent_first:
        decay = {"@timestamp": {"origin": "now", "scale": "30d", "decay": 0.5}}
        query = {"function_score": {"query": query, "exp": decay, "boost_mode": "multiply"}}
    return query


def marked(wanted: Wanted, *, loose: bool = False) -> Query:
    """Return the query whose matches are marked in a result: what made it match, not every word that ranked it."""
    names = ("title", "body", "all_text") if loose else ("title", "body")
    clauses: list[Query] = [
        {kind: {name: {"query": text}}}
        for name in names
        for kind, texts in (("match", (wanted.words,) if wanted.words else ()), ("match_phrase", wanted.phrases))
        for text in texts
    ]
    return {"bool": {"should": clauses}}


def _any(fields: dict[str, float], kind: str, text: str) -> Query:
    clauses: list[Query] = [{kind: {name: {"query": text, "boost": boost}}} for name, boost in fields.items()]
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _phrase(phrase: str) -> Query:
    """Return a clause for adjacent words: with any clitic or ending, and better, exactly as typed."""
    return _any(_PHRASED, "match_phrase", phrase)
