import pytest

from pipeline.errors import FihristError
from pipeline.kibana.objects import KibanaObject, load_objects
from pipeline.kibana.questions import Question, calls, questions

BY_ID = {item.id: item for item in load_objects()}


def asked(id_: str) -> dict[str, Question]:
    return {question.where.split(": ")[-1]: question for question in questions(BY_ID[id_])}


def test_controls_ask_for_the_values_of_their_field() -> None:
    assert list(asked("fihrist-newsroom")["by-person"].uses()) == [("entities.persons", "terms")]


def test_a_chart_asks_for_colours_outside_days_and_its_metrics() -> None:
    question = asked("fihrist-newsroom")["articles-by-day"]
    assert list(question.uses()) == [("outlet", "terms"), ("@timestamp", "date_histogram")]
    assert question.time_range == BY_ID["fihrist-newsroom"].payload["time_range"]


def test_a_formula_and_a_filter_of_a_metric_are_read() -> None:
    pipeline = asked("fihrist-pipeline")
    assert list(pipeline["throughput"].uses()) == [
        ("manifest", "sum"),
        ("counts.unchanged", "sum"),
        ("duration_seconds", "sum"),
    ]
    assert list(pipeline["failed-runs"].uses()) == [("state", "is")]
    assert ("state", "is_one_of") in list(pipeline["failures"].uses())


def test_a_session_asks_for_columns_order_and_its_query() -> None:
    (question,) = questions(BY_ID["fihrist-articles-by-person"])
    uses = list(question.uses())
    assert {("entities.persons.text", "exists"), ("title", "column"), ("@timestamp", "sort")} <= set(uses)
    assert question.documents


def test_a_map_asks_for_points_and_what_it_tells_of_them() -> None:
    layers = asked("fihrist-places")
    assert set(layers) == {"counts", "articles"}, "the base map asks nothing"
    assert list(layers["counts"].uses()) == [("places", "geo")]
    assert set(layers["articles"].uses()) >= {("places", "geo"), ("title", "column")}


def test_a_panel_that_shows_a_session_leaves_the_question_to_it() -> None:
    assert "newest" not in asked("fihrist-newsroom")


def test_filters_with_a_label_of_their_own_are_read() -> None:
    groups = {"operation": "filters", "filters": [{"filter": {"expression": "a : * and b : 1"}}]}
    assert list(Question("x", "v", groups=(groups,)).uses()) == [("a", "exists"), ("b", "is")]


@pytest.mark.parametrize("formula", ["sum(manifest) / sum(duration_seconds)", "100 * (count() - sum(a.b)) / 2.5"])
def test_formulas_of_sums_are_read(formula: str) -> None:
    assert all(call["operation"] in {"sum", "count"} for call in calls(formula))


@pytest.mark.parametrize("formula", ["overall_sum(sum(a))", "ifelse(a > 1, 2, 3)", "sum(a, kql='b:c')"])
def test_formulas_that_can_t_be_checked_are_refused(formula: str) -> None:
    with pytest.raises(FihristError, match="holds more than sums of metrics"):
        calls(formula)


def test_data_views_ask_nothing() -> None:
    assert list(questions(KibanaObject("data-views", "x", {"title": "articles"}))) == []
