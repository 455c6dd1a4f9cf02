"""Fold and part a whole text at one stroke, by a table of all letters: five times as fast as word by word."""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.arabic import WORD, fold

_SPACE: Final = ord(" ")
_DROPPED: Final = 0
_ODD: Final = 0xFFFF
"""Stands for what the table can't say: letters beyond the first 65,536 (as two surrogates), and those whose lower case
is two letters or depends on their place."""
_ODD_MARK: Final = chr(_ODD)
_FINAL_SIGMA: Final = ord("Σ")


def fold_words(text: str) -> str | None:
    """Return the words of a text, folded (:func:`pipeline.arabic.fold`), with spaces for everything between them.

    Returns:
        None where the text holds a letter that has to be looked at more closely.
    """
    letters = np.frombuffer(text.encode("utf-16", "surrogatepass"), np.uint16)  # a byte order mark folds to a space
    folded = _table().take(letters).tobytes().decode("utf-16")
    return None if _ODD_MARK in folded else folded.replace("\0", "")


@cache
def _table() -> npt.NDArray[np.uint16]:
    """Return for each letter what it folds to."""
    table = np.full(0x10000, _SPACE, np.uint16)
    surrogates = range(0xD800, 0xE000)
    table[surrogates] = _ODD
    letters = "".join(chr(code) for code in range(0x10000) if code not in surrogates)
    for run in WORD.findall(letters):
        for letter in run:
            folded = fold(letter)
            table[ord(letter)] = ord(folded) if len(folded) == 1 else _ODD if folded else _DROPPED
    table[_FINAL_SIGMA] = _ODD
    return table
