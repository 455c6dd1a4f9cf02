import uuid

import pytest
from elasticsearch import BadRequestError

from pipeline.index import aliases, templates
from pipeline.index.drift import DriftError
from pipeline.index.names import IndexNames
from pipeline.index.sizing import Sizing

pytestmark = pytest.mark.server


def test_the_whole_body_makes_an_index_by_itself(client):
    index = f"test-{uuid.uuid4().hex[:8]}"
    client.indices.create(index=index, **templates.render_template())
    try:
        assert client.indices.exists(index=index)
    finally:
        client.indices.delete(index=index)


def test_installing_again_is_harmless_and_needs_nothing(client, names):
    templates.install(client, names)
    aliases.ensure(client, names)
    assert [generation.number for generation in aliases.generations(client, names)] == [1]
    assert templates.analysis_is_current(client, names)


def test_a_version_whose_analyzers_have_other_names_can_be_installed_over_an_earlier_one(client, names):
    component, template = f"{names.prefix}fihrist-analysis", f"{names.prefix}fihrist-articles"
    earlier = {"analyzer": {"earlier": {"type": "custom", "tokenizer": "standard"}}}
    client.indices.delete_index_template(name=template)
    client.cluster.put_component_template(name=component, template={"settings": {"analysis": earlier}})
    client.indices.put_index_template(
        name=template, index_patterns=[f"{names.prefix}articles-*"], composed_of=[component], priority=500,
        template={"mappings": {"properties": {"body": {"type": "text", "analyzer": "earlier"}}}},
    )  # fmt: skip
    templates.install(client, names)
    (left,) = client.cluster.get_component_template(name=component)["component_templates"]
    assert "earlier" not in str(left["component_template"]["template"])


@pytest.mark.parametrize("index", ["articles", "files", "runs"])
def test_an_unknown_field_is_refused(client, names, index):
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping_exception"):
        client.index(index=getattr(names, index), document={"no_such_field": 1})


def test_a_drifted_mapping_is_refused_with_the_field_and_the_way_out(client):
    names = IndexNames(f"test-{uuid.uuid4().hex[:8]}-")
    index = names.generation(1)
    body = templates.render_template()
    body["mappings"]["properties"]["word_count"] = {"type": "keyword"}
    client.indices.create(index=index, **body, aliases={names.articles: {}})
    try:
        with pytest.raises(
            DriftError, match=r"'properties\.word_count\.type'.*keyword.*integer.*fihrist index rebuild"
        ):
            templates.install(client, names)
        assert not client.indices.exists_index_template(name=f"{names.prefix}fihrist-articles"), "nothing installed"
        templates.install(client, names, rebuilding=True)  # the rebuild is the cure
    finally:
        client.indices.delete(index=index)


def test_another_analysis_is_noticed_and_does_not_stop_the_night(client):
    names = IndexNames(f"test-{uuid.uuid4().hex[:8]}-")
    body = templates.render_template()
    body["mappings"]["_meta"] = {"analysis": "of another version"}
    client.indices.create(index=names.generation(1), **body, aliases={names.articles: {}})
    try:
        assert not templates.analysis_is_current(client, names)
        templates.check_drift(client, names, "articles")
    finally:
        client.indices.delete(index=names.generation(1))


@pytest.fixture
def other(client):
    """Names of an installation that has nothing but its ledger of runs."""
    names = IndexNames(f"test-{uuid.uuid4().hex[:8]}-")
    yield names
    client.indices.delete(index=names.runs)
    for template in templates.TEMPLATES:
        client.options(ignore_status=404).indices.delete_index_template(name=f"{names.prefix}fihrist-{template}")
    client.options(ignore_status=404).cluster.delete_component_template(name=f"{names.prefix}fihrist-analysis")


def test_the_ledger_gets_the_fields_that_a_newer_version_has(client, other):
    body = templates.render_template("ingest-runs")
    del body["mappings"]["properties"]["batches"]
    del body["mappings"]["properties"]["counts"]["properties"]["failed"]
    client.indices.create(index=other.runs, **body)
    templates.install(client, other)
    properties = client.indices.get_mapping(index=other.runs)[other.runs]["mappings"]["properties"]
    assert properties["batches"] == {"type": "integer"}
    assert properties["counts"]["properties"]["failed"] == {"type": "long"}


def test_a_ledger_whose_fields_have_another_type_is_refused_with_the_way_out(client, other):
    body = templates.render_template("ingest-runs")
    body["mappings"]["properties"]["batches"] = {"type": "keyword"}
    client.indices.create(index=other.runs, **body)
    with pytest.raises(DriftError, match=rf"'properties\.batches\.type'.*Delete {other.runs}"):
        templates.install(client, other)


def test_replicas_and_refresh_follow_the_configuration_and_shards_wait_for_the_next_index(client, names):
    live = aliases.live(client, names)
    templates.install(client, names, Sizing(shards=3, replicas=1, refresh_interval="1m"))

    def layout(index):
        held = client.indices.get_settings(index=index)[index]["settings"]["index"]
        return held["number_of_shards"], held["number_of_replicas"], held.get("refresh_interval")

    assert layout(live) == ("1", "1", "1m")
    assert layout(names.runs)[1:] == ("1", "1s")
    client.indices.create(index=names.generation(999999))
    assert layout(names.generation(999999)) == ("3", "1", "1m")
    client.indices.delete(index=names.generation(999999))
    templates.install(client, names)
    assert layout(live) == ("1", "0", "30s")
