"""What the tagger works out of each written word, as a column of the vocabulary."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.enrich.entities.tagger.features import WORD_KINDS, analyse
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.spelling import Spelling
from pipeline.enrich.entities.tagger.weights import Scores, Weights
from pipeline.enrich.entities.vocabulary import Column, Numbers, Values, Vocabulary

_DISTANCES = WORD_KINDS["wide"]


def _places(kind: str) -> slice:
    """Return where the distances of a kind of features stand among the widest kind's."""
    distances = WORD_KINDS[kind]
    return slice(_DISTANCES.index(distances[0]), _DISTANCES.index(distances[-1]) + 1)


_INNER, _OUTER = _places("inner"), _places("outer")
_AXES = {"role": "role", "group": "group", "first": "folded", "second": "folded"}
"""Numbers of values that are kept of a word, and what they are values of."""
_KNOWN = np.dtype([*((name, np.int32) for name in _AXES), ("sums", np.float32, (len(_DISTANCES), len(LABELS)))])
"""340 bytes a word."""


class Known(NamedTuple):
    """What is known of some words."""

    numbers: dict[str, Numbers]
    """Number of each word's role, group, first and second."""
    sums: Scores
    """Sums of the weights of each word's features, shape (words, distances, labels)."""


class WordScores:
    """Adds up the weights of words, each of which it does once.

    Args:
        weights: Weights of the features of single words, by kind.
        values: For each of ``role``, ``group``, ``first`` and ``second`` (word of a pair) the numbers of the values
            that have weights; 0 stands for any other.
    """

    def __init__(self, weights: Mapping[str, Weights], values: Mapping[str, Mapping[str, int]]) -> None:
        self._rows, self._table = _joined(weights)
        self._spelling = Spelling(weights)
        self._values = values
        self._column = Column(self._work_out)

    def of(self, words: Vocabulary, numbers: Numbers) -> Known:
        """Return what is known of words, by their numbers in a vocabulary."""
        known = words.values(self._column)
        return Known({name: known[name][numbers] for name in _AXES}, known["sums"][numbers])

    def _work_out(self, new: Sequence[str]) -> Values:
        known = np.zeros(len(new), dtype=_KNOWN)
        rows: list[int] = []
        starts: list[int] = []
        readings = []
        spelled: list[int] = []
        row_of = self._rows.get
        for place, written in enumerate(new):
            word, reading = analyse(written)
            starts.append(len(rows))
            rows.append(0)  # a row of zeros, lest a word has none
            rows += filter(None, map(row_of, word.outer + word.wide))
            readings.append(reading)
            if word.spelled:
                spelled.append(place)
        sums = known["sums"]
        if rows:
            sums[:] = np.add.reduceat(self._table[rows], starts, axis=0).reshape(sums.shape)
        if spelled:
            inner, outer = self._spelling.sums([(new[place], readings[place].folded) for place in spelled])
            sums[spelled, _INNER] += inner
            sums[spelled, _OUTER] += outer
        for name, attribute in _AXES.items():
            number_of = self._values[name].get
            known[name] = [number_of(getattr(reading, attribute), 0) for reading in readings]
        return known


def _joined(weights: Mapping[str, Weights]) -> tuple[dict[str, int], Scores]:
    """Return the weights of what is known of words in one table, at the distances of the widest kind."""
    count = sum(len(weights[kind].rows) for kind in ("outer", "wide"))
    table: Scores = np.zeros((1 + count, len(_DISTANCES), len(LABELS)), dtype=np.float32)
    rows: dict[str, int] = {}
    for kind in ("outer", "wide"):
        first = 1 + len(rows)
        table[first : first + len(weights[kind].rows), _places(kind)] = weights[kind].table
        rows.update((name, first + row) for name, row in weights[kind].rows.items())
    return rows, table.reshape(1 + count, -1)
