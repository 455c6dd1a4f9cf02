import random
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from pipeline.enrich.duplicates import Entry, assign, content_sha256, signature
from pipeline.index import duplicates
from pipeline.index.bulk import load
from pipeline.index.client import ClusterError
from pipeline.index.duplicates import StoredArticles

pytestmark = pytest.mark.server

INDEX = "test-near-duplicates"
WORDS = [
    f"{stem}{ending}" for stem in ("كتب", "درس", "سمع", "فتح", "خرج", "دخل") for ending in ("", "وا", "ت", "نا", "ها")
]


@pytest.fixture
def index(client: Elasticsearch) -> Iterator[str]:
    kept = {"type": "keyword", "doc_values": False}
    properties = {
        "id": {"type": "keyword"},
        "@timestamp": {"type": "date"},
        "duplicate_of": {"type": "keyword"},
        "content_sha256": {"type": "keyword"},
        "duplicate_bands": kept,
        "duplicate_signature": {**kept, "index": False},
        "pipeline": {"properties": {"run_id": {"type": "keyword"}}},
    }
    client.indices.create(index=INDEX, mappings={"dynamic": "strict", "properties": properties})
    yield INDEX
    client.indices.delete(index=INDEX)


def document(id_: str, timestamp: str, body: str) -> dict[str, object]:
    keys = signature(body)
    return {
        "id": id_,
        "@timestamp": timestamp,
        "duplicate_of": None,
        "content_sha256": content_sha256(body),
        "duplicate_bands": list(keys.bands),
        "duplicate_signature": keys.signature,
    }


def story(seed: int) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(120))


def link(client: Elasticsearch, index: str, documents: list[dict[str, object]]) -> dict[str, str | None]:
    """Write a batch and its links, as a run does; return what was corrected."""
    load(client, index, documents)
    stored = StoredArticles(client, index)
    changes = assign(list(stored.get([str(one["id"]) for one in documents])), stored)
    stored.record(changes)
    return changes


def heads(client: Elasticsearch, index: str) -> dict[str, str | None]:
    found = client.search(index=index, size=1000)["hits"]["hits"]
    return {hit["_id"]: hit["_source"]["duplicate_of"] for hit in found}


def test_copies_are_linked_to_the_earliest_article_of_the_whole_index(client: Elasticsearch, index: str) -> None:
    other, first = story(1), story(2)
    link(client, index, [document("b", "2018-10-05", first), document("x", "2018", other)])
    link(client, index, [document("c", "2018-10-06T08:00:00Z", first + " كلمة")])
    assert heads(client, index) == {"b": None, "c": "b", "x": None}

    changes = link(client, index, [document("a", "2018-10-04", "كلمة " + first)])

    assert changes == {"b": "a", "c": "a"}
    assert heads(client, index) == {"a": None, "b": "a", "c": "a", "x": None}


def test_a_link_leaves_the_bands_in_the_index(client: Elasticsearch, index: str) -> None:
    """A partial update indexes the document anew from its source; bands that were not in it would be lost."""
    text = story(3)
    link(client, index, [document("a", "2018", text), document("b", "2019", text)])

    assert [entry.id for entry in StoredArticles(client, index).sharing(signature(text).bands)] == ["a", "b"]


def test_lookups_read_every_page_and_take_any_number_of_terms(
    client: Elasticsearch, index: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "_PAGE", 3)
    monkeypatch.setattr(duplicates, "_TERMS", 4)
    documents = [document(f"{n:02}", "2018", story(n)) for n in range(10)]
    load(client, index, documents)
    stored = StoredArticles(client, index)

    found = {entry.id: entry for entry in stored.get([f"{n:02}" for n in range(12)])}

    assert sorted(found) == [f"{n:02}" for n in range(10)]
    keys = signature(story(4))
    assert found["04"] == Entry("04", "2018-01-01T00:00:00.000Z", keys.bands, keys.signature)
    assert {entry.id for entry in stored.sharing(keys.bands)} == {"04"}
    assert list(stored.sharing([])) == []


def test_articles_of_a_run_can_be_left_out(client: Elasticsearch, index: str) -> None:
    one, other = {"pipeline": {"run_id": "one"}}, {"pipeline": {"run_id": "other"}}
    load(
        client,
        index,
        [document("a", "2018", story(1)) | one, document("b", "2019", story(1)) | one | {"duplicate_of": "a"}],
    )
    bands = signature(story(1)).bands

    def seen(besides: str) -> list[str]:
        stored = StoredArticles(client, index, besides=besides)
        found = [*stored.sharing(bands), *stored.members(["a"]), *stored.get(["a"])]
        return [entry.id for entry in found]

    assert (seen("one"), seen("other")) == ([], ["a", "b", "b", "a"])
    load(client, index, [document("c", "2020", story(1)) | other])
    assert (seen("one"), seen("other")) == (["c"], ["a", "b", "b", "a"])
    assert [found["id"] for found in StoredArticles(client, index).of_run("one")] == ["a", "b"]


def test_duplicates_are_told_with_their_heads(client: Elasticsearch, index: str) -> None:
    link(client, index, [document("a", "2018", story(1)), document("b", "2019", story(1))])
    assert StoredArticles(client, index).duplicates(["a", "b", "c"]) == {"b": "a"}


def test_clusters_do_not_depend_on_the_order_of_arrival(client: Elasticsearch, index: str) -> None:
    documents = [
        document(f"{n}-{copy}", f"2018-10-{copy + 1:02}", story(n) + " كلمة" * copy)
        for n in range(4)
        for copy in range(4)
    ]
    expected = {f"{n}-{copy}": f"{n}-0" if copy else None for n in range(4) for copy in range(4)}
    for seed in range(3):  # the first time all articles are new, then they come again in another order
        random.Random(seed).shuffle(documents)
        for start in range(0, len(documents), 5):
            link(client, index, documents[start : start + 5])

        assert heads(client, index) == expected


def test_a_link_that_is_not_taken_is_an_error(client: Elasticsearch, index: str) -> None:
    link(client, index, [document("a", "2018", story(1))])
    client.indices.put_settings(index=index, settings={"index.blocks.write": True})

    with pytest.raises(ClusterError):
        StoredArticles(client, index).record({"a": "b"})
