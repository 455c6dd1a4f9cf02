"""Weigh what a page states of its article, field by field, into :class:`~pipeline.clean.html.page.Metadata`."""

import re
from functools import cache
from pathlib import Path
from typing import Final

from pipeline.arabic import fold
from pipeline.clean.article import Precision
from pipeline.clean.html.around import Around
from pipeline.clean.html.authors import read_authors
from pipeline.clean.html.dates import read_machine_date
from pipeline.clean.html.fields import is_placeholder
from pipeline.clean.html.headline import Headline, Words, words_of
from pipeline.clean.html.page import Metadata
from pipeline.clean.html.stated import Stated
from pipeline.clean.outlet_notices import in_notice
from pipeline.clean.sections import is_section
from pipeline.clean.words import folded_words
from pipeline.knowledge import read_rows

_OUTLET_WORDS: Final = Path(__file__).parent / "data" / "outlet-words.tsv"
_ADDRESS: Final = re.compile(r"https?://|www\.", re.IGNORECASE)
_LONGEST_NAME: Final = 80
_LONGEST_SECTION: Final = 60
_LONGEST_CRUMB: Final = 40
_FIRST: Final = 6
_MANY: Final = 30
"""More keywords than this are a search engine's bait."""


def weigh(stated: Stated, headline: Headline | None, around: Around) -> Metadata:
    """Return the article's metadata: for each field the most trusted place that states a value which can be true.

    Args:
        stated: Everything the page states.
        headline: The title that was found.
        around: The page around the article.
    """
    outlet, outlet_from = _outlet(stated, headline, around)
    authors, authors_from = read_authors(stated, around, outlet)
    published, precision, published_from = _published(stated)
    section, section_from = _section(stated, headline, outlet)
    tags, tags_from = _tags(stated, outlet, around)
    sources = {
        "title": headline.source if headline else "",
        "authors": authors_from,
        "published_at": published_from,
        "outlet": outlet_from,
        "section": section_from,
        "tags": tags_from,
    }
    return Metadata(
        title=headline.text if headline else None,
        authors=authors,
        byline_lines=around.byline_lines,
        published_at=published,
        published_precision=precision,
        date_lines=around.date_lines,
        header_lines=around.header_lines,
        comment_lines=around.comment_lines,
        url=next((address for _, addresses in stated.places("url") for address in addresses), None),
        outlet=outlet,
        section=section,
        tags=tags,
        captions=around.captions,
        sources={name: source for name, source in sources.items() if source},
    )


def _published(stated: Stated) -> tuple[str | None, Precision | None, str]:
    for place, values in stated.places("published"):
        for value in values:
            found = read_machine_date(value)
            if found is not None:
                return *found, place
    return None, None, ""


def _outlet(stated: Stated, headline: Headline | None, around: Around) -> tuple[str | None, str]:
    for place, values in stated.places("outlet"):
        for value in values:
            named = not is_placeholder("outlet", value) and not _ADDRESS.search(value)
            if named and len(value) <= _LONGEST_NAME:
                return value, place
    if headline is not None and headline.rest:
        imprint = [" ".join(words_of(line)) for line in around.imprint]
        for part in (headline.rest[-1], headline.rest[0]):
            words = words_of(part)
            if _says_outlet(words) or any(" ".join(words) in line for line in imprint) or words in around.own_names:
                return part.strip(), "title"
    owners = (name for line in around.imprint for name in in_notice(line))
    return (owner, "imprint") if (owner := next(owners, None)) else (None, "")


def _section(stated: Stated, headline: Headline | None, outlet: str | None) -> tuple[str | None, str]:
    others = {fold(outlet or ""), fold(headline.text if headline else "")}
    for place, values in stated.places("section"):
        for value in values:
            if fold(value) not in others and not is_placeholder("section", value) and len(value) <= _LONGEST_SECTION:
                return value, place
    for place, values in stated.places("crumbs"):
        trail = [value for value in values if fold(value) not in others and not is_placeholder("crumbs", value)]
        trail = [value for value in trail if len(value) <= _LONGEST_CRUMB]
        if trail:
            return trail[-1], f"breadcrumb, {place}"
    parts = headline.rest if headline is not None and len(headline.rest) > 1 else ()
    named = (part.strip() for part in parts if fold(part) not in others and is_section(folded_words(part)))
    return (section, "title") if (section := next(named, None)) else (None, "")


def _tags(stated: Stated, outlet: str | None, around: Around) -> tuple[tuple[str, ...], str]:
    for place, values in stated.places("tags"):
        if len(values) >= _FIRST and " ".join(words_of(" ".join(values[:_FIRST]))) in around.article_words:
            continue  # the text itself, word by word
        kept = [value.lstrip("#") for value in values if fold(value) != fold(outlet or "") and len(value) <= 60]
        if place == "keywords":
            article = f" {around.article_words} "
            kept = [value for value in kept if f" {' '.join(words_of(value))} " in article]
            if len(values) > _MANY or 2 * len(kept) < len(values):
                continue  # words for search engines, the same on every page
        if kept:
            return tuple(dict.fromkeys(kept)), place
    return (), ""


def _says_outlet(words: Words) -> bool:
    return len(words) <= 5 and any(word in _outlet_words() for word in words)


@cache
def _outlet_words() -> frozenset[str]:
    rows = read_rows(_OUTLET_WORDS, ("language", "words"))
    return frozenset(words_of(word)[0] for row in rows for word in row.many("words"))
