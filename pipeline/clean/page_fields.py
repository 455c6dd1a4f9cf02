"""The fields of an HTML page: what the page states first, what its text says where it states nothing."""

from itertools import filterfalse
from typing import Final

from pipeline.clean.byline import is_initials, read_byline
from pipeline.clean.dates import Candidate, is_dateline
from pipeline.clean.decision import Layout
from pipeline.clean.fields import Fields, find_published, read_fields
from pipeline.clean.html import Metadata, Page
from pipeline.clean.names import are_names
from pipeline.clean.outlets import known_outlet
from pipeline.in_step import Steps

_SHORT: Final = 160
"""Characters of a line that may state a date or a writer."""
_REACH: Final = 5
_STATING: Final = ("dateline", "byline", "navigation", "other")


def page_fields(page: Page, layout: Layout) -> Steps[Fields]:
    """Return the fields of a page."""
    stated = page.metadata
    text = yield from read_fields(layout)
    near, above, comments = _around_title(page)
    published_at, precision, inferred = stated.published_at, stated.published_precision, False
    if published_at is None:
        candidates = [Candidate(line, "label") for line in (*stated.date_lines, *near)]
        candidates += [Candidate(line, "header") for line in above if is_dateline(line)]
        candidates += [Candidate(line, "header") for line in stated.header_lines]
        candidates += [Candidate(line, "comment") for line in (*comments, *stated.comment_lines)]
        candidates += [Candidate(stated.url, "url")] if stated.url else []
        candidates += [Candidate(caption, "caption") for caption in stated.captions]
        found = find_published(candidates, layout)
        if found is not None:
            published_at, precision, inferred = found.published_at, found.precision, found.inferred
    return Fields(
        title=stated.title or text.title,
        captions=tuple(dict.fromkeys((*filterfalse(is_initials, stated.captions), *text.captions))),
        published_at=published_at,
        published_precision=precision,
        published_inferred=inferred,
        authors=_authors(stated, near) or text.authors,
        outlet=stated.outlet or text.outlet,
        section=stated.section or text.section,
        tags=stated.tags or text.tags,
    )


def _around_title(page: Page) -> tuple[list[str], list[str], list[str]]:
    """Return short lines outside the content: right below the title, above it, and those of the comments."""
    short = [block for block in page.removed if len(block.text) <= _SHORT]
    title = next((index for index, block in enumerate(short) if block.kind == "title-repeat"), None)
    comments = [block.text for block in short if block.kind == "comments"]
    if title is None:
        return [], [], comments
    near = [block.text for block in short[title + 1 : title + 1 + _REACH] if block.kind in _STATING]
    return near, [block.text for block in short[:title]], comments


def _authors(stated: Metadata, near: list[str]) -> tuple[str, ...]:
    authors = [author for author in stated.authors if author != stated.outlet and not known_outlet(author)]
    for line in () if authors else (*stated.byline_lines, *near):
        byline = read_byline(line, len(line.split()))
        authors += byline.authors if byline else are_names(line) if line in stated.byline_lines else ()
    return tuple(dict.fromkeys(authors))
