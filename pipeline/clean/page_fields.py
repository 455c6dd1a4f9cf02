"""The fields of an HTML page: what the page states first, what its text says where it states nothing."""

from pipeline.clean.byline import read_byline
from pipeline.clean.dates import Candidate, choose_published
from pipeline.clean.decide import Layout
from pipeline.clean.fields import Fields, date_candidates, read_fields
from pipeline.clean.html import Metadata, Page
from pipeline.clean.names import are_names
from pipeline.clean.outlets import known_outlet


def page_fields(page: Page, layout: Layout) -> Fields:
    """Return the fields of a page."""
    stated = page.metadata
    text = read_fields(layout)
    published_at, precision, inferred = stated.published_at, stated.published_precision, False
    if published_at is None:
        lines = [Candidate(line, "label") for line in stated.date_lines]
        captions = [Candidate(caption, "caption") for caption in stated.captions]
        found = choose_published([*lines, *captions, *date_candidates(layout)])
        if found is not None:
            published_at, precision, inferred = found.published_at, found.precision, found.inferred
    return Fields(
        title=stated.title or text.title,
        captions=tuple(dict.fromkeys((*stated.captions, *text.captions))),
        published_at=published_at,
        published_precision=precision,
        published_inferred=inferred,
        authors=_authors(stated) or text.authors,
        outlet=stated.outlet or text.outlet,
        section=stated.section or text.section,
        tags=stated.tags or text.tags,
    )


def _authors(stated: Metadata) -> tuple[str, ...]:
    authors = [author for author in stated.authors if author != stated.outlet and not known_outlet(author)]
    if not authors:
        for line in stated.byline_lines:
            byline = read_byline(line, len(line.split()))
            authors += byline.authors if byline else are_names(line)
    return tuple(dict.fromkeys(authors))
