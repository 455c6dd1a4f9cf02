"""Each kind of mistake that an editor of the objects can make is told, with its place."""

import copy
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from pipeline.kibana.check import faults
from pipeline.kibana.objects import FOLDER, KibanaObject, load_objects

OBJECTS = load_objects()


def changed(id_: str, *path: Any, to: Any) -> list[KibanaObject]:
    """All objects, with one value of one of them set, or (``...``) removed."""
    items = []
    for item in OBJECTS:
        if item.id == id_:
            payload = copy.deepcopy(item.payload)
            node = payload
            for key in path[:-1]:
                node = node[key]
            if to is ...:
                del node[path[-1]]
            else:
                node[path[-1]] = to
            item = replace(item, payload=payload)
        items.append(item)
    return items


def panel(id_: str, name: str) -> int:
    (item,) = [item for item in OBJECTS if item.id == id_]
    return [panel["id"] for panel in item.payload["panels"]].index(name)


NEWSROOM, PIPELINE = "fihrist-newsroom", "fihrist-pipeline"
BY_DAY = ("panels", panel(NEWSROOM, "articles-by-day"), "config")
PEOPLE = ("panels", panel(NEWSROOM, "top-people"), "config")
GUIDE = ("panels", panel(NEWSROOM, "guide"), "config")


def test_the_objects_as_they_are_have_no_faults() -> None:
    assert faults(OBJECTS) == []


@pytest.mark.parametrize(
    ("id_", "path", "to", "fault"),
    [
        (NEWSROOM, ("pannels",), [], "Additional properties are not allowed ('pannels' was unexpected)"),
        (
            NEWSROOM,
            (*BY_DAY, "layers", 0, "x", "field"),
            "date",
            "'date', asked for date_histogram, is no field of articles",
        ),
        (
            NEWSROOM,
            (*BY_DAY, "layers", 0, "x", "field"),
            "outlet",
            "'outlet' is a keyword, and date_histogram takes date",
        ),
        (NEWSROOM, (*BY_DAY, "layers", 0, "breakdown_by", "fields"), ["title"], "'title' is a text, and terms takes"),
        (
            NEWSROOM,
            (*BY_DAY, "layers", 0, "data_source", "ref_id"),
            "fihrist-other",
            "no data view has the id fihrist-other",
        ),
        (
            NEWSROOM,
            ("pinned_panels", 0, "config", "field_name"),
            "body",
            "by-outlet: 'body' is a text, and terms takes",
        ),
        (NEWSROOM, (*BY_DAY, "query"), {"expression": "outlit : *"}, "'outlit', asked for exists, is no field"),
        (NEWSROOM, (*BY_DAY, "query"), {"expression": "(outlet : *"}, "can't be read at 'the missing )'"),
        (NEWSROOM, (*BY_DAY, "title"), "Articles by day", "and should be Arabic, ' · ', English"),
        (NEWSROOM, (*BY_DAY, "title"), "المقالات 24 · Articles", "and should be Arabic, ' · ', English"),
        (NEWSROOM, (*BY_DAY, "title"), "Articles · المقالات", "and should be Arabic, ' · ', English"),
        (NEWSROOM, (*PEOPLE, "rows", 0, "alignment"), ..., "shows entities.persons, names in Arabic, which need"),
        (NEWSROOM, ("panels", 1, "grid", "x"), 44, "the panel articles is wider than the grid of 48 columns"),
        (NEWSROOM, ("panels", 1, "grid", "x"), 8, "the panel outlets lies over articles"),
        (NEWSROOM, ("panels", 1, "id"), "outlets", "2 panels have the id 'outlets'"),
        (NEWSROOM, ("panels", panel(NEWSROOM, "newest"), "config", "ref_id"), "x", "no session has the id x, which"),
        (
            NEWSROOM,
            (*GUIDE, "content"),
            "[a](/app/maps/map/fihrist-map)",
            "links to fihrist-map, which none of the maps has",
        ),
        (
            NEWSROOM,
            (*GUIDE, "content"),
            "[a](/app/discover#/view/fihrist-x)",
            "links to fihrist-x, which none of the sess",
        ),
        (
            PIPELINE,
            ("panels", 4, "config", "metrics", 0, "formula"),
            "sum(state)",
            "'state' is a keyword, and sum takes",
        ),
        (PIPELINE, ("panels", 4, "config", "metrics", 0, "formula"), "if(a)+;", "holds more than sums of metrics"),
        (
            "fihrist-runs",
            ("tabs", 0, "column_order"),
            ["counts"],
            "'counts', asked for column, is no field of ingest-runs",
        ),
        ("fihrist-runs", ("tabs", 0, "sort", 0, "name"), "warnings", "'warnings' is a text, and sort takes"),
        ("fihrist-runs", ("tabs", 0, "sorted"), [], "Additional properties are not allowed ('sorted' was unexpected)"),
        ("fihrist-ingest-runs", ("timeFieldName",), "state", "'state' is a keyword, and time takes date"),
        (
            "fihrist-ingest-runs",
            ("fieldAttrs", "seconds"),
            {"customLabel": "ث · s"},
            "'seconds', asked for label, is no",
        ),
        ("fihrist-runs", ("tabs", 0, "query", "expression"), "state : ", "can't be read at 'its end'"),
        ("fihrist-ingest-runs", ("title",), "runs", "no template of ours makes an index runs"),
        ("fihrist-articles", ("name",), "Articles", "name is 'Articles', and should be Arabic"),
        (
            "fihrist-places",
            ("layerListJSON", 1, "sourceDescriptor", "geoField"),
            "countries",
            "is a keyword, and geo takes",
        ),
        (
            "fihrist-places",
            ("layerListJSON", 1, "sourceDescriptor", "indexPatternId"),
            "x",
            "no data view has the id x",
        ),
        ("fihrist-places", ("layerListJSON",), ..., "a map needs title, mapStateJSON and layerListJSON"),
        ("fihrist-places", ("layerListJSON",), [{}], "it can't be made into a saved object: KeyError"),
    ],
)
def test_a_mistake_is_told_with_its_place(id_: str, path: tuple, to: Any, fault: str) -> None:
    found = faults(changed(id_, *path, to=to))
    (item,) = [item for item in OBJECTS if item.id == id_]
    assert any(fault in line and line.startswith(item.where) for line in found), found


def test_one_id_for_two_objects_is_told() -> None:
    twin = KibanaObject("sessions", "places", next(item for item in OBJECTS if item.name == "runs").payload)
    assert any("The id fihrist-places is that of 2 objects" in line for line in faults([*OBJECTS, twin]))


def test_the_panel_that_the_readme_shows_can_be_added_as_it_is() -> None:
    shown = re.search(r"```json\n(.*?)```", (FOLDER / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    (newsroom,) = [item for item in OBJECTS if item.id == NEWSROOM]
    panels = [*newsroom.payload["panels"], json.loads(shown[1])]
    assert faults(changed(NEWSROOM, "panels", to=panels)) == []
