"""The weights of the tagger: scores of all labels for all tokens, fast.

A feature's weights are a row of numbers: one for each label at each distance at which the feature is looked at. What a
word (a pair, a triple) adds to the scores is the sum of its features' rows, which is worked out once and remembered, so
that a token costs one look-up for its word, pair and triple, and a few additions of matrices.
"""

from collections.abc import Callable, Hashable, Sequence
from itertools import pairwise
from typing import Generic, TypeVar

import numpy as np

from pipeline.enrich.entities.tagger import features
from pipeline.enrich.entities.tagger.features import EDGE, OFFSETS, PAIR_KINDS, REACH, WORD_KINDS, Sort
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.weights import Scores, Weights

_REMEMBERED = 1 << 16
"""Words, pairs or triples whose sums are kept; a full memory starts afresh."""
_Key = TypeVar("_Key", bound=Hashable)


class _Memory(Generic[_Key]):
    """Sums by word, pair or triple in one growing matrix, so that many are picked at a stroke."""

    def __init__(self, compute: Callable[[_Key], Scores | None], distances: int) -> None:
        self._compute = compute
        self._rows: dict[_Key, int] = {}
        self._used = 1
        """Rows in use; the first is for all keys that have no weights."""
        self._sums: Scores = np.zeros((1024, distances, len(LABELS)), dtype=np.float32)

    def pick(self, keys: Sequence[_Key]) -> Scores:
        """Return the sums of all keys, shape (keys, distances, labels)."""
        if len(self._rows) + len(keys) > _REMEMBERED:
            self._rows.clear()
            self._used = 1
        known = self._rows
        for key in set(keys).difference(known):
            self._add(key)
        return self._sums[[known[key] for key in keys]]

    def _add(self, key: _Key) -> int:
        total = self._compute(key)
        if total is None:
            self._rows[key] = 0
            return 0
        row = self._used
        if row == len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
        self._sums[row] = total
        self._rows[key] = row
        self._used += 1
        return row


class Model:
    """Scores labels by weights.

    Args:
        weights: Weights by kind of features, as in :data:`~pipeline.enrich.entities.tagger.features.OFFSETS`.
        transitions: Scores of going from one label (row) to the next (column).
    """

    def __init__(self, weights: dict[str, Weights], transitions: Scores) -> None:
        self.transitions = transitions
        self._weights = weights
        self._followers: dict[str, dict[str, int]] = {}
        for words, row in weights["words"].rows.items():
            first, _, second = words.partition("|")
            self._followers.setdefault(first, {})[second] = row
        self._words = _Memory[str](self._word, len(WORD_KINDS["wide"]))
        self._pairs = _Memory[tuple[Sort, Sort]](self._pair, len(PAIR_KINDS["pair"]))
        self._triples = _Memory[tuple[str, str, str]](self._triple, 1)
        self._evidence = _Memory[tuple[str, str, str, str, str]](self._evident, 1)

    def scores(self, words: Sequence[str], found: Sequence[str]) -> Scores:
        """Return the score of every label for every word, shape (words, labels).

        Args:
            words: Written words of one or more sentences, with ``EDGE`` twice between two sentences.
            found: What :func:`~pipeline.enrich.entities.tagger.features.evidence` says of each.
        """
        padded = [EDGE] * REACH + list(words) + [EDGE] * REACH
        readings = list(map(features.read, padded))
        sorts = [reading.sort for reading in readings]
        inside = slice(REACH, REACH + len(words))
        total = np.zeros((len(padded), len(LABELS)), dtype=np.float32)
        for distances, sums in (
            (WORD_KINDS["wide"], self._words.pick(padded)),
            (PAIR_KINDS["pair"], self._pairs.pick(list(pairwise(sorts)))),
        ):
            for place, distance in enumerate(distances):
                total[inside] += sums[REACH + distance : REACH + distance + len(words), place]
        roles = [sort.role for sort in sorts]
        total[inside] += self._triples.pick(list(zip(roles[1:], roles[2:], roles[3:], strict=False)))[: len(words), 0]
        self._add_words(total, [reading.folded for reading in readings])
        self._add_evidence(total, ["-"] * REACH + list(found) + ["-"] * REACH, roles)
        return total[inside]

    def _add_words(self, total: Scores, folded: Sequence[str]) -> None:
        """Add the few pairs of words that have weights to their rows."""
        for at, followers in enumerate(map(self._followers.get, folded[:-1])):
            row = followers.get(folded[at + 1]) if followers else None
            if row is not None:
                for place, distance in enumerate(OFFSETS["words"]):
                    total[at - distance] += self._weights["words"].table[row, place]

    def _add_evidence(self, total: Scores, found: Sequence[str], roles: Sequence[str]) -> None:
        """Add what was found to the rows where something was found or stands beside it."""
        places = sorted({at + by for at, what in enumerate(found) if what != "-" for by in (-1, 0, 1)})
        keys = [(found[at - 1], found[at], found[at + 1], roles[at - 1], roles[at]) for at in places]
        total[places] += self._evidence.pick(keys)[:, 0]

    def _word(self, written: str) -> Scores | None:
        return self._sum(WORD_KINDS, "wide", features.word(written))

    def _pair(self, pair: tuple[Sort, Sort]) -> Scores | None:
        return self._sum(PAIR_KINDS, "pair", features.pair(*pair))

    def _sum(self, kinds: dict[str, tuple[int, ...]], widest: str, names: features.Features) -> Scores | None:
        """Return the weights of several kinds of features at the distances of the widest kind."""
        total: Scores | None = None
        for kind, known in names.items():
            part = self._weights[kind].total(known)
            if part is not None:
                if total is None:
                    total = np.zeros((len(kinds[widest]), len(LABELS)), dtype=np.float32)
                first = kinds[widest].index(kinds[kind][0])
                total[first : first + len(part)] += part
        return total

    def _triple(self, roles: tuple[str, str, str]) -> Scores | None:
        return self._weights["triple"].total(features.triple(*roles))

    def _evident(self, key: tuple[str, str, str, str, str]) -> Scores | None:
        return self._weights["evidence"].total(features.evident(*key))
