"""What a page yields: its main content as blocks, what structure cut and why, and what the page states of itself."""

from dataclasses import dataclass, field

from pipeline.clean.article import Precision, Removed
from pipeline.clean.block import Block


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page states of its article; a field that nothing states is None or empty, never guessed."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    byline_lines: tuple[str, ...] = ()
    """Bylines as the page shows them ("كتب: …"): for a reader of bylines, where no field states the authors."""
    published_at: str | None = None
    """ISO 8601, cut to its precision, with the zone that the page gives (``2024-03-05T14:20+03:00``)."""
    published_precision: Precision | None = None
    date_lines: tuple[str, ...] = ()
    """Dates as the page shows them by the title: for a reader of dates in words, where no field states one."""
    header_lines: tuple[str, ...] = ()
    """Dates above the title: the issue's on a newspaper's page, but the day of the visit on others."""
    comment_lines: tuple[str, ...] = ()
    """Dates among readers' comments: the article is not younger."""
    url: str | None = None
    """The page's own address (canonical link, ``og:url``)."""
    outlet: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    """Where each stated field was found: ``{"title": "h1, og:title", "published_at": "json-ld"}``."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page taken apart by its structure; the rules about text come after."""

    blocks: tuple[Block, ...]
    """The main content in reading order, without the title, the byline, the date line and the captions."""
    removed: tuple[Removed, ...]
    """Every other block of visible text, in reading order, with its kind and the reason that cut it."""
    metadata: Metadata
    reason: str
    """Why this part of the page is the main content, for ``fihrist inspect``."""
