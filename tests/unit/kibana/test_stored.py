from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.kibana import stored
from pipeline.kibana.client import Kibana
from pipeline.kibana.errors import RefusedError
from pipeline.kibana.objects import load_objects
from pipeline.kibana.render import Rendered, render
from tests.unit.kibana.kibana_server import KibanaServer

Connect = Callable[..., Kibana]


@pytest.fixture
def kibana(server: KibanaServer, connect: Connect) -> Kibana:
    server.spaces["fihrist"] = {"id": "fihrist", "name": "x"}
    return connect()


def item(kibana: Kibana, id_: str) -> Rendered:
    return next(made for made in render(load_objects(), kibana.target) if made.id == id_)


@pytest.mark.parametrize("id_", ["fihrist-articles", "fihrist-places", "fihrist-newsroom"])
def test_what_does_not_exist_is_none_and_what_was_written_is_read(kibana: Kibana, id_: str) -> None:
    stored.write(kibana, item(kibana, "fihrist-articles"), None)
    if id_ != "fihrist-articles":
        assert stored.read(kibana, item(kibana, id_)) is None
        stored.write(kibana, item(kibana, id_), None)
    first = stored.read(kibana, item(kibana, id_))
    assert first == stored.read(kibana, item(kibana, id_)), "times and versions are no part of it"
    assert item(kibana, id_).title in str(first)


def test_a_data_view_is_only_sent_what_changes(server: KibanaServer, kibana: Kibana) -> None:
    """Kibana refuses an update that changes nothing."""
    view = item(kibana, "fihrist-ingest-files")
    stored.write(kibana, view, None)
    server.seen.clear()
    stored.write(kibana, view, stored.read(kibana, view))
    assert server.writes == []
    renamed = replace(view, body={"data_view": {**view.body["data_view"], "name": "new"}})
    stored.write(kibana, renamed, stored.read(kibana, view))
    assert server.writes == [("POST", "/s/fihrist/api/data_views/data_view/fihrist-ingest-files")]
    assert server.objects["fihrist", "index-pattern", "fihrist-ingest-files"]["name"] == "new"


def test_labels_that_users_gave_to_other_fields_stay(server: KibanaServer, kibana: Kibana) -> None:
    view = item(kibana, "fihrist-ingest-files")
    stored.write(kibana, view, None)
    labels = server.objects["fihrist", "index-pattern", view.id]["fieldAttrs"]
    labels["sha256"] = {"customLabel": "theirs"}
    labels["uri"] = {"customLabel": "theirs"}
    stored.write(kibana, view, stored.read(kibana, view))
    assert labels["sha256"] == {"customLabel": "theirs"}
    assert labels["uri"] == {"customLabel": "الملف · File"}


def test_an_import_that_gives_no_reason_is_told_all_the_same(server: KibanaServer, kibana: Kibana) -> None:
    server.trouble("_import", status=200, body={"success": False, "errors": []})
    with pytest.raises(RefusedError, match="did not import it: it gave no reason"):
        stored.write(kibana, item(kibana, "fihrist-places"), None)


def test_a_fault_of_an_export_is_no_absence(server: KibanaServer, kibana: Kibana) -> None:
    server.trouble("_export", status=403, body={"message": "Forbidden"})
    with pytest.raises(RefusedError, match="Forbidden"):
        stored.read(kibana, item(kibana, "fihrist-places"))


@pytest.mark.parametrize(
    ("entries", "may"),
    [
        ([], False),
        ([{"base": ["read"], "feature": {}, "spaces": ["desk"]}], True),
        ([{"base": ["all"], "feature": {}, "spaces": ["*"]}], True),
        ([{"base": [], "feature": {"discover_v2": ["read"]}, "spaces": ["desk"]}], True),
        ([{"base": [], "feature": {}, "spaces": ["desk"]}], False),
        ([{"base": ["read"], "feature": {}, "spaces": ["fihrist"]}], False),
    ],
)
def test_a_role_may_look_with_a_privilege_on_the_space(entries: list[dict], may: bool) -> None:
    assert stored.may_look({"kibana": entries}, "desk") is may
