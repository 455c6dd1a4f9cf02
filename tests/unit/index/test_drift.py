import copy

import pytest

from pipeline.index.drift import ABSENT, DriftError, differences, refuse_drift

MAPPING = {
    "_meta": {"analysis": "one"},
    "dynamic": "strict",
    "properties": {"title": {"type": "text", "fields": {"exact": {"type": "text", "analyzer": "fihrist_exact"}}}},
}


def test_what_an_index_says_of_itself_is_no_drift():
    assert differences({**MAPPING, "_meta": {"analysis": "two", "live_until": "2024"}}, MAPPING) == {}


def test_the_servers_spelling_of_the_same_mapping_is_no_drift():
    expected = {"properties": {"mentions": {"type": "object", "enabled": False}}}
    assert differences({"properties": {"mentions": {"enabled": "false"}}}, expected) == {}


def test_each_parameter_that_differs_is_named_with_both_values():
    found = copy.deepcopy(MAPPING)
    found["dynamic"] = "true"
    del found["properties"]["title"]["fields"]["exact"]["analyzer"]
    assert differences(found, MAPPING) == {
        "dynamic": ("true", "strict"),
        "properties.title.fields.exact.analyzer": (ABSENT, "fihrist_exact"),
    }


def test_drift_is_refused_with_its_first_place_and_the_cure():
    refuse_drift("articles-000001", {}, "Rebuild.")
    with pytest.raises(
        DriftError, match=r"articles-000001 has drifted in 2 places, first in 'a': it is x and should be y\. Rebuild\."
    ):
        refuse_drift("articles-000001", {"a": ("x", "y"), "b": ("x", "y")}, "Rebuild.")
