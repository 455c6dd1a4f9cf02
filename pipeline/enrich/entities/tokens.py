"""Words with their places in the text, and the readings that clitics give them.

Arabic writes "and", "so", "by", "to" and "like" (و ف ب ل ك) in one piece with the next word. Which letters are such a
clitic only a dictionary can say (وليد is a man, وليبيا is "and Libya"), so a word offers all its possible stems.
"""

import re
from collections.abc import Collection, Sequence
from itertools import accumulate, chain, compress
from typing import NamedTuple, overload

import numpy as np

from pipeline.arabic import MARKS, TATWEEL, WORD, fold
from pipeline.enrich.entities.vocabulary import Column, Numbers, Values, Vocabulary, vocabulary
from pipeline.memory import remembered

_TOKEN = re.compile(rf"({WORD.pattern}|[^\w\s])")
_MARK = re.compile(f"[{MARKS}{TATWEEL}]")
_CLITICS = tuple("وفبلك")
_CHAINS = tuple(f"{first}{second}" for first in ("", "و", "ف") for second in ("", "ب", "ل", "ك"))
_SWALLOWING = ("لل", "ولل", "فلل")
"""Clitics that take the article's alef."""
_SHORTEST_STEM = 2
_DOT_ABOVE = "\u0307"
_MARK_OF_PUNCTUATION, _WORD, _DOTTED = range(3)
"""Kinds of tokens; only İ folds to more than one character, the second of which is no letter."""


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


class Tokens(Sequence[Token]):
    """The tokens of a text, in columns; a token by itself is made when it is asked for, which takes longer.

    Args:
        texts: Each token's :attr:`Token.text`.
        bounds: Where the first token begins and ends in the text, the second, and so on.
        stems: Each token's :attr:`Token.stems`.
        folded: Each token's :attr:`Token.folded`.
        words: The vocabulary that has the words.
        numbers: Each token's number in it.
    """

    def __init__(
        self,
        texts: list[str],
        bounds: list[int],
        stems: list[tuple[Stem, ...]],
        folded: list[str],
        words: Vocabulary,
        numbers: Numbers,
    ) -> None:
        self.texts = texts
        self.starts = bounds[::2]
        self.ends = bounds[1::2]
        self.stems = stems
        self.folded = folded
        self._words = words
        self._numbers = numbers

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        return Token(self.texts[place], self.starts[place], self.ends[place], self.stems[place], self.folded[place])

    def values(self, column: Column) -> Values:
        """Return what is known of each token's word."""
        known: Values = self._words.values(column)[self._numbers]
        return known

    def numbers(self, words: Vocabulary) -> Numbers:
        """Return the numbers of the tokens in a vocabulary."""
        return self._numbers if words is self._words else words.numbers(self.texts)


def tokenize(text: str) -> Tokens:
    """Return the words and punctuation marks of a text, in order; ``text[start:end] == token.text`` for each."""
    return tokenize_all([text])[0]


def tokenize_all(texts: Sequence[str]) -> list[Tokens]:
    """Return what :func:`tokenize` says of each text; many at once take less time."""
    words = vocabulary()
    parts = [_TOKEN.split(text) for text in texts]  # what stands between two tokens, a token, and so on
    written = [split[1::2] for split in parts]
    numbers = words.numbers(chain.from_iterable(written))
    stems, folded = (words.values(column)[numbers].tolist() for column in (_STEMS, _FOLDED))
    tokens = []
    start = 0
    for split, own in zip(parts, written, strict=True):
        here = slice(start, start + len(own))
        start = here.stop
        bounds = list(accumulate(map(len, split[:-1])))
        tokens.append(Tokens(own, bounds, stems[here], folded[here], words, numbers[here]))
    return tokens


def folded_words(tokens: Tokens) -> list[str]:
    """Return the folded words of a tokenized text, without punctuation: the words of the folded text."""
    kinds = tokens.values(_KINDS)
    words = list(compress(tokens.folded, kinds.tolist()))
    return WORD.findall(" ".join(words)) if _DOTTED in kinds else words


def _kind(written: str) -> int:
    folded = stems_of(written)[0].folded
    if not (folded[:1].isalnum() or folded[:1] == "_"):
        return _MARK_OF_PUNCTUATION
    return _DOTTED if _DOT_ABOVE in folded else _WORD


def with_clitics(stems: Collection[str]) -> set[str]:
    """Return the folded words that may have one of these stems: all others are passed over at this."""
    found = {f"{clitics}{stem}" for stem in stems for clitics in _CHAINS}
    found.update(f"{clitics}{stem[2:]}" for stem in stems if stem.startswith("ال") for clitics in _SWALLOWING)
    return found


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


_STEMS = Column.of(stems_of)
_FOLDED = Column.of(lambda written: stems_of(written)[0].folded)
_KINDS = Column.of(_kind, np.int8)
