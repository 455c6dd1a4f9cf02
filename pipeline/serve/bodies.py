"""From a reader's :class:`~pipeline.serve.ask.Ask` to Elasticsearch requests whose cost is bounded."""

from typing import Any

from pipeline.index.query import Query, build, marked, parse
from pipeline.index.search import search_body
from pipeline.serve.ask import Ask, Facet

PER_PAGE = 10
"""Stories on a page."""
WINDOW = 3
"""Articles ranked for each story shown: near-duplicates are folded into the first of them."""
SHARD_TIMEOUT = "5s"
"""After this Elasticsearch answers with what it has."""
_FACET_SIZE = 10
FIELDS: dict[Facet, str] = {
    "outlet": "outlet",
    "language": "language",
    "person": "entities.persons",
    "organization": "entities.organizations",
    "place": "entities.locations",
}
_EITHER: tuple[Facet, ...] = ("outlet", "language")
"""An article has one of these: several chosen values mean any of them; of names, all of them."""
_SHOWN = [
    "title", "title_inferred", "outlet", "published_at", "published_precision", "@timestamp", "timestamp_from",
    "language", "duplicate_of", "source.uri",
]  # fmt: skip
OPENING = "body.exact"
"""Field of the highlights that holds the body's first words, for articles without a title."""
_OPENING = {"highlight_query": {"match_none": {}}, "number_of_fragments": 1, "fragment_size": 80, "no_match_size": 80}
_SYNTAX_FIELDS = ["title^2", "body", "captions^0.5"]


def ranking(ask: Ask, *, loose: bool = False) -> dict[str, Any]:
    """Return the first request: the ids of the best articles, their number, and all facets."""
    after = _alternatives(ask)
    dates = _dates(ask)
    if dates:
        after["dates"] = dates
    facets = {name: _facet(name, field, after) for name, field in FIELDS.items()}
    return {
        "query": text_query(ask, loose=loose),
        "post_filter": {"bool": {"filter": list(after.values())}},
        "size": PER_PAGE * WINDOW * ask.page,
        "source": False,
        "docvalue_fields": ["duplicate_of"],
        "sort": _sort(ask),
        "track_total_hits": True,
        "timeout": SHARD_TIMEOUT,
        "aggregations": {**facets, "dates": histogram(after, "month")},
    }


def text_query(ask: Ask, *, loose: bool = False) -> Query:
    """Return the words, and the names chosen in facets, as a query."""
    must = [_words(ask, loose)]
    names = [
        {"term": {FIELDS[facet]: value}} for facet in FIELDS if facet not in _EITHER for value in ask.values(facet)
    ]
    return {"bool": {"must": must, "filter": [*names, *_mostly(ask)]}}


def histogram(after: dict[str, Query], unit: str) -> dict[str, Any]:
    """Return an aggregation of articles by day or month, whatever dates are chosen."""
    others = [clause for name, clause in after.items() if name != "dates"]
    counted = {"date_histogram": {"field": "@timestamp", "calendar_interval": unit, "min_doc_count": 1}}
    return {"filter": {"bool": {"filter": others}}, "aggregations": {"values": counted}}


def days(ask: Ask, *, loose: bool = False) -> dict[str, Any]:
    """Return the body of a request for the articles by day: for a span of a few months."""
    return {
        "query": text_query(ask, loose=loose),
        "size": 0,
        "timeout": SHARD_TIMEOUT,
        "aggregations": {"dates": histogram(_alternatives(ask), "day")},
    }


def shown(ask: Ask, ids: list[str], *, loose: bool = False) -> dict[str, Any]:
    """Return the body of the second request: what a page shows of these articles, hits marked."""
    marks = _syntax(ask.text) if ask.advanced and ask.text else marked(parse(ask.text), loose=loose)
    query = {"ids": {"values": ids}}
    highlight = search_body(query, marks, len(ids))["highlight"]
    fields = {**highlight["fields"], OPENING: _OPENING}
    if not loose:  # then nothing is marked as spelt, and analysing each body for that takes time
        fields = {name: {**field, "matched_fields": [name]} for name, field in fields.items()}
    return {
        "query": query,
        "size": len(ids),
        "_source": _SHOWN,
        "highlight": {**highlight, "fields": fields},
        "timeout": SHARD_TIMEOUT,
    }


def copies(heads: list[str], known: list[str]) -> dict[str, Any]:
    """Return the body of a request for the near-duplicates of stories that the page does not show on their own."""
    family = [{"terms": {"duplicate_of": heads}}, {"ids": {"values": heads}}]
    return {
        "query": {
            "bool": {"should": family, "minimum_should_match": 1, "must_not": [{"ids": {"values": known}}]},
        },
        "size": 200,
        "_source": ["outlet", "source.uri", "duplicate_of"],
        "timeout": SHARD_TIMEOUT,
    }


def _words(ask: Ask, loose: bool) -> Query:
    if not ask.text:
        return {"match_all": {}}
    return _syntax(ask.text) if ask.advanced else build(parse(ask.text), loose=loose)


def _syntax(text: str) -> Query:
    """Return a query in Elasticsearch's own syntax, without what can cost too much: regular expressions, ``*word``."""
    return {
        "query_string": {
            "query": text.replace("/", "\\/"),
            "fields": _SYNTAX_FIELDS,
            "type": "cross_fields",
            "default_operator": "and",
            "allow_leading_wildcard": False,
            "fuzzy_max_expansions": 20,
            "max_determinized_states": 1000,
            "rewrite": "top_terms_50",
            "lenient": True,
        }
    }


def _mostly(ask: Ask) -> list[Query]:
    """Return a filter for searches by date, where no rank keeps back those that hold but one of many words."""
    words = parse(ask.text).words
    if ask.order == "best" or ask.advanced or not words:
        return []
    fields = ["title", "body", "captions"]
    return [
        {"multi_match": {"query": words, "fields": fields, "type": "cross_fields", "minimum_should_match": "2<75%"}}
    ]


def _sort(ask: Ask) -> list[dict[str, str]]:
    if ask.order == "best":
        return [{"_score": "desc"}, {"@timestamp": "desc"}, {"id": "asc"}]
    return [{"@timestamp": "asc" if ask.order == "oldest" else "desc"}, {"id": "asc"}]


def _facet(name: Facet, field: str, after: dict[str, Query]) -> dict[str, Any]:
    others = [clause for other, clause in after.items() if other != name]
    values = {"terms": {"field": field, "size": _FACET_SIZE}}
    return {"filter": {"bool": {"filter": others}}, "aggregations": {"values": values}}


def _alternatives(ask: Ask) -> dict[str, Query]:
    """Return the filters of facets whose other values still count, so that one can be chosen too."""
    return {name: {"terms": {FIELDS[name]: ask.values(name)}} for name in _EITHER if ask.values(name)}


def _dates(ask: Ask) -> Query | None:
    bounds = {key: _whole(value) for key, value in (("gte", ask.since), ("lte", ask.until)) if value}
    return {"range": {"@timestamp": bounds}} if bounds else None


def _whole(date: str) -> str:
    """Return a date that stands for its whole year, month or day."""
    return f"{date}||/{ {4: 'y', 7: 'M', 10: 'd'}[len(date)] }"
