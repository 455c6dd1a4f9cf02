import json
import re

import pytest

from pipeline.kibana import api
from pipeline.kibana.objects import load_objects
from pipeline.kibana.render import Rendered, Target, render

OBJECTS = load_objects()


def rendered(**target: str) -> dict[str, Rendered]:
    return {item.id: item for item in render(OBJECTS, Target(**target))}


def test_in_our_own_space_ids_and_indices_are_those_of_the_files() -> None:
    found = rendered()
    assert list(found) == [item.id for item in OBJECTS]
    assert found["fihrist-articles"].body["data_view"]["title"] == "articles"
    newsroom = next(item for item in OBJECTS if item.name == "newsroom")
    sent, kept = found["fihrist-newsroom"].body, newsroom.payload
    assert {**sent, "panels": sent["panels"][1:]} == {**kept, "panels": kept["panels"][1:]}, "all but the guide's links"


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ({}, "/s/fihrist/app/maps/map/fihrist-places"),
        ({"space": "default"}, "/app/maps/map/fihrist-default-places"),
        ({"space": "desk", "base_path": "/kibana"}, "/kibana/s/desk/app/maps/map/fihrist-desk-places"),
    ],
)
def test_links_lead_to_the_space(target: dict[str, str], link: str) -> None:
    found = rendered(**target)
    content = next(item for item in found.values() if item.id.endswith("newsroom")).body["panels"][0]["config"][
        "content"
    ]
    assert f"]({link})" in content


@pytest.mark.parametrize("space", ["desk", "default"])
def test_elsewhere_every_id_and_every_reference_holds_the_space(space: str) -> None:
    found = rendered(space=space)
    text = json.dumps([[item.id, item.body] for item in found.values()])
    named = set(re.findall(r"fihrist-[\w-]+", text))
    assert named == set(found)
    assert all(name.startswith(f"fihrist-{space}-") for name in named)


def test_the_prefix_stands_before_index_names_only() -> None:
    found = rendered(index_prefix="desk-")
    assert found["fihrist-ingest-runs"].body["data_view"]["title"] == "desk-ingest-runs"
    assert "desk-" not in json.dumps([item.body for item in found.values() if item.kind != "data-views"])


def test_everything_fits_the_api() -> None:
    for item in rendered(space="desk", index_prefix="x-").values():
        assert api.faults(item.shape, item.body) == [], item.id
