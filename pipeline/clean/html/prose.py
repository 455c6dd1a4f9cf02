"""Tell running text from labels and link items, in any script, without a word list."""

import re
from typing import Final

from pipeline.clean.html.outline import Run

_SENTENCE_END: Final = re.compile(r"[.!?؟…۔。»”\"):：؛](?:\s|$)")
_SENTENCE_ENDS: Final = (".", "!", "?", "؟", "…", "۔", "。")
_CLOSERS: Final = "»”\"' )"

_PROSE_WORDS: Final = 12
"""A run of so many words, mostly outside links, is running text whatever its punctuation."""
_SENTENCE_WORDS: Final = 6
"""A shorter run is, if it ends as a sentence does."""
_LONG_WORDS: Final = 25
"""No title and no caption has more words: such a run is a sentence whatever its end."""
_LONGEST_ITEM: Final = 80


def is_prose(run: Run) -> bool:
    """Tell whether the run reads as running text: many words, or a full sentence, mostly outside links."""
    if run.link_share > 0.5:
        return False
    words = run.text.count(" ") + 1
    return words >= _PROSE_WORDS or (words >= _SENTENCE_WORDS and bool(_SENTENCE_END.search(run.text[-3:])))


def is_sentence(run: Run) -> bool:
    """Tell whether the run is a sentence, not a title or a label: by its end, or by its length."""
    return run.text.count(" ") >= _LONG_WORDS or run.text.rstrip(_CLOSERS).endswith(_SENTENCE_ENDS)


def worth(run: Run) -> float:
    """Return what the run says for (> 0) or against (< 0) the main content being here, in characters of prose.

    Running text counts its characters outside links. A link item counts against by its length, at most 80 characters,
    and 20 for being there. A label counts nothing, a line of four words or more a quarter: verse and lists are such.
    """
    length = len(run.text)
    if run.link_share > 0.5:
        return -20.0 - min(length, _LONGEST_ITEM)
    if is_prose(run):
        return length * (1.0 - run.link_share)
    return length * 0.25 if run.text.count(" ") >= 3 else 0.0
