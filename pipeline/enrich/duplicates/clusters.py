"""Which article each near-duplicate is a copy of: the same answer in whatever order and batches articles arrive.

Two articles are linked when they share a band and their signatures agree enough, or, if short, when their texts are the
same. A cluster is everything that links connect, and its head the earliest article. That is a property of the set
of articles alone; :func:`assign` therefore follows the links anew from the articles at hand, and takes what is recorded
only to know what to correct.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from pipeline.enrich.duplicates.entry import Entry


class Lookup(Protocol):
    """What is stored of all articles; it must see every earlier write."""

    def sharing(self, bands: Collection[str]) -> Iterable[Entry]:
        """Return the articles that have any of these bands."""
        ...

    def members(self, heads: Collection[str]) -> Iterable[Entry]:
        """Return the articles that are recorded as duplicates of any of these ids."""
        ...

    def get(self, ids: Collection[str]) -> Iterable[Entry]:
        """Return those of these articles that exist."""
        ...


def assign(batch: Sequence[Entry], lookup: Lookup) -> dict[str, str | None]:
    """Return what must be recorded: article id → id of its cluster's head, or None for one that is no duplicate.

    Call it with articles that are new, changed (the entry as it is now, with the ``duplicate_of`` recorded before), or
    to be checked again, such as the members of a head that was deleted; they may be stored already or not.

    Only differences to what is recorded are returned, so a second call after they were written returns nothing. They
    are in the order in which to write them: the batch's own last, so that a call after a crash still learns from them
    which old clusters to look at. Calls must not run side by side.
    """
    clusters = _Clusters()
    own = {entry.id: entry for entry in batch}
    fresh = [*own.values(), *_recorded_with(own, lookup)]
    while fresh:
        clusters.add(fresh)
        bands = {band for entry in fresh for band in entry.bands}
        found = (
            {entry.id: entry for entry in lookup.sharing(bands) if entry.id not in clusters.entries} if bands else {}
        )
        fresh = clusters.link(fresh, found.values())
    changes = clusters.changes()
    return dict(sorted(changes.items(), key=lambda change: (change[0] in own, change[0])))


def _recorded_with(own: Mapping[str, Entry], lookup: Lookup) -> list[Entry]:
    """Return the other articles of the clusters that the batch's articles are recorded in: they may fall apart."""
    heads = {entry.duplicate_of for entry in own.values() if entry.duplicate_of} | set(own)
    others = [*lookup.members(heads), *lookup.get(heads - set(own))]
    return list({entry.id: entry for entry in others if entry.id not in own}.values())


class _Clusters:
    """The articles reached so far, and which of their texts are connected (a union-find forest).

    Articles with the same signature stand for one text, so that a story printed a thousand times costs no million
    comparisons.
    """

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._texts: dict[str, Entry] = {}
        self._with_band: defaultdict[str, list[Entry]] = defaultdict(list)
        self._parent: dict[str, str] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """Take articles in; :meth:`link` connects them."""
        for entry in entries:
            self.entries[entry.id] = entry
            if entry.text not in self._texts:
                self._texts[entry.text] = entry
                for band in entry.bands:
                    self._with_band[band].append(entry)

    def link(self, fresh: Iterable[Entry], found: Iterable[Entry]) -> list[Entry]:
        """Compare the fresh articles with all that were taken in and those found; return the found that are linked."""
        of_text: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in found:
            of_text[entry.text].append(entry)
        found_with_band: defaultdict[str, list[Entry]] = defaultdict(list)
        for text, (entry, *_) in of_text.items():
            if text not in self._texts:
                for band in entry.bands:
                    found_with_band[band].append(entry)
        reached = {text for text in of_text if text in self._texts}
        for entry in {entry.text: entry for entry in fresh}.values():
            others = (other for band in entry.bands for other in (*self._with_band[band], *found_with_band[band]))
            for other in {other.text: other for other in others}.values():
                mine, its = self._root(entry.text), self._root(other.text)
                if mine != its and entry.resembles(other):
                    self._parent[its] = mine
                    if other.text in of_text:
                        reached.add(other.text)
        return [entry for text in reached for entry in of_text[text]]

    def changes(self) -> dict[str, str | None]:
        """Return the articles whose cluster's head is not what is recorded of them."""
        clusters: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            clusters[self._root(entry.text)].append(entry)
        changes: dict[str, str | None] = {}
        for cluster in clusters.values():
            head = min(cluster, key=lambda entry: entry.rank)
            for entry in cluster:
                duplicate_of = None if entry is head else head.id
                if entry.duplicate_of != duplicate_of:
                    changes[entry.id] = duplicate_of
        return changes

    def _root(self, text: str) -> str:
        self._parent.setdefault(text, text)
        while (parent := self._parent[text]) != text:
            self._parent[text] = text = self._parent[parent]
        return text
