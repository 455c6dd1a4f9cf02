"""Pushing to a Kibana that checks every request against the API's description, and misbehaves on demand."""

import copy
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.kibana.client import Kibana
from pipeline.kibana.errors import KibanaError
from pipeline.kibana.objects import load_objects, load_space, reading_roles
from pipeline.kibana.push import Outcome, push
from tests.unit.kibana.kibana_server import KibanaServer

Connect = Callable[..., Kibana]
OBJECTS = load_objects()
STAFF = {"name": "fihrist_staff", "elasticsearch": {"indices": [{"names": ["articles"], "privileges": ["read"]}]}}


def pushed(kibana: Kibana, objects=OBJECTS, roles=(), **options) -> list[Outcome]:
    return list(push(kibana, objects, load_space(), roles, **options))


def states(outcomes: list[Outcome]) -> Counter:
    return Counter(outcome.state for outcome in outcomes)


def test_first_push_makes_the_space_and_every_object_in_it(server: KibanaServer, connect: Connect) -> None:
    outcomes = pushed(connect())
    assert states(outcomes) == {"created": len(OBJECTS) + 2}  # and the space, and the default data view
    assert server.spaces["fihrist"]["name"] == load_space()["name"]
    kinds = {"data-views": "index-pattern", "sessions": "search", "maps": "map", "dashboards": "dashboard"}
    assert set(server.objects) == {("fihrist", kinds[item.kind], item.id) for item in OBJECTS}
    assert server.defaults == {"fihrist": "fihrist-articles"}


def test_second_push_changes_nothing(server: KibanaServer, connect: Connect) -> None:
    pushed(connect())
    held = copy.deepcopy(server.objects)
    outcomes = pushed(connect())
    assert states(outcomes) == {"unchanged": len(OBJECTS) + 2}
    assert server.objects == held


def test_what_was_changed_by_hand_is_updated_and_the_rest_is_not(server: KibanaServer, connect: Connect) -> None:
    pushed(connect())
    server.objects["fihrist", "dashboard", "fihrist-newsroom"]["title"] = "mine"
    server.objects["fihrist", "index-pattern", "fihrist-articles"]["timeFieldName"] = "published_at"
    server.objects["fihrist", "index-pattern", "fihrist-ingest-files"]["fieldAttrs"]["uri"]["customLabel"] = "x"
    server.objects["fihrist", "map", "fihrist-places"]["attributes"]["title"] = "mine"
    updated = {outcome.id for outcome in pushed(connect()) if outcome.state == "updated"}
    assert updated == {"fihrist-newsroom", "fihrist-articles", "fihrist-ingest-files", "fihrist-places"}
    assert server.objects["fihrist", "index-pattern", "fihrist-articles"]["timeFieldName"] == "@timestamp"
    assert server.objects["fihrist", "dashboard", "fihrist-newsroom"]["title"] == "غرفة الأخبار · Newsroom"


def test_a_removed_part_of_a_dashboard_goes_from_kibana_too(server: KibanaServer, connect: Connect) -> None:
    pushed(connect())
    newsroom = next(item for item in OBJECTS if item.name == "newsroom")
    smaller = replace(newsroom, payload={key: value for key, value in newsroom.payload.items() if key != "time_range"})
    outcomes = pushed(connect(), [item if item.name != "newsroom" else smaller for item in OBJECTS])
    assert [outcome.id for outcome in outcomes if outcome.state == "updated"] == ["fihrist-newsroom"]
    assert "time_range" not in server.objects["fihrist", "dashboard", "fihrist-newsroom"]


def test_how_often_a_field_was_clicked_is_no_change(server: KibanaServer, connect: Connect) -> None:
    pushed(connect())
    server.objects["fihrist", "index-pattern", "fihrist-articles"]["fieldAttrs"]["title"]["count"] = 7
    assert states(pushed(connect())) == {"unchanged": len(OBJECTS) + 2}


def test_dry_run_only_reads(server: KibanaServer, connect: Connect) -> None:
    assert states(pushed(connect(), dry_run=True)) == {"would create": len(OBJECTS) + 1}
    assert server.writes == []
    pushed(connect())
    server.seen.clear()
    assert states(pushed(connect(), dry_run=True)) == {"would write": len(OBJECTS), "unchanged": 1}
    assert server.writes == []


def test_a_space_and_a_default_that_users_chose_are_left_alone(server: KibanaServer, connect: Connect) -> None:
    server.spaces["desk"] = {"id": "desk", "name": "Our desk", "color": "#000000"}
    server.defaults["desk"] = "theirs"
    pushed(connect("desk"))
    assert server.spaces["desk"]["name"] == "Our desk"
    assert server.defaults["desk"] == "theirs"


def test_two_spaces_of_one_kibana_have_ids_of_their_own(server: KibanaServer, connect: Connect) -> None:
    """Kibana's ids are unique over its spaces; sharing them would make it rename what comes second."""
    pushed(connect())
    outcomes = pushed(connect("desk"))
    assert "failed" not in states(outcomes)
    newsroom = server.objects["desk", "dashboard", "fihrist-desk-newsroom"]
    assert {panel["config"]["data_view_id"] for panel in newsroom["pinned_panels"]} == {"fihrist-desk-articles"}
    assert states(pushed(connect("desk"))) == {"unchanged": len(outcomes)}


def test_the_default_space_needs_no_making(server: KibanaServer, connect: Connect) -> None:
    outcomes = pushed(connect("default"))
    assert "space" not in {outcome.kind for outcome in outcomes}
    assert ("default", "dashboard", "fihrist-default-newsroom") in server.objects
    assert not any(path.startswith("/s/") for _, path in server.seen)


def test_one_refused_object_fails_with_its_reason_and_the_others_go_on(server: KibanaServer, connect: Connect) -> None:
    server.trouble("PUT .*/dashboards/fihrist-newsroom", status=400, body={"message": "[panels.3]: no such type"})
    failed = [outcome for outcome in pushed(connect()) if outcome.state == "failed"]
    assert [(o.id, o.reason) for o in failed] == [("fihrist-newsroom", "Kibana answered 400: [panels.3]: no such type")]
    assert ("fihrist", "dashboard", "fihrist-pipeline") in server.objects


def test_a_session_whose_data_view_failed_says_what_it_misses(server: KibanaServer, connect: Connect) -> None:
    server.objects["fihrist", "index-pattern", "other"] = {"name": "المقالات · Articles"}
    outcomes = {outcome.id: outcome for outcome in pushed(connect())}
    assert outcomes["fihrist-articles"].reason == "Kibana answered 400: Duplicate data view: المقالات · Articles"
    assert "missing_references (index-pattern fihrist-articles" in outcomes["fihrist-newest-articles"].reason
    assert outcomes["fihrist-runs"].state == "created"
    assert server.defaults == {"fihrist": "fihrist-ingest-files"}, "the first view that is there"


def test_an_id_that_another_space_holds_is_told_not_renamed(server: KibanaServer, connect: Connect) -> None:
    server.objects["theirs", "map", "fihrist-places"] = {"attributes": {}}
    (failed,) = [outcome for outcome in pushed(connect()) if outcome.state == "failed"]
    assert failed.id == "fihrist-places"
    assert "taken in another space" in failed.reason


def test_a_space_that_may_not_be_made_ends_the_push(server: KibanaServer, connect: Connect) -> None:
    server.trouble("POST /api/spaces/space", status=403, body={"message": "Forbidden"})
    with pytest.raises(
        KibanaError, match=r"space fihrist can't be used: the key or user may not do this \(Forbidden\)"
    ):
        pushed(connect())
    assert server.objects == {}


def test_a_busy_kibana_is_asked_again(server: KibanaServer, connect: Connect) -> None:
    server.trouble("PUT", times=2, status=503)
    assert "failed" not in states(pushed(connect()))


def test_a_kibana_that_stays_busy_ends_the_push(server: KibanaServer, connect: Connect) -> None:
    server.trouble("PUT", status=503, body={"message": "License is not available."})
    with pytest.raises(KibanaError, match=r"busy or starting \(503: License is not available\.\); try again"):
        pushed(connect())
    assert ("fihrist", "search", "fihrist-runs") in server.objects, "what was done before stands"


def test_a_kibana_that_stalls_ends_the_push(server: KibanaServer, connect: Connect) -> None:
    server.trouble("_import", seconds=2)
    with pytest.raises(KibanaError, match=r"did not answer within 0.3 s"):
        pushed(connect(timeout=0.3))


def test_roles_get_to_see_a_space_and_keep_what_they_have(server: KibanaServer, connect: Connect) -> None:
    entry = {"base": ["read"], "feature": {}, "spaces": ["fihrist"]}
    server.roles["fihrist_staff"] = {**STAFF, "metadata": {"_reserved": False, "by": "us"}, "kibana": [entry]}
    roles = [o for o in pushed(connect("desk"), roles=["fihrist_staff", "fihrist_ops"]) if o.kind == "role"]
    assert [(role.id, role.state) for role in roles] == [("fihrist_staff", "updated"), ("fihrist_ops", "skipped")]
    assert "fihrist security setup" in roles[1].reason
    assert server.roles["fihrist_staff"]["kibana"] == [entry, {**entry, "spaces": ["desk"]}]
    assert server.roles["fihrist_staff"]["elasticsearch"] == STAFF["elasticsearch"]
    assert server.roles["fihrist_staff"]["metadata"] == {"by": "us"}
    again = [o.state for o in pushed(connect("desk"), roles=["fihrist_staff"]) if o.kind == "role"]
    assert again == ["unchanged"]


def test_a_key_that_may_not_manage_roles_is_enough(server: KibanaServer, connect: Connect) -> None:
    server.trouble("GET /api/security/role", status=403, body={"message": "Forbidden"})
    (role,) = [o for o in pushed(connect(), roles=["fihrist_staff"]) if o.kind == "role"]
    assert role.state == "skipped"
    assert "Forbidden" in role.reason


def test_our_roles_are_those_of_the_security_files() -> None:
    assert reading_roles() == ["fihrist_ops", "fihrist_staff"]


def test_links_of_the_guide_lead_into_the_space(server: KibanaServer, connect: Connect) -> None:
    pushed(connect("desk"))
    content = server.objects["desk", "dashboard", "fihrist-desk-newsroom"]["panels"][0]["config"]["content"]
    links = re.findall(r"\]\(([^)]+)\)", content)
    assert "/s/desk/app/maps/map/fihrist-desk-places" in links
    assert all(link.startswith("/s/desk/app/") for link in links)
