import pytest

from pipeline.index import aliases, carry
from pipeline.index.bulk import load
from pipeline.index.carry import carry_over, mark
from pipeline.index.checks import Golden, ask_golden, differing, missing

pytestmark = pytest.mark.server


@pytest.fixture
def pair(client, names):
    """Two generations, behind no alias."""
    made = [aliases.create_next(client, names) for _ in range(2)]
    yield made
    client.indices.delete(index=made)


@pytest.fixture
def version(make_article):
    """Makes an article of which the file had this hash when it was made at this hour."""

    def made(id_, sha256, hour, **fields):
        return make_article(
            id_, source={"uri": id_, "sha256": sha256},
            pipeline={"run_id": "r", "processed_at": f"2024-05-01T{hour:02}:00:00.000Z"}, **fields,
        )  # fmt: skip

    return made


def held(client, index):
    client.indices.refresh(index=index)
    return {
        hit["_id"]: hit["_source"]["source"]["sha256"] for hit in client.search(index=index, size=100)["hits"]["hits"]
    }


def test_what_lacks_is_added_and_what_is_older_is_replaced(client, pair, version):
    old, new = pair
    load(client, old, [version("a", "1", 1), version("b", "2", 5), version("c", "1", 1), version("d", "2", 9)])
    load(client, new, [version("b", "1", 3), version("c", "2", 3), version("d", "2", 3)])
    carried = carry_over(client, old, new)
    assert (carried.added, carried.replaced, carried.refused) == (["a"], ["b"], {})
    assert held(client, new) == {"a": "1", "b": "2", "c": "2", "d": "2"}, "c is newer already, d the same bytes"
    assert carry_over(client, old, new).ids == [], "doing it again finds nothing to do"


def test_after_a_mark_only_later_writes_are_looked_at(client, pair, version):
    old, new = pair
    load(client, old, [version("a", "1", 1), version("b", "1", 1)])
    reached = mark(client, old)
    load(client, old, [version("c", "1", 2)])
    assert carry_over(client, old, new, since=reached).added == ["c"]


def test_the_mark_is_that_of_the_shard_that_is_least_far(client, names, version):
    index = f"{names.articles}-000777"
    client.indices.create(index=index, settings={"number_of_shards": 3})
    try:
        load(client, index, [version(f"{n}", "1", 1) for n in range(40)])
        reached = mark(client, index)
        load(client, index, [version(f"late-{n}", "1", 1) for n in range(40)])
        client.indices.refresh(index=index)
        query = {"range": {"_seq_no": {"gt": reached}}}
        found = {hit["_id"] for hit in client.search(index=index, query=query, size=100)["hits"]["hits"]}
        assert {f"late-{n}" for n in range(40)} <= found
    finally:
        client.indices.delete(index=index)


def test_what_is_not_wanted_stays_behind(client, pair, version):
    old, new = pair
    load(client, old, [version("a", "1", 1), version("b", "1", 8)])
    assert carry_over(client, old, new, wanted=lambda id_, made: made > "2024-05-01T05").added == ["b"]


def test_a_version_that_comes_between_looking_and_writing_stays(client, pair, version, monkeypatch):
    old, new = pair
    load(client, old, [version("a", "1", 1), version("b", "2", 5)])
    load(client, new, [version("b", "1", 3)])
    write = carry.load

    def late(*arguments, **options):
        write(client, new, [version("a", "newest", 9), version("b", "newest", 9)])
        return write(*arguments, **options)

    monkeypatch.setattr(carry, "load", late)
    carried = carry_over(client, old, new)
    assert (carried.ids, carried.refused) == ([], {})
    assert held(client, new) == {"a": "newest", "b": "newest"}


def test_every_page_is_read(client, pair, version, monkeypatch):
    monkeypatch.setattr(carry, "_PAGE", 3)
    old, new = pair
    load(client, old, [version(f"{n}", "1", 1) for n in range(10)])
    load(client, new, [version(f"{n}", "1", 1) for n in range(0, 10, 2)])
    assert carry_over(client, old, new).added == ["1", "3", "5", "7", "9"]


def test_a_link_of_the_other_index_is_not_taken_over_but_ones_own_is_kept(client, pair, version):
    old, new = pair
    load(client, old, [version("a", "1", 1, duplicate_of="x"), version("b", "2", 5, duplicate_of="x")])
    load(client, new, [version("b", "1", 3, duplicate_of="y")])
    carry_over(client, old, new)
    assert [client.get(index=new, id=id_)["_source"]["duplicate_of"] for id_ in "ab"] == [None, "y"]


def test_what_the_mapping_refuses_is_named_with_the_reason(client, pair, version):
    old, new = pair
    load(client, old, [version("a", "1", 1), version("b", "1", 1)])
    client.indices.delete(index=new)
    client.indices.create(index=new, mappings={"properties": {"language": {"type": "date"}}})
    carried = carry_over(client, old, new)
    assert carried.added == []
    assert {id_: reason.split(":")[0] for id_, reason in carried.refused.items()} == dict.fromkeys(
        "ab", "document_parsing_exception"
    )


def test_an_article_that_is_not_there_or_other_than_sent_is_named(client, pair, version):
    _, new = pair
    sent = [version("a", "1", 1), version("b", "1", 1), version("c", "1", 1), version("d", "1", 1)]
    other_run = {**sent[3], "pipeline": {"run_id": "later", "processed_at": "2024-05-02T00:00:00.000Z"}, "body": "غيره"}
    load(client, new, [{**sent[0], "duplicate_of": "x"}, {**sent[1], "body": "غيره"}, other_run])
    assert list(missing(client, new, "abcd")) == ["c"]
    assert list(differing(client, new, sent)) == ["b", "c"]


def test_golden_queries_tell_an_index_that_finds_from_one_that_does_not(client, pair, version):
    old, new = pair
    articles = [version(f"{n}", "1", 1, body=f"انتخابات في البلدة رقم {n}") for n in range(6)]
    load(client, old, articles)
    load(client, new, articles[:2])
    for index in pair:
        client.indices.refresh(index=index)
    asked = ask_golden(client, old, new, ["انتخابات", "بركان"])
    assert asked == [Golden("انتخابات", "search", 6, 2), Golden("انتخابات", "bare", 6, 2)], "what finds nothing is out"
    assert all(golden.share == 1 for golden in ask_golden(client, old, old, ["انتخابات"]))
