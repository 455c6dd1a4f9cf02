import threading

import pytest

from pipeline.errors import FihristError
from pipeline.index import aliases
from pipeline.index.bulk import load
from pipeline.index.search import search
from pipeline.index.sizing import Sizing

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


def test_swap_keeps_the_old_index_behind_an_alias_of_its_own(client, names, make_article):
    before = aliases.live(client, names)
    index = rebuild(client, names, make_article, "بركان")
    aliases.swap(client, names, index)
    assert (aliases.live(client, names), aliases.previous(client, names)) == (index, before)
    aliases.swap(client, names, index)
    assert (aliases.live(client, names), aliases.previous(client, names)) == (index, before), "again changes nothing"
    assert search(client, "بركان", index=names.articles).total == 0, "not refreshed by the swap itself"
    client.indices.refresh(index=index)
    assert search(client, "بركان", index=names.articles).total == 1
    aliases.swap(client, names, before)


def test_an_index_that_is_filled_has_no_replicas_and_no_refresh(client, names):
    index = aliases.create_next(client, names)
    held = client.indices.get_settings(index=index)[index]["settings"]["index"]
    assert (held["number_of_replicas"], held["refresh_interval"]) == ("0", "-1")
    sizing = Sizing(replicas=1, refresh_interval="30s")
    assert sizing.apply(client, index, "articles")
    assert not sizing.apply(client, index, "articles"), "nothing left to change"
    held = client.indices.get_settings(index=index)[index]["settings"]["index"]
    assert (held["number_of_replicas"], held["refresh_interval"]) == ("1", "30s")
    assert aliases.remove_leftovers(client, names) == [index]


def test_as_many_generations_are_kept_as_asked_for_and_none_that_is_being_built(client, names, make_article):
    aliases.prune(client, names, keep=1)
    before = aliases.live(client, names)
    first, second, third = (rebuild(client, names, make_article) for _ in range(3))
    for index in (first, second, third):
        aliases.swap(client, names, index)
    building = aliases.create_next(client, names)
    assert states(client, names) == {
        names.number(before): "old", names.number(first): "old", names.number(second): "previous",
        names.number(third): "live", names.number(building): "idle",
    }  # fmt: skip
    assert aliases.prune(client, names, keep=3) == [before]
    assert aliases.prune(client, names, keep=2) == [first]
    assert aliases.remove_leftovers(client, names, keep=[building]) == []
    assert aliases.prune(client, names, keep=1) == [second]
    assert states(client, names) == {names.number(third): "live", names.number(building): "idle"}
    assert aliases.remove_leftovers(client, names) == [building]


def test_what_was_written_while_another_index_went_live_is_written_again(client, names, make_article):
    other = rebuild(client, names, make_article)
    tries = []

    def write():
        tries.append(load(client, names.articles, [make_article("late")], require_alias=True))
        if len(tries) == 1:
            aliases.swap(client, names, other)

    aliases.until_settled(client, names, write)
    assert len(tries) == 2
    assert client.exists(index=other, id="late")


def test_searches_never_fail_while_indices_are_swapped(client, names, fill, make_article):
    fill(make_article("always", "خسوف القمر"))
    before, other = aliases.live(client, names), rebuild(client, names, make_article, "خسوف القمر")
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
    for index in [other, before] * 6:
        aliases.swap(client, names, index)
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
