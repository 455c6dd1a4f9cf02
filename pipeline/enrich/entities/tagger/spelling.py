"""How words are spelled, as features: parts of three and four letters, beginnings, endings, length.

They are by far the most features. The learner gets them by name (:func:`spelled`); :class:`Spelling` adds up their
weights for many words at a stroke, with numbers instead of names. Both know the same features, and a test holds them
together.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.enrich.entities.tagger.weights import Scores, Weights

Numbers = npt.NDArray[np.intp]

_BEFORE, _BEHIND = "^", "$"
_LONGEST = 10
"""Letters from which on all words are equally long."""
_CODES = 1 << 16
_AFFIXES = (1, 2, 3)
"""Letters of beginnings and endings; only a longer word has them."""


class Spelled(NamedTuple):
    """Features of a word's letters: ``inner`` ones tell of the word, ``outer`` ones of its neighbours too.

    Each is named ``family=value``, but for the parts, which are the bare letters, with ``^`` before the word and ``$``
    behind it.
    """

    inner: list[str]
    outer: list[str]


def spelled(written: str, folded: str) -> Spelled:
    """Return the features of a word's letters, by name."""
    size = len(folded)
    padded = f"{_BEFORE}{folded}{_BEHIND}"
    inner = [padded[at : at + 3] for at in range(size)]
    inner += [padded[at : at + 4] for at in range(size - 1)]
    inner += (f"length={min(size, _LONGEST)}", f"first={written[0]}", f"last={written[-1]}")
    long = [letters for letters in _AFFIXES if size > letters]
    outer = [f"begin={folded[:letters]}" for letters in long] + [f"end={folded[-letters:]}" for letters in long]
    return Spelled(inner, outer)


class Spelling:
    """Adds up the weights of the features of :func:`spelled`.

    Args:
        weights: Weights of the kinds ``inner`` and ``outer``; features of other families are passed over.
    """

    def __init__(self, weights: Mapping[str, Weights]) -> None:
        inner, outer = weights["inner"], weights["outer"]
        self._inner, self._outer = _with_nothing(inner.table), _with_nothing(outer.table)
        parts = {name: row for name, row in inner.rows.items() if "=" not in name}
        affixes = {family: _family(outer, family) for family in ("begin", "end")}
        ends = {family: _family(inner, family) for family in ("first", "last")}
        letters = sorted({letter for known in (parts, *affixes.values(), *ends.values()) for letter in "".join(known)})
        self._size = 1 + len(letters)
        self._numbers = np.zeros(_CODES, dtype=np.intp)
        self._numbers[list(map(ord, letters))] = range(1, self._size)
        fours = [name for name in parts if len(name) == 4]
        prefixes = {prefix: number for number, prefix in enumerate(sorted({name[:3] for name in fours}))}
        self._prefixes = self._table(prefixes, 3)
        self._fours = np.zeros((1 + len(prefixes), self._size), dtype=np.intp)
        for name in fours:
            self._fours[1 + prefixes[name[:3]], self._numbers[ord(name[3])]] = 1 + parts[name]
        self._threes = self._table(parts, 3)
        self._ends = {family: self._table(rows, 1) for family, rows in ends.items()}
        self._affixes = {family: [self._table(rows, size) for size in _AFFIXES] for family, rows in affixes.items()}
        lengths = _family(inner, "length")
        self._lengths = np.array([1 + lengths.get(str(size), -1) for size in range(_LONGEST + 1)])

    def sums(self, words: Sequence[tuple[str, str]]) -> tuple[Scores, Scores]:
        """Return the sums of the weights of words, shapes (words, 1, labels) and (words, 3, labels): inner and outer.

        Args:
            words: Written and folded words, each of one letter or more.
        """
        folded = [word for _, word in words]
        sizes = np.fromiter(map(len, folded), dtype=np.intp, count=len(folded))
        starts = np.cumsum(sizes + 2) - sizes - 1  # the words' first letters
        ends = starts + sizes - 1
        one = self._letters("".join([f"{_BEFORE}{word}{_BEHIND}" for word in folded]) + "  ")
        two = one[:-1] * self._size + one[1:]
        three = two[:-1] * self._size + one[2:]
        four = self._fours[self._prefixes[three[:-1]], one[3:]]
        # Parts that reach from one word into the next have no weights, for in no feature does ^ stand behind $.
        inner = np.add.reduceat(self._inner[self._threes[three]], starts - 1)
        inner += np.add.reduceat(self._inner[four], starts - 1)
        inner += self._inner[self._lengths[np.minimum(sizes, _LONGEST)]]
        inner += self._inner[self._ends["first"][self._letters("".join([written[0] for written, _ in words]))]]
        inner += self._inner[self._ends["last"][self._letters("".join([written[-1] for written, _ in words]))]]
        outer = np.zeros((len(words), *self._outer.shape[1:]), dtype=np.float32)
        for letters, parts in zip(_AFFIXES, (one, two, three), strict=True):
            long = np.flatnonzero(sizes > letters)
            outer[long] += self._outer[self._affixes["begin"][letters - 1][parts[starts[long]]]]
            outer[long] += self._outer[self._affixes["end"][letters - 1][parts[ends[long] - letters + 1]]]
        return inner, outer

    def _letters(self, text: str) -> Numbers:
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self._numbers[np.minimum(codes, _CODES - 1)]

    def _table(self, rows: Mapping[str, int], letters: int) -> Numbers:
        """Return one more than the row of each combination of so many letters, and 0 for those without a row."""
        table = np.zeros(self._size**letters, dtype=np.intp)
        for name, row in rows.items():
            if len(name) == letters:
                place = 0
                for letter in name:
                    place = place * self._size + int(self._numbers[ord(letter)])
                table[place] = 1 + row
        return table


def _family(weights: Weights, family: str) -> dict[str, int]:
    """Return the rows of a family's values."""
    return {name.partition("=")[2]: row for name, row in weights.rows.items() if name.startswith(f"{family}=")}


def _with_nothing(table: Scores) -> Scores:
    """Return a table with a row of zeros before the first."""
    return np.concatenate([np.zeros((1, *table.shape[1:]), dtype=np.float32), table])
