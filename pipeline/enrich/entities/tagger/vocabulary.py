"""What the tagger has worked out of each written word: looked up by the word's number, for a whole text at a stroke."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.enrich.entities.tagger.features import WORD_KINDS, analyse
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.spelling import Spelling
from pipeline.enrich.entities.tagger.weights import Scores, Weights

Numbers = npt.NDArray[np.intp]

_REMEMBERED = 1 << 16
"""Words that are kept, of 330 bytes each; a full memory starts afresh."""
_DISTANCES = WORD_KINDS["wide"]


def _places(kind: str) -> slice:
    """Return where the distances of a kind of features stand among the widest kind's."""
    distances = WORD_KINDS[kind]
    return slice(_DISTANCES.index(distances[0]), _DISTANCES.index(distances[-1]) + 1)


_INNER, _OUTER = _places("inner"), _places("outer")


class Vocabulary:
    """Numbers of written words, and columns of what is known of them.

    Args:
        weights: Weights of the features of single words, by kind.
        values: For each of ``role``, ``group``, ``first`` and ``second`` (word of a pair) the numbers of the values
            that have weights; 0 stands for any other.
    """

    def __init__(self, weights: Mapping[str, Weights], values: Mapping[str, Mapping[str, int]]) -> None:
        self._rows, self._table = _joined(weights)
        self._spelling = Spelling(weights)
        self._values = values
        self._numbers: dict[str, int] = {}
        self.sums: Scores = np.zeros((1024, len(_DISTANCES), len(LABELS)), dtype=np.float32)
        """Sums of the weights of a word's features, shape (words, distances, labels)."""
        self.columns: dict[str, Numbers] = {name: np.zeros(1024, dtype=np.intp) for name in values}
        """Number of each word's role, group, first and second."""

    def numbers(self, written: Sequence[str]) -> Numbers:
        """Return the numbers of written words, in which the columns are to be looked up at once."""
        new = set(written).difference(self._numbers)
        if new:
            if len(self._numbers) + len(new) > _REMEMBERED:
                self._numbers.clear()
                new = set(written)
            self._learn(list(new))
        return np.fromiter(map(self._numbers.__getitem__, written), dtype=np.intp, count=len(written))

    def _learn(self, new: Sequence[str]) -> None:
        start, end = len(self._numbers), len(self._numbers) + len(new)
        while end > len(self.sums):
            self.sums = np.concatenate([self.sums, np.zeros_like(self.sums)])
            self.columns = {name: np.concatenate([known, known]) for name, known in self.columns.items()}
        rows: list[int] = []
        starts: list[int] = []
        readings = []
        spelled: list[int] = []
        row_of = self._rows.get
        for place, written in enumerate(new):
            known, reading = analyse(written)
            starts.append(len(rows))
            rows.append(0)  # a row of zeros, lest a word has none
            rows += filter(None, map(row_of, known.outer + known.wide))
            readings.append(reading)
            if known.spelled:
                spelled.append(place)
        flat = np.add.reduceat(self._table[rows], starts, axis=0)
        sums = flat.reshape(len(new), len(_DISTANCES), len(LABELS))
        if spelled:
            inner, outer = self._spelling.sums([(new[place], readings[place].folded) for place in spelled])
            sums[spelled, _INNER] += inner
            sums[spelled, _OUTER] += outer
        self.sums[start:end] = sums
        for name, attribute in (("role", "role"), ("group", "group"), ("first", "folded"), ("second", "folded")):
            number_of = self._values[name].get
            self.columns[name][start:end] = [number_of(getattr(reading, attribute), 0) for reading in readings]
        self._numbers.update(zip(new, range(start, end), strict=True))


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
