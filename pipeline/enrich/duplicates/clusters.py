"""Which article each near-duplicate is a copy of: the same answer in whatever order and batches articles arrive.

Two articles are linked when they share a band and their signatures agree enough, or, if short, when their texts are the
same. A cluster is everything that links connect, and its head the earliest article. That is a property of the set
of articles alone; :func:`assign` therefore follows the links anew from the articles at hand, and takes what is recorded
only to know what to correct.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

import numpy as np

from pipeline.enrich.duplicates.entry import Entry, rank
from pipeline.enrich.duplicates.texts import Texts

_ASKED = 2_000
"""Texts about which a lookup is asked at a time: 64,000 bands."""


class Lookup(Protocol):
    """What is stored of all articles; it must see every earlier write. It may leave out articles of the batch."""

    def sharing(self, bands: Collection[str]) -> Iterable[Entry]:
        """Return the articles that have any of these bands."""
        ...

    def members(self, heads: Collection[str]) -> Iterable[Entry]:
        """Return the articles that are recorded as duplicates of any of these ids."""
        ...

    def get(self, ids: Collection[str]) -> Iterable[Entry]:
        """Return those of these articles that exist."""
        ...


def assign(batch: Iterable[Entry], lookup: Lookup | None) -> dict[str, str | None]:
    """Return what must be recorded: article id → id of its cluster's head, or None for one that is no duplicate.

    Call it with articles that are new, changed (the entry as it is now, with the ``duplicate_of`` recorded before), or
    to be checked again, such as the members of a head that was deleted; they may be stored already or not. They may be
    many: of each, 1 kB is held. Without a lookup there are no articles but these.

    Only differences to what is recorded are returned, so a second call after they were written returns nothing. They
    are in the order in which to write them: the batch's own last, so that a call after a crash still learns from them
    which old clusters to look at. Calls must not run side by side.
    """
    articles = _Articles()
    articles.add(batch)
    own = set(articles.text_of)
    if lookup:
        articles.add(_recorded_with(articles, own, lookup))
    asked = 0
    while lookup and asked < len(articles.texts):
        numbers = range(asked, len(articles.texts))
        asked = len(articles.texts)
        for start in range(0, len(numbers), _ASKED):
            articles.add(_linked(articles, numbers[start : start + _ASKED], lookup))
    return dict(sorted(articles.changes().items(), key=lambda change: (change[0] in own, change[0])))


def _recorded_with(articles: "_Articles", own: set[str], lookup: Lookup) -> Iterator[Entry]:
    """Yield the other articles of the clusters that the batch's articles are recorded in: they may fall apart."""
    heads = set(articles.recorded.values())
    yield from lookup.members(heads | own)
    yield from lookup.get(heads - own)


def _linked(articles: "_Articles", numbers: range, lookup: Lookup) -> list[Entry]:
    """Return the articles not yet reached whose texts are connected with some of those reached, given by number."""
    bands = {band for number in numbers for band in articles.texts.bands(number)}
    found = [entry for entry in lookup.sharing(bands) if entry.id not in articles.text_of] if bands else []
    if not found:
        return []
    texts = articles.texts.part(numbers)
    of_found = [texts.add(entry) for entry in found]
    clusters = texts.connected()
    reached = set(clusters[: len(numbers)].tolist())
    return [entry for entry, text in zip(found, of_found, strict=True) if clusters[text] in reached]


class _Articles:
    """The articles reached so far, in little room."""

    def __init__(self) -> None:
        self.texts = Texts()
        self.text_of: dict[str, int] = {}
        """Number of an article's text, by id."""
        self.recorded: dict[str, str] = {}
        """Heads of those that are recorded as duplicates."""
        self._timestamps: list[str] = []

    def add(self, entries: Iterable[Entry]) -> None:
        """Take articles in, but those that are in already."""
        for entry in entries:
            if entry.id not in self.text_of:
                self.text_of[entry.id] = self.texts.add(entry)
                self._timestamps.append(entry.timestamp)
                if entry.duplicate_of:
                    self.recorded[entry.id] = entry.duplicate_of

    def changes(self) -> dict[str, str | None]:
        """Return the articles whose cluster's head is not what is recorded of them."""
        cluster_of = self.texts.connected()[np.fromiter(self.text_of.values(), np.int64, len(self.text_of))]
        sizes = np.bincount(cluster_of, minlength=1)
        clusters: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for cluster, timestamp, id_ in zip(cluster_of.tolist(), self._timestamps, self.text_of, strict=True):
            if sizes[cluster] > 1 or id_ in self.recorded:
                clusters[cluster].append((timestamp, id_))
        changes: dict[str, str | None] = {}
        for cluster in clusters.values():
            _, head = min(cluster, key=lambda article: rank(*article))
            for _, id_ in cluster:
                duplicate_of = None if id_ == head else head
                if self.recorded.get(id_) != duplicate_of:
                    changes[id_] = duplicate_of
        return changes
