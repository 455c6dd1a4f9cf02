import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrich.duplicates import Entry, assign, signature
from pipeline.enrich.duplicates.entry import instant


class Store:
    """An index in memory, as the flow keeps it."""

    def __init__(self):
        self.entries = {}

    def sharing(self, bands):
        return [entry for entry in self.entries.values() if set(entry.bands) & set(bands)]

    def members(self, heads):
        return [entry for entry in self.entries.values() if entry.duplicate_of in heads]

    def get(self, ids):
        return [self.entries[id_] for id_ in ids if id_ in self.entries]

    def recorded(self, id_):
        return self.entries[id_].duplicate_of if id_ in self.entries else None

    def add(self, batch, written=True):
        """Assign and write a batch; ``written``: the articles themselves are stored before, without their link."""
        batch = [replace(entry, duplicate_of=self.recorded(entry.id)) for entry in batch]
        if written:
            self.entries |= {entry.id: entry for entry in batch}
        changes = assign(batch, self)
        self.entries |= {entry.id: entry for entry in batch}
        for id_, duplicate_of in changes.items():
            self.entries[id_] = replace(self.entries[id_], duplicate_of=duplicate_of)
        return changes

    def delete(self, ids):
        for id_ in ids:
            self.entries.pop(id_, None)
        self.add(self.members(ids))

    def heads(self):
        return {id_: entry.duplicate_of for id_, entry in self.entries.items()}


def entry(id_, bands, timestamp="2018-10-05"):
    """An article whose links are its bands (short texts: the same band is the same text)."""
    return Entry(id_, timestamp, tuple(bands), None)


def truth(entries):
    """The clusters by definition: connected components, headed by their earliest article."""
    clusters = []
    for one in entries:
        touching = [cluster for cluster in clusters if any(set(one.bands) & set(other.bands) for other in cluster)]
        clusters = [cluster for cluster in clusters if cluster not in touching]
        clusters.append([one, *(other for cluster in touching for other in cluster)])
    heads = {}
    for cluster in clusters:
        head = min(cluster, key=lambda other: (instant(other.timestamp), other.id))
        heads |= {other.id: None if other is head else head.id for other in cluster}
    return heads


DATES = st.sampled_from(["2017", "2018-10", "2018-10-05", "2018-10-05T08:00", "2018-10-05T08:00+03:00", "2019-01-01"])
BANDS = st.sets(st.sampled_from("abcdefgh"), max_size=3)
ARTICLES = st.dictionaries(st.sampled_from([f"id{n}" for n in range(12)]), st.tuples(BANDS, DATES), min_size=1).map(
    lambda articles: [entry(id_, sorted(bands), date) for id_, (bands, date) in articles.items()]
)


def batches(draw, articles):
    cuts = sorted(draw(st.sets(st.integers(0, len(articles)), max_size=4)))
    return [articles[a:b] for a, b in zip([0, *cuts], [*cuts, len(articles)], strict=True)]


@settings(max_examples=300)
@given(st.data(), ARTICLES, st.booleans())
def test_order_and_batches_make_no_difference(data, articles, written):
    store = Store()
    for batch in batches(data.draw, data.draw(st.permutations(articles))):
        store.add(batch, written)

    assert store.heads() == truth(articles)


@settings(max_examples=200)
@given(st.data(), ARTICLES)
def test_running_again_changes_nothing(data, articles):
    store = Store()
    store.add(articles)

    for batch in batches(data.draw, data.draw(st.permutations(articles))):
        assert store.add(batch) == {}


@settings(max_examples=300)
@given(st.data(), ARTICLES, ARTICLES)
def test_articles_that_change_leave_their_old_cluster(data, articles, later):
    store = Store()
    store.add(articles)
    for batch in batches(data.draw, data.draw(st.permutations(later))):
        store.add(batch)

    assert store.heads() == truth({one.id: one for one in [*articles, *later]}.values())


@settings(max_examples=200)
@given(ARTICLES, st.sets(st.sampled_from([f"id{n}" for n in range(12)])))
def test_a_deleted_head_is_succeeded_by_the_next(articles, gone):
    store = Store()
    store.add(articles)
    heads = {id_ for id_ in gone if id_ in store.entries and store.entries[id_].duplicate_of is None}
    store.delete(heads)

    for one in store.entries.values():
        assert one.duplicate_of is None or one.duplicate_of in store.entries


@settings(max_examples=200)
@given(st.data(), ARTICLES)
def test_a_crash_while_writing_is_mended_by_running_again(data, articles):
    store = Store()
    first = articles[: len(articles) // 2]
    store.add(first)
    rest = [replace(one, duplicate_of=store.recorded(one.id)) for one in articles[len(first) :]]
    store.entries |= {one.id: one for one in rest}
    changes = list(assign(rest, store).items())
    for id_, duplicate_of in changes[: data.draw(st.integers(0, len(changes)))]:
        store.entries[id_] = replace(store.entries[id_], duplicate_of=duplicate_of)

    store.add(rest)

    assert store.heads() == truth(articles)


def test_an_earlier_article_that_arrives_late_becomes_the_head():
    store = Store()
    store.add([entry("b", "k", "2018-10-05"), entry("c", "k", "2018-10-06")])
    changes = store.add([entry("a", "k", "2018-10-01")])

    assert changes == {"b": "a", "c": "a"}
    assert store.heads() == {"a": None, "b": "a", "c": "a"}


def test_an_article_between_two_clusters_joins_them():
    store = Store()
    store.add([entry("a", "k"), entry("b", "k"), entry("x", "m"), entry("y", "m")])
    store.add([entry("bridge", "km", "2020")])

    assert store.heads() == {"a": None, "b": "a", "x": "a", "y": "a", "bridge": "a"}


def test_two_clusters_part_when_the_article_between_them_changes():
    store = Store()
    store.add([entry("a", "k"), entry("bridge", "km"), entry("x", "m")])
    store.add([entry("bridge", "")])

    assert store.heads() == {"a": None, "bridge": None, "x": None}


def test_the_changes_of_the_batch_come_last():
    store = Store()
    store.add([entry("b", "k"), entry("c", "k")])
    batch = [replace(entry("b", "m"), duplicate_of=None), entry("a", "k", "2017")]

    assert list(assign(batch, store)) == ["c"]
    assert list(assign([entry("a2", "k", "2020"), entry("a1", "k", "2017")], store)) == ["b", "c", "a2"]


def test_a_story_printed_a_thousand_times_is_linked_in_a_moment():
    keys = signature(" ".join(f"كلمة{n}" for n in range(100)))
    copies = [Entry(f"{n:04}", "2018", keys.bands, keys.signature) for n in range(2000)]
    store = Store()
    store.add(copies[:1000])
    started = time.process_time()
    store.add(copies[1000:])

    assert set(store.heads().values()) == {None, "0000"}
    assert time.process_time() - started < 5
