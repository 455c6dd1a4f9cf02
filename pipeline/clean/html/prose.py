"""Tell running text from labels and link items, in any script, without a word list."""

import re
from typing import Final

_SENTENCE_END: Final = re.compile(r"[.!?؟…۔。»”\"):：؛](?:\s|$)")
_SENTENCE_ENDS: Final = (".", "!", "?", "؟", "…", "۔", "。")
_CLOSERS: Final = "»”\"' )"

_PROSE_WORDS: Final = 12
"""A run of so many words, mostly outside links, is running text whatever its punctuation."""
_SENTENCE_WORDS: Final = 6
"""A shorter run is, if it ends as a sentence does."""
_LONG_WORDS: Final = 26
"""No title and no caption has so many words: such a run is a sentence whatever its end."""
_LINE_WORDS: Final = 4
_LONGEST_ITEM: Final = 80
_DATE_WORDS: Final = 17
_DATE_LENGTH: Final = 120
_YEAR: Final = re.compile(r"[12١٢۱۲](?<!\d\d)(?:(?:(?<=1)9|(?<=2)0)\d\d(?!\d)|(?<=[١٢۱۲])[٠-٩۰-۹]{3}(?![٠-٩۰-۹]))")
"""Begins with a set of digits, so that it is searched for fast."""
_DIGITS: Final = re.compile(r"\d+")


def is_prose(text: str, words: int, link_share: float) -> bool:
    """Tell whether a run of text is running text: many words, or a full sentence, mostly outside links."""
    if link_share > 0.5:
        return False
    return words >= _PROSE_WORDS or (words >= _SENTENCE_WORDS and bool(_SENTENCE_END.search(text[-3:])))


def is_sentence(text: str, words: int) -> bool:
    """Tell whether a run of text is a sentence, not a title or a label: by its end, or by its length."""
    return words >= _LONG_WORDS or text.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def is_date_line(text: str, words: int) -> bool:
    """Tell whether a short line holds a year and another number, as the line under a title does."""
    if words > _DATE_WORDS or len(text) > _DATE_LENGTH:
        return False
    return bool(_YEAR.search(text)) and len(_DIGITS.findall(text)) >= 2


def worth(length: int, words: int, link_share: float, prose: bool) -> float:
    """Return what a run says for (> 0) or against (< 0) the main content being here, in characters of prose.

    Running text counts its characters outside links. A link item counts against by its length, at most 80 characters,
    and 20 for being there. A label counts nothing, a line of four words or more a quarter: verse and lists are such.
    """
    if link_share > 0.5:
        return -20.0 - min(length, _LONGEST_ITEM)
    if prose:
        return length * (1.0 - link_share)
    return length * 0.25 if words >= _LINE_WORDS else 0.0
