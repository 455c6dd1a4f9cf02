"""What language detection answers."""

from dataclasses import dataclass

UNDETERMINED = "und"
"""ISO 639-2 code of a language that can't be told."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language and how sure the detector is of it."""

    code: str
    """ISO 639-1, ISO 639-3 where there is none (``ckb``), or ``und``."""
    confidence: float
    """Estimated probability that the code is right, 0 to 1, to four places; of ``und``: of the best guess, or 0."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages of an article, by its paragraphs."""

    code: str
    """The main language: that of most letters; ``und`` where no paragraph can be told."""
    confidence: float
    """Mean confidence of the main language's paragraphs, weighted by letters, to four places."""
    shares: dict[str, float]
    """Share of the article's letters by language (``und`` for paragraphs that can't be told), largest first; sums to 1
    but for rounding, empty where there are no letters."""
