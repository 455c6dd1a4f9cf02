"""The written words met so far, by number, and columns of what is known of each.

A text's words are looked up once, together; whatever is asked of all of them afterwards is read from a column at a
stroke. That takes a tenth of the time of a look-up for each word and question.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.intp]
Values = npt.NDArray[Any]

_MOST = 1 << 17
"""Words; a vocabulary that has more is replaced by a new one."""
_LONG = 100
"""Characters that take as much room as a word."""


class Column:
    """Something to know of words.

    Args:
        work_out: Returns what is known of each of some words, which must depend on nothing but the word: shape (words,)
            or (words, …).
    """

    def __init__(self, work_out: Callable[[Sequence[str]], Values]) -> None:
        self.work_out = work_out

    @classmethod
    def of(cls, answer: Callable[[str], object], kind: npt.DTypeLike = object) -> "Column":
        """Return the column of what a function says of each word."""
        return cls(lambda words: np.fromiter(map(answer, words), dtype=kind, count=len(words)))


class Vocabulary:
    """Numbers of written words, from 0 in the order in which they were met."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._numbers = _Numbers(self._words)
        self._known: WeakKeyDictionary[Column, tuple[int, Values]] = WeakKeyDictionary()
        """For each column the number of words that have been worked out, and room for more of them."""

    def __len__(self) -> int:
        return len(self._words)

    @property
    def is_full(self) -> bool:
        """Whether it is time for a new one; this one still works."""
        return len(self._words) + self._numbers.long > _MOST

    def numbers(self, written: Iterable[str]) -> Numbers:
        """Return the numbers of words; those that are new get one."""
        return np.fromiter(map(self._numbers.__getitem__, written), dtype=np.intp)

    def values(self, column: Column) -> Values:
        """Return what is known of all words, to be looked up by their numbers."""
        count, values = self._known.get(column) or (0, column.work_out([])[:0])
        if count < len(self._words):
            new = column.work_out(self._words[count:])
            if len(values) < len(self._words):
                room = np.empty((max(1024, 2 * len(self._words)), *new.shape[1:]), dtype=new.dtype)
                room[:count] = values[:count]
                values = room
            values[count : len(self._words)] = new
            self._known[column] = len(self._words), values
        return values


class _Numbers(dict[str, int]):
    def __init__(self, words: list[str]) -> None:
        super().__init__()
        self._words = words
        self.long = 0

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self._words)
        self._words.append(word)
        self.long += len(word) // _LONG
        return number


_current = Vocabulary()


def vocabulary() -> Vocabulary:
    """Return the process's vocabulary."""
    global _current
    if _current.is_full:
        _current = Vocabulary()
    return _current
