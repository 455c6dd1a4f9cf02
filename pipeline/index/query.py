"""From what a reader types to an Elasticsearch query. Typed text is text: no character of it becomes query syntax.

Two signs have a meaning, since every search engine gives it to them: ``"…"`` asks for the words side by side, and a
``-`` before a word or a phrase excludes it.
"""

import re
from dataclasses import dataclass
from typing import Any

Query = dict[str, Any]

_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "‟": '"'})
_TYPED = "fihrist_exact_search"
"""Analyzer of words as typed, without those that ask or only join."""
_MATCHED = {"title": 1.2, "body": 1.0, "captions": 0.5}
_EXACT = ("title.exact", "body.exact")
_TOGETHER = ("title", "body")
_PHRASED = tuple(f"{name}{variant}" for name in ("title", "body", "captions") for variant in ("", ".exact"))
_SPELLINGS = {"fuzziness": "AUTO:5,8", "prefix_length": 1}
_YEAR = {"regexp": {"body.exact": "1[0-9]{3}|20[0-9]{2}"}}
_ASKS_WHEN = re.compile(r"\s*(?:متى|متي|(?:في|ب)\s?[أا]ي\s(?:عام|سنة|تاريخ|قرن))\b")


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
    ranked by how many words they hold and how rare those are, in title or body; by words that the article begins with
    (``body.lead``); by the words as typed and near spellings of them (أوكسجين, أكسجين); by words that stand together;
    and where a question asks when, by whether the article names a year.

    Args:
        wanted: what the reader asks for.
        filters: what every result must be.
        recent_first: let an article's weight halve with every month of its age.
        loose: let near spellings count as matches too: for a second try, when nothing else matches.
    """
    must: list[Query] = [_phrase(phrase) for phrase in wanted.phrases]
    should: list[Query] = []
    if wanted.words:
        must.append(_near(wanted.words) if loose else _best(wanted.words))
        should = [
            {"match": {"body.lead": {"query": wanted.words, "boost": 0.2}}},
            {"match": {"title": {"query": wanted.words, "boost": 0.5}}},
            {"match": {"title.exact": {"query": wanted.words, "analyzer": _TYPED, "boost": 0.4}}},
            {"match": {"body.exact": {"query": wanted.words, "analyzer": _TYPED, "boost": 0.3, **_SPELLINGS}}},
            *({"match_phrase": {name: {"query": wanted.words, "slop": 8, "boost": 0.1}}} for name in _TOGETHER),
        ]
        if _ASKS_WHEN.match(wanted.words):
            should.append({"constant_score": {"filter": _YEAR, "boost": 3.0}})
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
    clauses: list[Query] = [
        {"match_phrase": {name: {"query": phrase}}} for name in _TOGETHER for phrase in wanted.phrases
    ]
    if wanted.words:
        clauses.append(_near(wanted.words) if loose else _best(wanted.words))
    return {"bool": {"should": clauses}}


def _best(words: str) -> Query:
    """Return a clause for any of the words in any form; the field with the best score counts."""
    queries = [{"match": {name: {"query": words, "boost": boost}}} for name, boost in _MATCHED.items()]
    return {"dis_max": {"queries": queries}}


def _near(words: str) -> Query:
    """Return a clause for words that are spelt almost like any of these."""
    queries = [{"match": {name: {"query": words, "analyzer": _TYPED, "fuzziness": "AUTO:4,10"}}} for name in _EXACT]
    return {"dis_max": {"queries": queries}}


def _phrase(phrase: str) -> Query:
    """Return a clause for adjacent words: with any clitic or ending, and better, exactly as typed."""
    clauses = [{"match_phrase": {name: {"query": phrase}}} for name in _PHRASED]
    return {"bool": {"should": clauses, "minimum_should_match": 1}}
