import json

import pytest

from pipeline.index.names import IndexNames
from pipeline.security.roles import ROLES, WHO, key_descriptors, render_role


def test_each_of_those_who_get_a_key_has_a_role() -> None:
    assert sorted(file.name for file in ROLES.iterdir()) == sorted(f"fihrist_{who}.json" for who in WHO)


@pytest.mark.parametrize("who", WHO)
def test_a_role_covers_only_indices_of_the_installation(who: str) -> None:
    names = IndexNames("north-")
    ours = {names.articles, f"{names.articles}-*", names.files, names.runs}
    for entry in render_role(who, "north-")["indices"]:
        assert set(entry["names"]) <= ours


@pytest.mark.parametrize("who", WHO)
def test_without_a_prefix_a_role_is_its_file(who: str) -> None:
    assert render_role(who) == json.loads((ROLES / f"fihrist_{who}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("who", ["staff", "ops"])
def test_people_read_one_space_of_kibana_and_the_pipeline_none(who: str) -> None:
    (rights,) = render_role(who, space="newsroom")["applications"]
    assert (rights["privileges"], rights["resources"]) == (["space_read"], ["space:newsroom"])
    assert "applications" not in render_role("pipeline")


def test_a_keys_copy_of_a_role_has_no_description() -> None:
    role = key_descriptors("staff", "north-")["north-fihrist_staff"]
    assert "description" not in role
    assert role["indices"] == render_role("staff", "north-")["indices"]
