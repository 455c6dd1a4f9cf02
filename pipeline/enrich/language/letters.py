"""The letters of many texts, counted at a stroke: tables over code points say what each letter is."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.enrich.language import tables

_CODES = 1 << 16
"""Code points that are told apart; beyond are no letters of the news."""
_FOREIGN = 0.01
"""Share of letters taken to come from names and quotes of another language, spread evenly over all letters."""
_ENOUGH = 24
"""Characters in which nearly every text shows all the different letters that are asked for."""
_UNIT = 1 << 20
"""Logarithms are whole numbers of this part of one, so that sums are the same in whatever order they are made."""

Numbers = NDArray[np.intp]
Places = NDArray[np.uint8]


class Letters:
    """The letters of some texts.

    Args:
        texts: The texts, whose order all answers have.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        # UTF-16: a letter beyond the basic plane is two units that are no letters. The zero keeps texts apart.
        parts = [f"{text}\0".encode("utf-16-le", "surrogatepass") for text in texts]
        self._codes = np.frombuffer(b"".join(parts), dtype=np.uint16)
        self._owners = np.repeat(np.arange(len(parts)), [len(part) // 2 for part in parts])
        self._count = len(parts)

    def by_script(self) -> Numbers:
        """Return how many letters of each of :func:`script_names` the texts have, shape (texts, scripts)."""
        names, places = _scripts()
        return self._counts(places, len(names))

    def most_words(self) -> Numbers:
        """Return how many words the texts have at most: stretches of letters, and one more."""
        letters = _scripts()[1][self._codes] > 0
        begun = letters.copy()
        begun[1:] &= ~letters[:-1]
        words: Numbers = np.bincount(self._owners[begun], minlength=self._count) + 1
        return words

    def arabic_script(self) -> tuple[Numbers, NDArray[np.float64]]:
        """Return how many different letters of the Arabic script the texts have, and the letters' log-likelihood in
        each of :func:`arabic_script_languages`, shape (texts, languages); letters of none of them say nothing.
        """
        known = _arabic_script()
        counts = self._counts(known.rows, len(known.logarithms))
        return np.count_nonzero(counts[:, 1:], axis=1), counts @ known.logarithms / _UNIT

    def _counts(self, rows: Places, size: int) -> Numbers:
        """Return how many letters of each row a text has, shape (texts, rows)."""
        counted = np.bincount(self._owners * size + rows[self._codes], minlength=self._count * size)
        return counted.reshape(self._count, size)


def script_names() -> tuple[str, ...]:
    """Return the names of the scripts; the first is for what is no letter of any."""
    return _scripts()[0]


def arabic_script_languages() -> tuple[str, ...]:
    """Return the codes of the languages of the Arabic script."""
    return _arabic_script().languages


def differ(text: str, least: int) -> bool:
    """Whether a text has so many different letters."""
    return any(len(set(filter(str.isalpha, set(part)))) >= least for part in (text[:_ENOUGH], text))


class _ArabicScript(NamedTuple):
    languages: tuple[str, ...]
    rows: Places
    """Row of each code point; the first is for all that none of the languages has."""
    logarithms: Numbers
    """Log-likelihood of each row's letter in each language, in parts of one."""


@cache
def _arabic_script() -> _ArabicScript:
    counts = tables.letter_counts()
    languages = tuple(sorted(counts))
    letters = sorted({letter for table in counts.values() for letter in table})
    seen = np.array([[counts[language].get(letter, 0.0) for language in languages] for letter in letters])
    shares = (1 - _FOREIGN) * seen / seen.sum(axis=0) + _FOREIGN / len(letters)
    rows = np.zeros(_CODES, dtype=np.uint8)
    rows[[ord(letter) for letter in letters]] = range(1, len(letters) + 1)
    logarithms = np.rint(_UNIT * np.vstack([np.zeros(len(languages)), np.log(shares)])).astype(np.intp)
    return _ArabicScript(languages, rows, logarithms)


@cache
def _scripts() -> tuple[tuple[str, ...], Places]:
    """Return the scripts' names, and the number of each code point's script, 0 for what is no letter of any."""
    known = tables.scripts()
    names = ("", *dict.fromkeys(known.names))
    places = np.zeros(_CODES, dtype=np.uint8)
    for start, end, name in zip(known.starts, known.ends, known.names, strict=True):
        letters = [code for code in range(start, min(end + 1, _CODES)) if chr(code).isalpha()]
        places[letters] = names.index(name)
    return names, places
