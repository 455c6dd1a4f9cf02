"""Each role can do its work and is refused everything else, asked of a real server with the real keys."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from elasticsearch import AuthorizationException, Elasticsearch

from pipeline.index import aliases, templates
from pipeline.index.bulk import delete, load
from pipeline.index.client import AccessError, connect
from pipeline.index.names import IndexNames
from pipeline.security.check import check_key
from pipeline.security.keys import set_up
from pipeline.security.roles import WHO, put_roles, render_role, role_name

pytestmark = [
    pytest.mark.server,
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore::elasticsearch.exceptions.GeneralAvailabilityWarning"),
]

ARTICLE = {
    "id": "one",
    "@timestamp": "2018-10-16T19:05:00",
    "title": "فهرس",
    "body": "خبر",
    "language": "ar",
    "source": {"uri": "test/one.txt"},
}
LIVE, NEXT = "articles-000001", "articles-000777"

EVERYONE = frozenset(WHO)
PIPELINE, OPS = frozenset({"pipeline"}), frozenset({"ops"})
PIPELINE_AND_OPS = PIPELINE | OPS
NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Action:
    what: str
    who: frozenset[str]
    do: Callable[[Elasticsearch], Any]


def swap(c: Elasticsearch) -> None:
    c.indices.create(index=NEXT)
    c.indices.update_aliases(
        actions=[
            {"remove": {"index": LIVE, "alias": "articles", "must_exist": True}},
            {"add": {"index": NEXT, "alias": "articles"}},
            {"add": {"index": LIVE, "alias": "articles-previous"}},
        ]
    )
    c.indices.update_aliases(
        actions=[
            {"remove": {"index": LIVE, "alias": "articles-previous"}},
            {"remove": {"index": NEXT, "alias": "articles"}},
            {"add": {"index": LIVE, "alias": "articles"}},
        ]
    )
    c.indices.delete(index=NEXT)


ACTIONS = [
    # Articles: everyone reads, the pipeline writes.
    Action("search articles", EVERYONE, lambda c: c.search(index="articles")),
    Action("read an article", EVERYONE, lambda c: c.get(index="articles", id="one")),
    Action("read the mapping, as Kibana does", EVERYONE, lambda c: c.indices.get_mapping(index="articles")),
    Action("read fields, as Kibana does", EVERYONE, lambda c: c.field_caps(index="articles", fields="*")),
    Action("hold a point in time", EVERYONE, lambda c: c.open_point_in_time(index="articles", keep_alive="1s")),
    Action("search a generation", EVERYONE, lambda c: c.search(index=LIVE)),
    Action("see the index's size", PIPELINE_AND_OPS, lambda c: c.indices.stats(index="articles-*")),
    Action("write an article", PIPELINE, lambda c: load(c, "articles", [ARTICLE])),
    Action("change an article", PIPELINE, lambda c: c.update(index="articles", id="one", doc={"title": "فهرس"})),
    Action("delete an article", PIPELINE, lambda c: c.delete(index="articles", id="one")),
    Action("refresh articles", PIPELINE, lambda c: c.indices.refresh(index="articles")),
    Action("make, swap and delete a generation", PIPELINE, swap),
    Action(
        "set refreshing", PIPELINE, lambda c: c.indices.put_settings(index=LIVE, settings={"refresh_interval": "5s"})
    ),
    Action("mark a generation", PIPELINE, lambda c: c.indices.put_mapping(index=LIVE, meta={"live_until": "2018"})),
    # Ledger and runs: ops read, the pipeline writes and never deletes them.
    Action("search the ledger", PIPELINE_AND_OPS, lambda c: c.search(index="ingest-files")),
    Action("search runs", PIPELINE_AND_OPS, lambda c: c.search(index="ingest-runs")),
    Action("delete entries of the ledger", PIPELINE, lambda c: delete(c, "ingest-files", ["none"])),
    Action(
        "add a field to the ledger",
        PIPELINE,
        lambda c: c.indices.put_mapping(index="ingest-files", properties={"state": {"type": "keyword"}}),
    ),
    Action("delete the ledger", NOBODY, lambda c: c.indices.delete(index="ingest-files")),
    Action("close the ledger", NOBODY, lambda c: c.indices.close(index="ingest-files")),
    Action("put an alias on the ledger", NOBODY, lambda c: c.indices.put_alias(index="ingest-files", name="articles")),
    # Other people's indices.
    Action("search another's index", NOBODY, lambda c: c.search(index="foreign")),
    Action("write to another's index", NOBODY, lambda c: c.index(index="foreign", document={})),
    Action("make another index", NOBODY, lambda c: c.indices.create(index="mine")),
    Action("make another index by writing", NOBODY, lambda c: c.index(index="mine", document={})),
    Action("delete another's index", NOBODY, lambda c: c.indices.delete(index="foreign")),
    Action("delete all", NOBODY, lambda c: c.indices.delete(index="foreign,articles-000001")),
    Action("put our alias on another's index", NOBODY, lambda c: c.indices.put_alias(index="foreign", name="articles")),
    Action("put another alias on our index", NOBODY, lambda c: c.indices.put_alias(index=LIVE, name="mine")),
    Action("read users and keys", NOBODY, lambda c: c.search(index=".security")),
    # Templates: the pipeline puts them and nobody deletes one, as they can't be told apart by name.
    Action("put the templates", PIPELINE, lambda c: templates.install(c, IndexNames())),
    Action("delete a template", NOBODY, lambda c: c.indices.delete_index_template(name="fihrist-articles")),
    Action("delete a component", NOBODY, lambda c: c.cluster.delete_component_template(name="fihrist-analysis")),
    Action("put an old template", NOBODY, lambda c: c.indices.put_template(name="old", index_patterns=["x"])),
    # The cluster.
    Action("see its health", PIPELINE_AND_OPS, lambda c: c.cluster.health()),
    Action("see its version", PIPELINE_AND_OPS, lambda c: c.info()),
    Action("see its nodes", OPS, lambda c: c.nodes.stats(metric="jvm")),
    Action("see its tasks", OPS, lambda c: c.tasks.list()),
    Action("see its state", OPS, lambda c: c.cluster.state(metric="version")),
    Action(
        "change its settings", NOBODY, lambda c: c.cluster.put_settings(persistent={"cluster.max_shards_per_node": 9})
    ),
    Action("move shards", NOBODY, lambda c: c.cluster.reroute(dry_run=True)),
    Action(
        "register a repository",
        NOBODY,
        lambda c: c.snapshot.create_repository(name="r", repository={"type": "fs", "settings": {"location": "/tmp"}}),
    ),
    Action("take a snapshot", NOBODY, lambda c: c.snapshot.create(repository="r", snapshot="s")),
    Action("store a script", NOBODY, lambda c: c.put_script(id="s", script={"lang": "painless", "source": "1"})),
    Action("put an ingest pipeline", NOBODY, lambda c: c.ingest.put_pipeline(id="p", processors=[])),
    Action("cancel tasks", NOBODY, lambda c: c.tasks.cancel(actions="*search")),
    # Security.
    Action("make a role", NOBODY, lambda c: c.security.put_role(name="r", cluster=["all"])),
    Action("widen one's own role", NOBODY, lambda c: c.security.put_role(name="fihrist_staff", cluster=["all"])),
    Action("see roles", NOBODY, lambda c: c.security.get_role()),
    Action(
        "make a user", NOBODY, lambda c: c.security.put_user(username="u", password="not-a-secret", roles=["superuser"])
    ),
    Action("see users", NOBODY, lambda c: c.security.get_user()),
    Action(
        "set the administrator's password",
        NOBODY,
        lambda c: c.security.change_password(username="elastic", password="not-a-secret"),
    ),
    Action("make a key", NOBODY, lambda c: c.security.create_api_key(name="k")),
    Action("see others' keys", NOBODY, lambda c: c.security.get_api_key()),
    Action("withdraw others' keys", NOBODY, lambda c: c.security.invalidate_api_key(name="fihrist-pipeline")),
    Action(
        "act as another",
        NOBODY,
        lambda c: c.options(headers={"es-security-runas-user": "elastic"}).search(index="articles"),
    ),
]


@pytest.fixture(scope="module")
def clients(secure: Any) -> Iterator[dict[str, Elasticsearch]]:
    made = {who: connect(secure.as_(who)) for who in WHO}
    yield made
    for client in made.values():
        client.close()


@pytest.fixture(scope="module")
def admin(secure: Any) -> Iterator[Elasticsearch]:
    with secure.admin as client:
        client.indices.create(index="foreign")
        yield client
        client.indices.delete(index="foreign")


@pytest.fixture
def stocked(admin: Elasticsearch) -> Iterator[None]:
    """An article to act on."""
    admin.index(index="articles", id="one", document=ARTICLE, refresh=True)
    yield
    admin.options(ignore_status=404).indices.delete(index=NEXT)


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.what.replace(" ", "-"))
def test_a_role_may_do_what_it_is_for_and_nothing_else(
    clients: dict[str, Elasticsearch], stocked: None, action: Action, who: str
) -> None:
    if who in action.who:
        action.do(clients[who])
        return
    with pytest.raises((AuthorizationException, AccessError)) as caught:
        action.do(clients[who])
    assert "is unauthorized" in str(caught.value), "refused by the role, not by anything else"


def test_a_search_of_everything_finds_only_what_the_role_covers(
    clients: dict[str, Elasticsearch], admin: Elasticsearch, stocked: None
) -> None:
    admin.index(index="foreign", document={"title": "سر"}, refresh=True)
    found = {
        who: {hit["_index"] for hit in client.search(index="*,-.*", size=100)["hits"]["hits"]}
        for who, client in clients.items()
    }
    assert found == {"pipeline": {LIVE}, "staff": {LIVE}, "ops": {LIVE}}


def test_the_check_finds_each_key_fit_for_its_role(clients: dict[str, Elasticsearch]) -> None:
    for who, client in clients.items():
        found = check_key(client, who)
        assert found.ok, (found.lacking, found.beyond)
        assert found.name == f"fihrist-{who}"


def test_the_check_tells_what_a_key_lacks_and_has_beyond_its_role(
    clients: dict[str, Elasticsearch], secure: Any
) -> None:
    of_staff = check_key(clients["staff"], "ops")
    assert "monitor" in of_staff.lacking
    assert "read on ingest-files" in of_staff.lacking
    assert of_staff.beyond == ()
    of_ops = check_key(clients["ops"], "staff")
    assert of_ops.lacking == ()
    assert {"monitor", "read on ingest-files", "read on ingest-runs"} <= set(of_ops.beyond)
    with secure.admin as client:
        assert {"all", "manage_security", "delete_index on someone-elses-index"} <= set(check_key(client, "ops").beyond)


def test_roles_hold_what_the_files_say_with_kibanas_space(admin: Elasticsearch) -> None:
    put_roles(admin, "", "newsroom")
    held = admin.security.get_role(name=",".join(role_name(who, "") for who in WHO))
    for who in ("staff", "ops"):
        assert held[f"fihrist_{who}"]["applications"] == [
            {"application": "kibana-.kibana", "privileges": ["space_read"], "resources": ["space:newsroom"]}
        ]
    assert held["fihrist_pipeline"]["applications"] == []
    assert set(held["fihrist_pipeline"]["cluster"]) == set(render_role("pipeline")["cluster"])
    put_roles(admin, "")


def test_installations_that_share_a_cluster_are_closed_to_each_other(
    secure: Any, admin: Elasticsearch, clients: dict[str, Elasticsearch], tmp_path: Any
) -> None:
    north = {key.who: key for key in set_up(admin, tmp_path, prefix="north-")}
    names = IndexNames("north-")
    pipeline = admin.options(api_key=north["pipeline"].secret)
    templates.install(pipeline, names)
    aliases.ensure(pipeline, names)
    pipeline.search(index=names.articles)
    with pytest.raises(AuthorizationException):
        pipeline.search(index="articles")
    assert check_key(pipeline, "pipeline", "north-").ok
    with pytest.raises(AuthorizationException):
        clients["pipeline"].search(index=names.articles)
    with pytest.raises(AuthorizationException):
        clients["staff"].search(index=names.articles)
    for index in admin.indices.get(index="north-*"):
        admin.indices.delete(index=index)
