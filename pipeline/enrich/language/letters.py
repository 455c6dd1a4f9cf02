"""The letters of a text, counted at a stroke: tables over code points say what each letter is."""

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

Codes = NDArray[np.uint16]
Places = NDArray[np.uint8]


def codes_of(text: str) -> Codes:
    """Return the text's UTF-16 code units; a letter beyond the basic plane is two that are no letters."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)


def by_script(codes: Codes) -> dict[str, int]:
    """Return how many letters there are of each script."""
    names, places = _scripts()
    counts = np.bincount(places[codes], minlength=len(names))
    counts[0] = 0
    return {names[at]: int(counts[at]) for at in np.flatnonzero(counts)}


def most_words(codes: Codes) -> int:
    """Return how many words there are at most: stretches of letters."""
    letters = _scripts()[1][codes] > 0
    return int(np.count_nonzero(letters[1:] & ~letters[:-1])) + 1


def differ(text: str, least: int) -> bool:
    """Whether a text has so many different letters."""
    return any(len(set(filter(str.isalpha, set(part)))) >= least for part in (text[:_ENOUGH], text))


def likelihoods(codes: Codes) -> dict[str, float]:
    """Return the letters' log-likelihood in each language of the Arabic script; letters of none of them say nothing."""
    known = _arabic_script()
    counts = np.bincount(known.rows[codes], minlength=len(known.logarithms))
    return dict(zip(known.languages, (counts @ known.logarithms).tolist(), strict=True))


class _ArabicScript(NamedTuple):
    languages: tuple[str, ...]
    rows: Places
    """Row of each code point; the first is for all that none of the languages has."""
    logarithms: NDArray[np.float64]
    """Log-likelihood of each row's letter in each language."""


@cache
def _arabic_script() -> _ArabicScript:
    counts = tables.letter_counts()
    languages = tuple(sorted(counts))
    letters = sorted({letter for table in counts.values() for letter in table})
    seen = np.array([[counts[language].get(letter, 0.0) for language in languages] for letter in letters])
    shares = (1 - _FOREIGN) * seen / seen.sum(axis=0) + _FOREIGN / len(letters)
    rows = np.zeros(_CODES, dtype=np.uint8)
    rows[[ord(letter) for letter in letters]] = range(1, len(letters) + 1)
    return _ArabicScript(languages, rows, np.vstack([np.zeros(len(languages)), np.log(shares)]))


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
