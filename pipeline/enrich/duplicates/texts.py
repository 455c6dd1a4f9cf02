"""Which of many texts are connected: two are linked if they share a band and are alike; links make clusters.

Bands are sorted as numbers, and signatures compared as rows of a matrix, some thousand pairs at a stroke.
"""

import base64
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.enrich.duplicates.entry import LEAST_SIMILARITY, Entry
from pipeline.enrich.duplicates.keys import BY_CHANCE, HASHES

_LEAST_MATCHES = HASHES * (LEAST_SIMILARITY * (1 - BY_CHANCE) + BY_CHANCE)
"""Hashes that agree when :func:`~pipeline.enrich.duplicates.keys.similarity` is the least of near-duplicates."""
_PAIRS = 10_000
"""Pairs that are compared at a stroke: 2.5 MB of signatures on either side."""

Numbers = NDArray[np.int64]


class Texts:
    """Different texts, numbered in the order in which they come."""

    def __init__(self) -> None:
        self._numbers: dict[bytes | str, int] = {}
        """Of signatures, or of what stands for a short text."""
        self._keys: list[bytes | str] = []
        self._bands: list[str] = []

    def __len__(self) -> int:
        return len(self._bands)

    def add(self, entry: Entry) -> int:
        """Take the text of an article in, if it is new; return its number."""
        key = entry.text if entry.signature is None else base64.b64decode(entry.signature)
        return self._add(key, " ".join(entry.bands))

    def part(self, numbers: Iterable[int]) -> "Texts":
        """Return some of the texts, numbered anew in this order."""
        texts = Texts()
        for number in numbers:
            texts._add(self._keys[number], self._bands[number])
        return texts

    def bands(self, number: int) -> list[str]:
        """Return the bands of a text."""
        return self._bands[number].split()

    def connected(self) -> Numbers:
        """Return for each text the least number of the texts that it is connected with (its own, if with none)."""
        signatures, is_long = self._signatures()
        parent = np.arange(len(self))
        for first, second in self._sharing():
            apart = parent[first] != parent[second]  # most pairs share several bands
            pairs = np.unique(first[apart] << 32 | second[apart])
            for start in range(0, len(pairs), _PAIRS):
                some = pairs[start : start + _PAIRS]
                first, second = some >> 32, some & 0xFFFFFFFF
                matches = np.count_nonzero(signatures[first] == signatures[second], axis=1)
                alike = (is_long[first] == is_long[second]) & (matches >= _LEAST_MATCHES)
                linked = [place for place in np.flatnonzero(alike) if self._share(first[place], second[place])]
                _join(parent, first[linked], second[linked])
        return parent

    def _add(self, key: bytes | str, bands: str) -> int:
        number = self._numbers.setdefault(key, len(self._keys))
        if number == len(self._keys):
            self._keys.append(key)
            self._bands.append(bands)
        return number

    def _signatures(self) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
        """Return the signatures, a row a text, and which texts have one: short ones have all the same, none."""
        none = bytes(HASHES)
        rows = b"".join(none if isinstance(key, str) else key for key in self._keys)
        is_long = np.fromiter((isinstance(key, bytes) for key in self._keys), np.bool_, len(self))
        return np.frombuffer(rows, np.uint8).reshape(-1, HASHES), is_long

    def _sharing(self) -> Iterator[tuple[Numbers, Numbers]]:
        """Yield all pairs of texts that share a band, the lesser number first; and, by chance, a few that don't."""
        counts = np.fromiter((bands.count(" ") + bool(bands) for bands in self._bands), np.int64, len(self))
        hashes = map(hash, chain.from_iterable(map(str.split, self._bands)))
        keys = np.fromiter(hashes, np.int64, int(counts.sum())).view(np.uint64) << np.uint64(32)
        keys |= np.repeat(np.arange(len(self), dtype=np.uint64), counts)
        keys.sort()
        band, number = (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint32)
        del keys
        places = np.flatnonzero(band[1:] == band[:-1])
        ahead = 1
        while len(places):  # the next of the same band, the next but one …
            yield number[places].astype(np.int64), number[places + ahead].astype(np.int64)
            ahead += 1
            places = places[places + ahead < len(band)]
            places = places[band[places] == band[places + ahead]]

    def _share(self, first: int, second: int) -> bool:
        return not set(self.bands(first)).isdisjoint(self.bands(second))


def _join(parent: Numbers, first: Numbers, second: Numbers) -> None:
    """Connect texts pairwise; every text then has the least number of its cluster as its parent."""
    while (parent[first] != parent[second]).any():
        one, other = parent[first], parent[second]
        np.minimum.at(parent, np.maximum(one, other), np.minimum(one, other))
        while (parent[parent] != parent).any():
            parent[:] = parent[parent]
