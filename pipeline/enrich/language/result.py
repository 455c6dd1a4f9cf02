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

    main: Language
    """The language of most letters, ``und`` where no paragraph can be told; its confidence is the mean over its
    paragraphs, weighted by letters."""
    others: dict[str, float]
    """Share of the article's letters (0 to 1) of every other language found, largest first; ``und`` is left out."""
