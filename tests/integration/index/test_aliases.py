import threading

import pytest

from pipeline.errors import FihristError
from pipeline.index import aliases
from pipeline.index.aliases import GoldenQuery
from pipeline.index.bulk import load
from pipeline.index.search import search

pytestmark = pytest.mark.server


@pytest.fixture(autouse=True)
def _two_articles(fill, make_article):
    fill(make_article("one", "زلزال في الشمال"), make_article("two", "فيضان في الجنوب"))


def states(client, names):
    return {generation.number: generation.state for generation in aliases.generations(client, names)}


def rebuild(client, names, make_article, *bodies):
    index = aliases.create_next(client, names)
    load(client, index, [make_article(f"new-{n}", body) for n, body in enumerate(bodies)])
    return index


def test_an_index_is_checked_before_it_goes_live(client, names, make_article):
    index = rebuild(client, names, make_article, "زلزال في الشمال")
    assert aliases.check(client, index, documents=1, sample=["new-0"], golden=[GoldenQuery("زلازل", "new-0")]) == []
    faults = aliases.check(client, index, documents=2, sample=["gone"], golden=[GoldenQuery("بركان", "new-0")])
    assert [fault.split(" ", 1)[1] for fault in faults] == [
        "holds 1 articles and should hold 2.",
        "lacks 1 articles of a sample of 1, first gone.",
        "the query 'بركان' does not find article new-0.",
    ]
    assert aliases.prune(client, names) == [index]


def test_swap_keeps_the_old_index_and_rollback_returns_to_it(client, names, make_article):
    before = aliases.live(client, names)
    index = rebuild(client, names, make_article, "بركان")
    aliases.swap(client, names, index)
    assert aliases.live(client, names) == index
    assert search(client, "بركان", index=names.articles).total == 0, "not refreshed by the swap itself"
    client.indices.refresh(index=index)
    assert search(client, "بركان", index=names.articles).total == 1
    assert aliases.rollback(client, names) == before
    assert search(client, "زلزال", index=names.articles).total == 1
    assert aliases.rollback(client, names) == index, "and forward again"
    aliases.rollback(client, names)


def test_only_indices_behind_no_alias_are_pruned(client, names, make_article):
    first = rebuild(client, names, make_article)
    aliases.swap(client, names, first)
    second = rebuild(client, names, make_article)
    aliases.swap(client, names, second)
    building = aliases.create_next(client, names)
    kept = {first, second, building}
    pruned = aliases.prune(client, names, keep_idle=[building])
    assert not kept & set(pruned)
    assert {generation.index for generation in aliases.generations(client, names)} == kept
    assert sorted(states(client, names).values()) == ["idle", "live", "previous"]


def test_there_must_be_something_to_go_back_to(client, names):
    client.indices.update_aliases(
        actions=[{"remove": {"index": f"{names.articles}-*", "alias": names.previous, "must_exist": False}}]
    )
    with pytest.raises(FihristError, match="no previous index"):
        aliases.rollback(client, names)


def test_searches_never_fail_while_indices_are_swapped(client, names, fill, make_article):
    fill(make_article("always", "خسوف القمر"))
    other = rebuild(client, names, make_article, "خسوف القمر")
    client.indices.refresh(index=other)
    stop, totals, faults = threading.Event(), [], []

    def keep_searching():
        while not stop.is_set():
            try:
                totals.append(search(client, "خسوف", index=names.articles).total)
            except FihristError as error:
                faults.append(error)

    reader = threading.Thread(target=keep_searching)
    reader.start()
    aliases.swap(client, names, other)
    for _ in range(10):
        aliases.rollback(client, names)
    stop.set()
    reader.join()
    assert not faults
    assert set(totals) == {1}


def test_an_index_in_the_place_of_the_alias_is_explained(client):
    names = aliases.IndexNames("test-squatter-")
    client.indices.create(index=names.articles)
    try:
        with pytest.raises(FihristError, match="is an index and should be an alias"):
            aliases.ensure(client, names)
    finally:
        client.indices.delete(index=names.articles)
