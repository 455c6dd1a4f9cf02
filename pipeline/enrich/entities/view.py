"""What the rules see: the tokens of a field, what the word lists say of each, and the names already known there."""

import numpy as np

from pipeline.enrich.entities.gazetteer import QUOTES
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.entities.words import STARTS_RULE, TRAITS, Traits, traits


class View:
    """Tokens with easy questions; every position past the end is an empty word.

    Args:
        tokens: Tokens of one field.
        known: Spans of known names, left to right.
    """

    def __init__(self, tokens: Tokens, known: list[Span]) -> None:
        self.tokens = tokens
        self.known: dict[int, Span] = {span.first: span for span in known}
        self._words: list[Traits] = tokens.values(TRAITS).tolist()
        self._texts, self._folded, self._count = tokens.texts, tokens.folded, len(tokens)
        self._end = traits("")

    def __len__(self) -> int:
        return self._count

    def openings(self) -> list[int]:
        """Return the positions at which a rule for unseen names may begin."""
        openings: list[int] = np.flatnonzero(self.tokens.values(STARTS_RULE)).tolist()
        return openings

    def word(self, position: int) -> Traits:
        """Return what the lists say of the token here."""
        return self._words[position] if position < self._count else self._end

    def folded(self, position: int) -> str:
        """Return the token here as matching sees it."""
        return self._folded[position] if position < self._count else ""

    def text(self, position: int) -> str:
        """Return the token here as it is written."""
        return self._texts[position] if position < self._count else ""

    def adjacent(self, position: int) -> bool:
        """Whether only a space or a line end stands between this token and the one before it."""
        return 0 < position < self._count and self.tokens.starts[position] - self.tokens.ends[position - 1] <= 1

    def skip_quotes(self, position: int) -> int:
        """Return the position behind an opening quotation mark, if one stands here."""
        return position + 1 if position < self._count and self._texts[position] in QUOTES else position
