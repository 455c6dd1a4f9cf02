"""Furniture written onto the end of a paragraph, behind its last sentence: "… الأمن. اضف تعليق شارك على فيسبوك"."""

import re
from typing import Final

from pipeline.clean.boundary import SENTENCE_END
from pipeline.clean.furniture import find_phrase
from pipeline.clean.inline import Link
from pipeline.clean.words import folded_words

_LEAST: Final = 20
"""Words of a paragraph from which it may carry something else."""
_MOST: Final = 40
"""Words that may hang on behind the last sentence."""
_REACH: Final = 400
_END_MARK: Final = re.compile(r"\s*[(/\[]+\s*(?:النهاية|انتهى|انتهت|يتبع)\s*[)/\]]+$")
_LONGEST_MARK: Final = 20
_ENDED: Final = re.compile(r"[.؟!?۔](?<!\..)[\"'»”)\]]*(?!\S)")


def find_trailing(text: str) -> Link | None:
    """Return the furniture behind a paragraph's last sentence, or None.

    It begins right behind the last end mark, with a phrase of furniture, and goes on to the end. An agency's name there
    is the paragraph's own.
    """
    if text[-1:] in ")/]" and (mark := _END_MARK.search(text[-_LONGEST_MARK:])):
        start = len(text) - len(mark.group())
        return Link(start, len(text), "an agency's mark of the end", "source-credit") if start else None
    if text.count(" ") < _LEAST or SENTENCE_END.search(text[-3:]):
        return None
    tail = text[-_REACH:]
    ends = [match.end() for match in _ENDED.finditer(tail)]
    rest = tail[ends[-1] :].lstrip() if ends else ""
    if not rest or len(rest.split()) > _MOST:
        return None
    start = len(text) - len(rest)
    words = folded_words(rest)
    for size in range(min(len(words), 6), 0, -1):
        phrase = find_phrase(words[:size], size)
        if phrase is None or phrase.role == "hint" or phrase.kind == "source-credit":
            continue
        if phrase.match == "exact" or len(phrase.words) > 1:
            return Link(start, len(text), f"phrase: {phrase.text}, behind the last sentence", phrase.kind)
    return None
