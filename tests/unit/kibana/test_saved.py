import json

import pytest

from pipeline.kibana.objects import Payload, load_objects
from pipeline.kibana.saved import saved_object

OBJECTS = {item.id: item for item in load_objects()}


def saved(id_: str) -> Payload:
    return saved_object(OBJECTS[id_].kind, id_, OBJECTS[id_].payload)


def test_a_session_becomes_a_saved_search_with_its_references() -> None:
    sent = saved("fihrist-quarantined-files")
    assert (sent["type"], sent["typeMigrationVersion"], sent["coreMigrationVersion"]) == ("search", "10.9.0", "8.8.0")
    (tab,) = sent["attributes"]["tabs"]
    assert (tab["id"], tab["label"]) == (sent["id"], sent["attributes"]["title"]), (
        "or Kibana would make one up each time"
    )
    attributes = tab["attributes"]
    assert attributes["columns"] == ["uri", "stage", "reason", "message", "attempts", "run_id"]
    assert attributes["sort"] == [["@timestamp", "desc"]]
    assert attributes["timeRange"] == {"from": "now-20y", "to": "now"}
    source = json.loads(attributes["kibanaSavedObjectMeta"]["searchSourceJSON"])
    assert source["query"] == {"query": "", "language": "kuery"}
    (kept,) = source["filter"]
    assert kept["query"] == {"match_phrase": {"state": "quarantined"}}
    assert kept["meta"]["alias"] == "معزولة · Quarantined"
    names = {reference["name"]: reference["id"] for reference in sent["references"]}
    assert names == {
        source["indexRefName"]: "fihrist-ingest-files",
        kept["meta"]["indexRefName"]: "fihrist-ingest-files",
    }


@pytest.mark.parametrize(
    ("condition", "kind", "query"),
    [
        ({"operator": "exists"}, "exists", {"exists": {"field": "f"}}),
        (
            {"operator": "is_one_of", "value": ["a", "b"]},
            "phrases",
            {
                "bool": {
                    "minimum_should_match": 1,
                    "should": [{"match_phrase": {"f": "a"}}, {"match_phrase": {"f": "b"}}],
                }
            },
        ),
    ],
)
def test_filters_keep_their_meaning(condition: dict, kind: str, query: dict) -> None:
    tab = {
        "data_source": {"ref_id": "fihrist-articles"},
        "query": {"expression": ""},
        "filters": [{"type": "condition", "negate": True, "condition": {"field": "f", **condition}}],
    }
    sent = saved_object("sessions", "x", {"title": "t", "tabs": [tab]})
    (kept,) = json.loads(sent["attributes"]["tabs"][0]["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])[
        "filter"
    ]
    assert (kept["meta"]["type"], kept["meta"]["negate"], kept["query"]) == (kind, True, query)


def test_a_map_names_its_data_views_in_the_references() -> None:
    sent = saved("fihrist-places")
    assert sent["typeMigrationVersion"] == "8.4.0"
    layers = json.loads(sent["attributes"]["layerListJSON"])
    assert json.loads(sent["attributes"]["mapStateJSON"])["timeFilters"] == {"from": "now-20y", "to": "now"}
    named = [layer["sourceDescriptor"].get("indexPatternRefName") for layer in layers]
    assert named == [None, "layer_1_source_index_pattern", "layer_2_source_index_pattern"]
    assert [(ref["name"], ref["id"]) for ref in sent["references"]] == [
        (name, "fihrist-articles") for name in named[1:]
    ]
    assert "indexPatternId" not in sent["attributes"]["layerListJSON"]
