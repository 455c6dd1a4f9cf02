import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from pipeline.serve import bodies
from pipeline.serve.ask import MAX_PAGE, Ask

FIRST_CHOICE = frozenset({("outlet", "عنب بلدي"), ("person", "بشار الأسد"), ("person", "حافظ الأسد")})


def kinds(query: Any) -> set[str]:
    """All keys of a body."""
    if isinstance(query, dict):
        return set(query) | {key for value in query.values() for key in kinds(value)}
    return {key for value in query for key in kinds(value)} if isinstance(query, list) else set()


@given(st.text(max_size=300))
def test_typed_text_is_never_query_syntax(text: str) -> None:
    for body in (bodies.ranking(Ask(text)), bodies.shown(Ask(text), ["1"]), bodies.days(Ask(text))):
        assert not kinds(body) & {"query_string", "simple_query_string", "regexp", "wildcard", "script", "prefix"}


def test_syntax_is_taken_when_asked_for_without_what_costs_most() -> None:
    (query,) = bodies.text_query(Ask("/a.*b/ OR *x", advanced=True))["bool"]["must"]
    syntax = query["query_string"]
    assert syntax["query"] == "\\/a.*b\\/ OR *x"
    assert syntax["allow_leading_wildcard"] is False
    assert syntax["max_determinized_states"] <= 1000


def test_all_chosen_names_must_be_in_an_article_but_any_chosen_outlet_will_do() -> None:
    body = bodies.ranking(Ask("دمشق", chosen=FIRST_CHOICE))
    names = [clause["term"]["entities.persons"] for clause in body["query"]["bool"]["filter"]]
    assert names == ["بشار الأسد", "حافظ الأسد"]
    assert body["post_filter"]["bool"]["filter"] == [{"terms": {"outlet": ["عنب بلدي"]}}]


def test_a_chosen_outlet_narrows_all_facets_but_its_own() -> None:
    facets = bodies.ranking(Ask("دمشق", chosen=FIRST_CHOICE))["aggregations"]
    narrowed = {name for name, facet in facets.items() if facet["filter"]["bool"]["filter"]}
    assert narrowed == set(facets) - {"outlet"}


def test_the_histogram_shows_what_lies_outside_the_chosen_dates_too() -> None:
    facets = bodies.ranking(Ask(since="2018", until="2018-03"))["aggregations"]
    assert facets["dates"]["filter"]["bool"]["filter"] == []
    assert facets["outlet"]["filter"]["bool"]["filter"] == [
        {"range": {"@timestamp": {"gte": "2018||/y", "lte": "2018-03||/M"}}}
    ]


def test_the_last_page_stays_within_what_elasticsearch_ranks() -> None:
    assert bodies.ranking(Ask("x", page=MAX_PAGE))["size"] <= 10_000


def test_sorted_by_date_articles_must_hold_most_of_the_words() -> None:
    assert "minimum_should_match" in json.dumps(bodies.text_query(Ask("دمشق اليوم", sort="newest"))["bool"]["filter"])
    assert bodies.text_query(Ask("دمشق اليوم"))["bool"]["filter"] == []
