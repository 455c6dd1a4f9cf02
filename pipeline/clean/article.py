"""What cleaning yields: the article without its furniture, and a record of everything that was cut or mended."""

from dataclasses import dataclass
from typing import Literal, get_args

Precision = Literal["minute", "day", "month", "year"]

RemovedKind = Literal[
    "comments", "donation", "subscription", "share", "widget", "related", "caption", "tags", "copyright",
    "navigation", "ad", "cookie", "counter", "source-credit", "byline", "dateline", "title-repeat", "other",
]  # fmt: skip
REMOVED_KINDS: tuple[str, ...] = get_args(RemovedKind)


@dataclass(slots=True)
class Removed:
    """A span that was cut, why, and where it stood; not frozen because a page has hundreds (see ``Block``)."""

    kind: RemovedKind
    text: str
    """The span as it stood in the decoded file (for HTML: its text)."""
    reason: str
    """The rule or score that decided, e.g. ``phrase: comments widget`` or ``score 0.08: link list after the end``."""
    start: int | None = None
    """Offset in characters into the decoded file; None where the file is HTML."""
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A change made to text that stays."""

    kind: str
    """``glued-words``, ``mojibake``, ``presentation-forms``, ``tatweel``, ``invisible``, ``entity`` …"""
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article as a careful reader would copy it out."""

    title: str | None
    title_inferred: bool
    body: str
    """Paragraphs separated by ``\\n``; vowel marks kept as written."""
    captions: tuple[str, ...]
    published_at: str | None
    """ISO 8601 as the file states it, without a zone unless the file gives one, cut to its precision (``2018-10``)."""
    published_precision: Precision | None
    published_inferred: bool
    """Whether a part of the date (mostly the year) was worked out."""
    authors: tuple[str, ...]
    outlet: str | None
    section: str | None
    tags: tuple[str, ...]
    removed: tuple[Removed, ...]
    repairs: tuple[Repair, ...]
