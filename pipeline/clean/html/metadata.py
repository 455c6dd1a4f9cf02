"""Weigh what a page states of its article, field by field, into :class:`~pipeline.clean.html.page.Metadata`."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.arabic import fold
from pipeline.clean.article import Precision
from pipeline.clean.html.dates import read_machine_date
from pipeline.clean.html.fields import is_placeholder
from pipeline.clean.html.headline import Headline, words_of
from pipeline.clean.html.page import Metadata
from pipeline.clean.html.stated import Stated
from pipeline.knowledge import read_rows

_OUTLET_WORDS: Final = Path(__file__).parent / "data" / "outlet-words.tsv"
_ADDRESS: Final = re.compile(r"https?://|www\.|@\w", re.IGNORECASE)
_NAMES: Final = re.compile(r"\s*[,،;؛|/]\s*")
_MANY: Final = 30
"""More keywords than this are a search engine's bait."""


def weigh(
    stated: Stated,
    headline: Headline | None,
    visible: str,
    date_lines: Iterable[str],
    byline_lines: Iterable[str],
    captions: Iterable[str],
    root: Any,
) -> Metadata:
    """Return the article's metadata: for each field the most trusted place that states a value which can be true.

    Args:
        stated: Everything the page states.
        headline: The title that was found.
        visible: The words of the page's text, folded: keywords and meta authors must occur in it.
        date_lines: Dates as the page shows them.
        byline_lines: Bylines as the page shows them.
        captions: Captions in the order of the page.
        root: The page's tree, for the names that its images carry.
    """
    sources: dict[str, str] = {}

    def note(name: str, place: str) -> None:
        sources[name] = place

    if headline is not None:
        note("title", headline.source)
    outlet = _outlet(stated, headline, root, note)
    published, precision = _published(stated, note)
    return Metadata(
        title=headline.text if headline else None,
        authors=_authors(stated, outlet, visible, note),
        byline_lines=tuple(dict.fromkeys(byline_lines)),
        published_at=published,
        published_precision=precision,
        date_lines=tuple(dict.fromkeys(date_lines)),
        outlet=outlet,
        section=_section(stated, headline, outlet, note),
        tags=_tags(stated, outlet, visible, note),
        captions=tuple(dict.fromkeys(captions)),
        sources=sources,
    )


def _published(stated: Stated, note: Any) -> tuple[str | None, Precision | None]:
    for place, values in stated.places("published"):
        for value in values:
            found = read_machine_date(value)
            if found is not None:
                note("published_at", place)
                return found
    return None, None


def _authors(stated: Stated, outlet: str | None, visible: str, note: Any) -> tuple[str, ...]:
    outlets = {fold(name) for _, names in stated.places("outlet") for name in names} | {fold(outlet or "")}
    for place, values in stated.places("authors"):
        names = [name for value in values for name in _NAMES.split(value) if name]
        kept = [
            name
            for name in names
            if fold(name) not in outlets
            and not is_placeholder("authors", name)
            and not _ADDRESS.search(name)
            and len(name) <= 80
            and (place != "meta" or " ".join(words_of(name)) in visible)
        ]
        if kept:
            note("authors", place)
            return tuple(dict.fromkeys(kept))
    return ()


def _outlet(stated: Stated, headline: Headline | None, root: Any, note: Any) -> str | None:
    for place, values in stated.places("outlet"):
        for value in values:
            if not is_placeholder("outlet", value) and not _ADDRESS.search(value) and len(value) <= 80:
                note("outlet", place)
                return value
    if headline is not None and headline.rest:
        named = {words_of(image.get("alt") or image.get("title") or "") for image in root.iter("img")}
        for part in (headline.rest[-1], headline.rest[0]):
            if words_of(part) in named or _says_outlet(part):
                note("outlet", "title")
                return part.strip()
    return None


def _section(stated: Stated, headline: Headline | None, outlet: str | None, note: Any) -> str | None:
    not_sections = {fold(outlet or ""), fold(headline.text if headline else "")}
    for place, values in stated.places("section"):
        for value in values:
            if fold(value) not in not_sections and not is_placeholder("section", value) and len(value) <= 60:
                note("section", place)
                return value
    for place, values in stated.places("crumbs"):
        trail = [
            value
            for value in values
            if not is_placeholder("crumbs", value) and fold(value) not in not_sections and len(value) <= 40
        ]
        if trail:
            note("section", f"breadcrumb, {place}")
            return trail[-1]
    return None


def _tags(stated: Stated, outlet: str | None, visible: str, note: Any) -> tuple[str, ...]:
    for place, values in stated.places("tags"):
        if " ".join(words_of(" ".join(values[:6]))) in visible and len(values) >= 6:
            continue  # the text itself, word by word
        kept = [value.lstrip("#") for value in values if fold(value) != fold(outlet or "") and len(value) <= 60]
        if place in ("keywords", "json-ld"):
            if len(values) > _MANY:
                continue
            kept = [value for value in kept if f" {' '.join(words_of(value))} " in f" {visible} "]
        if kept:
            note("tags", place)
            return tuple(dict.fromkeys(kept))
    return ()


def _says_outlet(part: str) -> bool:
    words = words_of(part)
    return len(words) <= 5 and any(word in _outlet_words() for word in words)


@cache
def _outlet_words() -> frozenset[str]:
    rows = read_rows(_OUTLET_WORDS, ("language", "words"))
    return frozenset(words_of(word)[0] for row in rows for word in row.many("words"))
