"""Weigh what a page states of its article, field by field, into :class:`~pipeline.clean.html.page.Metadata`."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, Final

from pipeline.arabic import fold
from pipeline.clean.article import Precision
from pipeline.clean.byline import read_byline
from pipeline.clean.html.dates import read_machine_date
from pipeline.clean.html.fields import is_placeholder
from pipeline.clean.html.headline import Headline, words_of
from pipeline.clean.html.page import Metadata
from pipeline.clean.html.stated import Stated
from pipeline.clean.names import are_names
from pipeline.clean.outlets import known_outlet
from pipeline.clean.words import folded_words, stopwords
from pipeline.knowledge import read_rows

_OUTLET_WORDS: Final = Path(__file__).parent / "data" / "outlet-words.tsv"
_ADDRESS: Final = re.compile(r"https?://|www\.|@\w", re.IGNORECASE)
_NAMES: Final = re.compile(r"\s*[,،;؛|/]\s*")
_ARABIC_SCRIPT: Final = re.compile("[\u0600-\u06ff]")
_NOT_ARABIC: Final = re.compile("[پچژگڤکیڕڵۆێەڎٹڈڑںےہۀ]")
"""Letters of Persian, Kurdish and Urdu."""
_IN_NAMES: Final = str.maketrans("", "", " -'.\u200c")
_HOMES: Final = frozenset(
    ("/", "./", "index.html", "index.php", "index.asp", "Default.aspx", "default.aspx", "index.htm")
)
_MANY: Final = 30
"""More keywords than this are a search engine's bait."""


def weigh(
    stated: Stated,
    headline: Headline | None,
    visible: Callable[[], str],
    article: str,
    date_lines: Iterable[str],
    header_lines: Iterable[str],
    comment_lines: Iterable[str],
    byline_lines: Iterable[str],
    captions: Iterable[str],
    imprint: Iterable[str],
    root: Any,
) -> Metadata:
    """Return the article's metadata: for each field the most trusted place that states a value which can be true.

    Args:
        stated: Everything the page states.
        headline: The title that was found.
        visible: Gives the words of the page's text, folded: authors that only ``<meta>`` states must occur in it.
        article: The words of the title and the main content, folded: keywords must occur in it.
        date_lines: Dates as the page shows them by the title.
        header_lines: Dates above the title.
        comment_lines: Dates in the comments.
        byline_lines: Bylines as the page shows them.
        captions: Captions in the order of the page.
        imprint: The page's copyright lines: a part of ``<title>`` that they name is the outlet.
        root: The page's tree, for the names that its images carry.
    """
    sources: dict[str, str] = {}

    def note(name: str, place: str) -> None:
        sources[name] = place

    if headline is not None:
        note("title", headline.source)
    outlet = _outlet(stated, headline, imprint, root, note)
    bylines = tuple(dict.fromkeys(byline_lines))
    published, precision = _published(stated, note)
    return Metadata(
        title=headline.text if headline else None,
        authors=_authors(stated, outlet, visible, bylines, note),
        byline_lines=bylines,
        published_at=published,
        published_precision=precision,
        date_lines=tuple(dict.fromkeys(date_lines)),
        header_lines=tuple(dict.fromkeys(header_lines)),
        comment_lines=tuple(dict.fromkeys(comment_lines)),
        url=next((address for _, addresses in stated.places("url") for address in addresses), None),
        outlet=outlet,
        section=_section(stated, headline, outlet, note),
        tags=_tags(stated, outlet, article, note),
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


def _authors(
    stated: Stated, outlet: str | None, visible: Callable[[], str], byline_lines: tuple[str, ...], note: Any
) -> tuple[str, ...]:
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
            and (place != "meta" or " ".join(words_of(name)) in visible())
        ]
        if kept:
            note("authors", place)
            return tuple(dict.fromkeys(kept))
    for line in byline_lines:
        byline = read_byline(line, line.count(" ") + 1)
        found = byline.authors if byline else are_names(line) or _shaped(line)
        if found and not any(fold(name) in outlets or known_outlet(name) for name in found):
            note("authors", "byline")
            return found
    return ()


def _shaped(line: str) -> tuple[str, ...]:
    """A byline's text that is known for no name but has the shape of one: two to four words, none a function word.

    In Arabic, where places have that shape too (رام الله), a family name with ال at its end is asked for.
    """
    words = folded_words(line)
    if not 2 <= len(words) <= 4 or not line.translate(_IN_NAMES).isalpha():
        return ()
    if any(word in stopwords() for word in words):
        return ()
    if not _ARABIC_SCRIPT.search(line):
        return (line,) if all(part[0].isupper() for part in line.split()) else ()
    return (line,) if _NOT_ARABIC.search(line) else are_names(line, sure=False)


def _outlet(stated: Stated, headline: Headline | None, imprint: Iterable[str], root: Any, note: Any) -> str | None:
    for place, values in stated.places("outlet"):
        for value in values:
            if not is_placeholder("outlet", value) and not _ADDRESS.search(value) and len(value) <= 80:
                note("outlet", place)
                return value
    if headline is not None and headline.rest:
        named = {words_of(image.get("alt") or image.get("title") or "") for image in root.iter("img")}
        named |= {words_of("".join(link.itertext())) for link in root.iter("a") if link.get("href") in _HOMES}
        for part in (headline.rest[-1], headline.rest[0]):
            signed = any(" ".join(words_of(part)) in " ".join(words_of(line)) for line in imprint)
            if words_of(part) in named or signed or _says_outlet(part):
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


def _tags(stated: Stated, outlet: str | None, article: str, note: Any) -> tuple[str, ...]:
    for place, values in stated.places("tags"):
        if " ".join(words_of(" ".join(values[:6]))) in article and len(values) >= 6:
            continue  # the text itself, word by word
        kept = [value.lstrip("#") for value in values if fold(value) != fold(outlet or "") and len(value) <= 60]
        if place == "keywords":
            kept = [value for value in kept if f" {' '.join(words_of(value))} " in f" {article} "]
            if len(values) > _MANY or 2 * len(kept) < len(values):
                continue  # words for search engines, the same on every page
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
