"""Which article each near-duplicate is a copy of: the same answer in whatever order and batches articles arrive.

Two articles are linked when they share a band and their signatures agree enough, or, if short, when their texts are the
same. A cluster is everything that links connect, and its head the earliest article. That is a property of the set
of articles alone; :func:`assign` therefore follows the links anew from the articles at hand, and takes what is recorded
only to know what to correct.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from pipeline.enrich.duplicates.keys import similarity

LEAST_SIMILARITY = 0.5
"""Estimated Jaccard similarity of near-duplicates: one word in twenty replaced leaves 0.82, one in ten 0.68, while
follow-ups, denials and next week's fixtures, which repeat much of a story but are none, mostly stay below 0.5."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article as clustering sees it."""

    id: str
    timestamp: str
    """ISO 8601, possibly cut to a day, month or year; taken as UTC without a zone."""
    bands: tuple[str, ...]
    signature: str | None
    duplicate_of: str | None = None
    """What is recorded so far."""

    @property
    def rank(self) -> tuple[datetime, str]:
        """Order of articles: the earliest, of equals the one with the least id, is the head of its cluster."""
        return instant(self.timestamp), self.id

    def resembles(self, other: "Entry") -> bool:
        """Whether this article and one that shares a band are linked."""
        if self.signature is None or other.signature is None:
            return self.signature == other.signature
        return similarity(self.signature, other.signature) >= LEAST_SIMILARITY


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


def instant(timestamp: str) -> datetime:
    """Return when a date begins that may be cut short: ``2018-10`` is the first of October, midnight UTC."""
    if len(timestamp) < len("2018-10-05"):
        timestamp += "0001-01-01"[len(timestamp) :]
    moment = datetime.fromisoformat(timestamp)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _recorded_with(own: Mapping[str, Entry], lookup: Lookup) -> list[Entry]:
    """Return the other articles of the clusters that the batch's articles are recorded in: they may fall apart."""
    heads = {entry.duplicate_of for entry in own.values() if entry.duplicate_of} | set(own)
    others = [*lookup.members(heads), *lookup.get(heads - set(own))]
    return list({entry.id: entry for entry in others if entry.id not in own}.values())


class _Clusters:
    """The articles reached so far, and which of them are connected (a union-find forest)."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self._with_band: defaultdict[str, list[Entry]] = defaultdict(list)
        self._parent: dict[str, str] = {}

    def add(self, entries: Iterable[Entry]) -> None:
        """Take articles in, each connected to nothing but what it was linked with before."""
        for entry in entries:
            self.entries[entry.id] = entry
            self._parent.setdefault(entry.id, entry.id)
            for band in entry.bands:
                self._with_band[band].append(entry)

    def link(self, fresh: Iterable[Entry], found: Iterable[Entry]) -> list[Entry]:
        """Compare the fresh articles with all that were taken in and those found; return the found that are linked."""
        candidates = defaultdict(list, {band: list(entries) for band, entries in self._with_band.items()})
        for entry in found:
            for band in entry.bands:
                candidates[band].append(entry)
        reached: dict[str, Entry] = {}
        for entry in fresh:
            for other in {other.id: other for band in entry.bands for other in candidates[band]}.values():
                if self._root(other.id) != self._root(entry.id) and entry.resembles(other):
                    self._parent[self._root(other.id)] = self._root(entry.id)
                    if other.id not in self.entries:
                        reached[other.id] = other
        return list(reached.values())

    def changes(self) -> dict[str, str | None]:
        """Return the articles whose cluster's head is not what is recorded of them."""
        clusters: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            clusters[self._root(entry.id)].append(entry)
        changes: dict[str, str | None] = {}
        for cluster in clusters.values():
            head = min(cluster, key=lambda entry: entry.rank)
            for entry in cluster:
                duplicate_of = None if entry is head else head.id
                if entry.duplicate_of != duplicate_of:
                    changes[entry.id] = duplicate_of
        return changes

    def _root(self, id_: str) -> str:
        self._parent.setdefault(id_, id_)
        while (parent := self._parent[id_]) != id_:
            self._parent[id_] = id_ = self._parent[parent]
        return id_
