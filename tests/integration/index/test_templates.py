import uuid

import pytest
from elasticsearch import BadRequestError

from pipeline.index import aliases, templates
from pipeline.index.names import IndexNames
from pipeline.index.templates import DriftError

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
        with pytest.raises(DriftError, match=r"'properties\.word_count\.type'.*keyword.*integer.*run --force"):
            templates.install(client, names)
        assert not client.indices.exists_index_template(name=f"{names.prefix}fihrist-articles"), "nothing installed"
    finally:
        client.indices.delete(index=index)


def test_another_analysis_is_noticed_and_does_not_stop_the_night(client):
    names = IndexNames(f"test-{uuid.uuid4().hex[:8]}-")
    body = templates.render_template()
    body["mappings"]["_meta"] = {"analysis": "of another version"}
    client.indices.create(index=names.generation(1), **body, aliases={names.articles: {}})
    try:
        assert not templates.analysis_is_current(client, names)
        templates.refuse_drift(client, names, "articles")
    finally:
        client.indices.delete(index=names.generation(1))
