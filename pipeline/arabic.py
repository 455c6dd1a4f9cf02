"""The Arabic script as every stage sees it: marks, letters that are written in several ways, digits, words."""

import re

MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
"""Vowel marks (tashkeel) and Quranic signs, as the inside of a regular expression's character class."""

TATWEEL = "\u0640"

_MARKS_AND_TATWEEL = re.compile(f"[{MARKS}{TATWEEL}]+")
_SPELLINGS = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
    "ى": "ي", "ئ": "ي", "ی": "ي", "ې": "ي", "ے": "ي",
    "ؤ": "و", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه",
    "ک": "ك", "ڪ": "ك",
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
}  # fmt: skip
_FOLDED = re.compile(f"[{MARKS}{TATWEEL}{''.join(_SPELLINGS)}]")
"""What :func:`fold` changes: searched for, because ``str.translate`` looks every single character up."""

WORD = re.compile(rf"[\w{MARKS}{TATWEEL}]+")
"""A run of letters, digits and marks, in any script."""


def strip_marks(text: str) -> str:
    """Return the text without vowel marks and tatweel."""
    return _MARKS_AND_TATWEEL.sub("", text)


def fold(text: str) -> str:
    """Return the text as matching sees it: no marks, one spelling of alef, yeh, heh and kaf, ASCII digits, lower case.

    ``fold`` shortens text only by removing marks and tatweel, never by joining words, so a folded text has the same
    words in the same order.
    """
    return _FOLDED.sub(_folded, text).lower()


def _folded(found: re.Match[str]) -> str:
    return _SPELLINGS.get(found[0], "")
