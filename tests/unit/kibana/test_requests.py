import pytest

from pipeline.kibana.questions import Question
from pipeline.kibana.requests import holds_data, search_body

EVER = {"from": "now-20y", "to": "now"}
COUNT = {"operation": "count"}
PERSONS = {"operation": "terms", "fields": ["entities.persons"], "limit": 7}


def aggs(*groups: dict, metrics: tuple[dict, ...] = (COUNT,), time_range: dict = EVER) -> dict:
    return search_body(Question("w", "v", time_range, groups=groups, metrics=metrics), "@timestamp")["aggs"]


def test_time_range_filters_and_queries_all_narrow() -> None:
    filters = (
        {"condition": {"field": "a", "operator": "is", "value": "x"}},
        {"negate": True, "condition": {"field": "b", "operator": "exists"}},
        {"condition": {"field": "c", "operator": "is_one_of", "value": ["y", "z"]}},
        {"disabled": True, "condition": {"field": "d", "operator": "exists"}},
    )
    body = search_body(Question("w", "v", EVER, ("e : 1",), filters), "started_at")
    assert body["query"]["bool"]["filter"] == [
        {"match_phrase": {"a": "x"}},
        {"bool": {"must_not": [{"exists": {"field": "b"}}]}},
        {"terms": {"c": ["y", "z"]}},
        {"match": {"e": "1"}},
        {"range": {"started_at": {"gte": "now-20y", "lte": "now"}}},
    ]


def test_groups_nest_and_metrics_are_inside_them() -> None:
    metrics = ({"operation": "average", "field": "n"}, {"operation": "median", "field": "n"})
    found = aggs(PERSONS, {"operation": "date_histogram", "field": "@timestamp"}, metrics=metrics)
    assert found["g0"]["terms"] == {"field": "entities.persons", "size": 7}
    inner = found["g0"]["aggs"]["g1"]
    assert inner["date_histogram"]["field"] == "@timestamp"
    assert inner["aggs"] == {"m0": {"avg": {"field": "n"}}, "m1": {"percentiles": {"field": "n", "percents": [50.0]}}}


@pytest.mark.parametrize(
    ("start", "suggested", "interval"),
    [
        ("now-30d", "1d", "1d"), ("now-99d", "1d", "1d"), ("now-1y", "1d", "1w"), ("now-5y", "1d", "1M"),
        ("now-20y", "1d", "1y"), ("now-2d", "auto", "1h"), ("now-2d", "1w", "1w"), ("2018-01-01", "1d", "1d"),
    ],
)  # fmt: skip
def test_days_become_longer_where_there_would_be_too_many(start: str, suggested: str, interval: str) -> None:
    group = {"operation": "date_histogram", "field": "t", "suggested_interval": suggested}
    found = aggs(group, time_range={"from": start, "to": "now"})
    assert found["g0"]["date_histogram"]["calendar_interval"] == interval


def test_terms_are_ordered_by_the_metric_that_ranks_them() -> None:
    by_sum = {**PERSONS, "rank_by": {"type": "metric", "metric_index": 1, "direction": "asc"}}
    metrics = (COUNT, {"operation": "sum", "field": "n"})
    assert aggs(by_sum, metrics=metrics)["g0"]["terms"]["order"] == {"m1": "asc"}
    filtered = (COUNT, {**metrics[1], "filter": {"expression": "a : *"}})
    assert aggs(by_sum, metrics=filtered)["g0"]["terms"]["order"] == {"m1>value": "asc"}
    alphabetical = {**PERSONS, "rank_by": {"type": "alphabetical", "direction": "asc"}}
    assert aggs(alphabetical)["g0"]["terms"]["order"] == {"_key": "asc"}


def test_other_kinds_of_groups_and_metrics() -> None:
    missing = {**PERSONS, "other_bucket": {"include_documents_without_field": True}}
    assert aggs(missing)["g0"]["terms"]["missing"] == "__missing__"
    assert "multi_terms" in aggs({"operation": "terms", "fields": ["a", "b"]})["g0"]
    parts = {"operation": "filters", "filters": [{"label": "x", "filter": {"expression": "a : 1"}}]}
    assert aggs(parts)["g0"]["filters"] == {"filters": {"x": {"match": {"a": "1"}}}}
    assert aggs(metrics=({"operation": "standard_deviation", "field": "n"},)) == {
        "m0": {"extended_stats": {"field": "n"}}
    }
    assert aggs(metrics=({"operation": "formula", "formula": "sum(a)/sum(b)"},)) == {
        "m0_0": {"sum": {"field": "a"}},
        "m0_1": {"sum": {"field": "b"}},
    }
    assert aggs(metrics=({**COUNT, "filter": {"expression": "a : *"}},)) == {
        "m0": {"filter": {"exists": {"field": "a"}}}
    }


def test_sessions_ask_for_one_document_with_its_columns_in_order() -> None:
    sort = ({"name": "@timestamp", "direction": "desc"},)
    body = search_body(Question("w", "v", EVER, columns=("title", "body", "title"), sort=sort, documents=True), "t")
    assert (body["size"], body["fields"], body["sort"]) == (1, ["body", "title"], [{"@timestamp": {"order": "desc"}}])


def test_maps_count_by_tile_and_show_what_has_a_place() -> None:
    assert "geotile_grid" in search_body(Question("w", "v", geo="places"), "t")["aggs"]["g0"]
    shown = search_body(Question("w", "v", geo="places", documents=True), "t")
    assert {"exists": {"field": "places"}} in shown["query"]["bool"]["filter"]


def answer(total: int, **aggregations: object) -> dict:
    return {"hits": {"total": {"value": total}}, "aggregations": aggregations}


@pytest.mark.parametrize(
    ("given", "filled"),
    [
        (answer(0), False),
        (answer(3), True),
        (answer(3, g0={"buckets": []}), False),
        (answer(3, g0={"buckets": [{"key": 1, "doc_count": 0}]}), False),
        (answer(3, g0={"buckets": [{"key": "a", "doc_count": 3}]}), True),
        (answer(3, g0={"buckets": {"a": {"doc_count": 3}}}), True),
        (answer(3, m0={"value": None}), False),
        (answer(3, m0={"value": 0.0}), True),
        (answer(3, m0={"values": {"50.0": None}}), False),
        (answer(3, m0={"doc_count": 0}), True),
        (answer(3, g0={"buckets": [{"doc_count": 3, "m0": {"value": None}}]}), False),
        (
            answer(3, g0={"buckets": [{"doc_count": 3, "g1": {"buckets": []}}, {"doc_count": 1, "m0": {"value": 1}}]}),
            True,
        ),
    ],
)
def test_data_is_a_filled_bucket_with_a_number(given: dict, filled: bool) -> None:
    assert holds_data(Question("w", "v"), given) is filled


def test_a_document_is_data() -> None:
    assert holds_data(Question("w", "v", documents=True), {"hits": {"total": {"value": 1}}})
