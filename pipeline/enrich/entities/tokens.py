"""Words with their places in the text, and the readings that clitics give them.

Arabic writes "and", "so", "by", "to" and "like" (و ف ب ل ك) in one piece with the next word. Which letters are such a
clitic only a dictionary can say (وليد is a man, وليبيا is "and Libya"), so a word offers all its possible stems.
"""

import re
from collections.abc import Iterable
from itertools import accumulate, repeat
from typing import NamedTuple

from pipeline.arabic import MARKS, TATWEEL, WORD, fold
from pipeline.memory import remembered

_TOKEN = re.compile(rf"({WORD.pattern}|[^\w\s])")
_MARK = re.compile(f"[{MARKS}{TATWEEL}]")
_CLITICS = tuple("وفبلك")
_SHORTEST_STEM = 2
_DOT_ABOVE = "\u0307"


class Stem(NamedTuple):
    """A reading of a word: what is left behind the clitics."""

    offset: int
    """Characters of the written word before the stem."""
    folded: str


class Token(NamedTuple):
    """A word or a punctuation mark of a text."""

    text: str
    """As written."""
    start: int
    """Offset of the first character in the text, in characters."""
    end: int
    stems: tuple[Stem, ...]
    """The whole word first, then its readings without clitics, longest first."""
    folded: str
    """The whole word as matching sees it (:func:`pipeline.arabic.fold`)."""


class Tokens(list[Token]):
    """The tokens of a text, with columns of what is asked of all: to look at each takes three times as long.

    Args:
        tokens: The tokens, which must not change.
        texts: Each token's :attr:`Token.text`.
        folded: Each token's :attr:`Token.folded`.
    """

    def __init__(self, tokens: Iterable[Token], texts: list[str], folded: list[str]) -> None:
        super().__init__(tokens)
        self.texts = texts
        self.folded = folded


def tokenize(text: str) -> Tokens:
    """Return the words and punctuation marks of a text, in order; ``text[start:end] == token.text`` for each."""
    parts = _TOKEN.split(text)  # what stands between two tokens, a token, and so on
    bounds = list(accumulate(map(len, parts)))
    words = parts[1::2]
    stems = list(map(stems_of, words))
    folded = [found[0][1] for found in stems]
    fields = zip(words, bounds[::2], bounds[1::2], stems, folded, strict=False)
    return Tokens(map(tuple.__new__, repeat(Token), fields), words, folded)  # a third of what Token(…) for each takes


def folded_words(tokens: Tokens) -> list[str]:
    """Return the folded words of a tokenized text, without punctuation: the words of the folded text."""
    words = [word for word in tokens.folded if word[:1].isalnum() or word[:1] == "_"]
    # Only İ folds to more than one character, the second of which is no letter.
    text = " ".join(words)
    return WORD.findall(text) if _DOT_ABOVE in text else words


def endings(stems: Iterable[str]) -> tuple[str, ...]:
    """Return what a folded word ends with if it has one of these stems; most words are passed over at this."""
    return tuple({stem.removeprefix("ال") for stem in stems if " " not in stem})


@remembered(1 << 17)
def stems_of(written: str) -> tuple[Stem, ...]:
    """Return the possible stems of a word: ``ولبنان`` → ``ولبنان``, ``لبنان``, ``بنان``; ``للأمم`` → …, ``الأمم``."""
    folded = fold(written)
    if folded == written:
        folded = written  # one string in memory, not two
    whole = Stem(0, folded)
    if not folded.startswith(_CLITICS):
        return (whole,)
    return whole, *(Stem(_offset(written, clitics), stem) for clitics, stem in _split(folded))


def _split(folded: str) -> list[tuple[int, str]]:
    """Return (letters of clitics, folded stem) for each way to take clitics off."""
    found = []
    starts = [0]
    if folded[:1] in ("و", "ف") and len(folded) > _SHORTEST_STEM:
        found.append((1, folded[1:]))
        starts.append(1)
    for start in starts:
        rest = folded[start:]
        if rest[:1] in ("ب", "ل", "ك") and len(rest) > _SHORTEST_STEM:
            found.append((start + 1, rest[1:]))
            if rest.startswith("لل") and len(rest) > _SHORTEST_STEM + 1:
                # The article loses its alef after ل: للأمم is ل + الأمم.
                found.append((start + 2, "ال" + rest[2:]))
    return found


def _offset(written: str, letters: int) -> int:
    """Return how many characters of the written word its first letters take, with the marks that follow them."""
    if not _MARK.search(written):
        return letters
    position = 0
    while letters or (position < len(written) and _MARK.match(written, position)):
        if not _MARK.match(written, position):
            letters -= 1
        position += 1
    return position
