import pytest

from pipeline.kibana import api

PANEL = {
    "id": "a", "type": "vis", "grid": {"x": 0, "y": 0, "w": 24, "h": 10},
    "config": {
        "type": "pie", "title": "x", "data_source": {"type": "data_view_reference", "ref_id": "v"},
        "metrics": [{"operation": "count"}], "group_by": [{"operation": "terms", "fields": ["outlet"]}],
    },
}  # fmt: skip


def dashboard(**changes: object) -> dict:
    config = {**PANEL["config"], **changes}
    return {"title": "t", "panels": [{**PANEL, "config": config}]}


def test_a_payload_that_fits_has_no_faults() -> None:
    assert api.faults("dashboard", dashboard()) == []


@pytest.mark.parametrize(
    ("payload", "fault"),
    [
        ({}, "the whole: 'title' is a required property"),
        ({"title": "t", "pannels": []}, "the whole: Additional properties are not allowed ('pannels' was unexpected)"),
        (dashboard(type="gantt"), "panels[0].config.type: 'gantt' is not one of ["),
        (
            dashboard(group_by=[{"operation": "terms", "field": "a"}]),
            "panels[0].config.group_by[0]: 'fields' is a required",
        ),
        (dashboard(metrics=[{"operation": "average"}]), "panels[0].config.metrics[0]: 'field' is a required property"),
        (
            dashboard(metrics=[{"operation": "count", "axis": "y"}]),
            "panels[0].config.metrics[0]: Unevaluated properties",
        ),
        (dashboard(metrics=[]), "panels[0].config.metrics: [] should be non-empty"),
        (
            dashboard(query={"expression": "a", "language": "sql"}),
            "panels[0].config.query.language: 'sql' is not one of",
        ),
    ],
)
def test_a_payload_that_does_not_fit_is_told_with_the_place(payload: dict, fault: str) -> None:
    assert any(found.startswith(fault) for found in api.faults("dashboard", payload)), api.faults("dashboard", payload)


@pytest.mark.parametrize(
    ("path", "space", "id_"),
    [
        ("/api/dashboards/fihrist-newsroom", None, "fihrist-newsroom"),
        ("/s/desk/api/dashboards/a", "desk", "a"),
        ("/s/desk/api/dashboards/a/b", None, None),
        ("/api/dashboards", None, None),
    ],
)
def test_an_operation_knows_its_paths(path: str, space: str | None, id_: str | None) -> None:
    (put,) = [o for o in api.operations() if (o.method, o.path) == ("PUT", "/api/dashboards/{id}")]
    found = put.pattern.fullmatch(path)
    assert (found and found["space"], found and found["id"]) == (space, id_)


def test_every_shape_that_an_operation_names_exists() -> None:
    for operation in api.operations():
        for shape in filter(None, (operation.body, operation.lines)):
            assert api.faults(shape, 7), f"{operation.path}: a number fits {shape}"
