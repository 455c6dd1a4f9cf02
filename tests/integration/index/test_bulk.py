"""The real server's own refusals; what it answers when busy is tested with a scripted cluster (unit tests)."""

import pytest

from pipeline.index.bulk import Limits, delete, load
from pipeline.index.client import ClusterError

pytestmark = pytest.mark.server


def test_a_document_that_does_not_fit_is_rejected_with_the_reason(client, names, make_article):
    bad = make_article("bad", "نص", published_at="last Tuesday")
    outcomes = load(client, names.articles, [make_article("good", "نص"), bad], require_alias=True)
    assert [outcome.state for outcome in outcomes] == ["loaded", "rejected"]
    assert outcomes[1].reason == "document_parsing_exception"
    assert "last Tuesday" in outcomes[1].message


def test_loading_again_replaces(client, names, make_article):
    for body in ("قديم", "جديد", "جديد"):
        load(client, names.articles, [make_article("same", body)], require_alias=True)
    client.indices.refresh(index=names.articles)
    assert client.count(index=names.articles, query={"term": {"id": "same"}})["count"] == 1
    assert client.get(index=names.articles, id="same")["_source"]["body"] == "جديد"


def test_deleting_twice_is_harmless(client, names, make_article):
    load(client, names.articles, [make_article("gone", "نص")])
    for _ in range(2):
        assert [outcome.state for outcome in delete(client, names.articles, ["gone"])] == ["loaded"]
    assert not client.exists(index=names.articles, id="gone")


def test_a_missing_alias_is_an_error_and_makes_no_index(client, make_article):
    with pytest.raises(ClusterError, match="index_not_found_exception"):
        load(client, "test-no-such-alias", [make_article("a", "نص")], require_alias=True)
    assert not client.indices.exists(index="test-no-such-alias")


def test_a_write_block_is_an_error_at_once(client, names, make_article):
    client.indices.put_settings(index=names.articles, settings={"index.blocks.write": True})
    try:
        with pytest.raises(ClusterError, match="index write"):
            load(client, names.articles, [make_article("blocked", "نص")], limits=Limits(total_seconds=1))
    finally:
        client.indices.put_settings(index=names.articles, settings={"index.blocks.write": None})


def test_an_article_longer_than_any_keyword_is_searchable_to_its_end(client, names, fill, make_article):
    fill(make_article("long", "كلمة " * 400_000 + "خاتمة"))
    query = {"query_string": {"query": "خاتمة"}}
    answer = client.search(index=names.articles, query=query, highlight={"fields": {"body": {}}}, source=False)
    assert [hit["_id"] for hit in answer["hits"]["hits"]] == ["long"]


def test_an_endless_tag_does_not_cost_the_article(client, names, make_article):
    article = make_article("tagged", "نص", tags=["و" * 40_000], authors=["ب" * 40_000])
    assert [outcome.state for outcome in load(client, names.articles, [article])] == ["loaded"]
