"""Decide who wrote the article, by what the page states and by its bylines."""

import re
from typing import Final

from pipeline.arabic import fold
from pipeline.clean.byline import read_byline
from pipeline.clean.dates import find_date
from pipeline.clean.html.around import Around
from pipeline.clean.html.fields import is_placeholder
from pipeline.clean.html.headline import words_of
from pipeline.clean.html.stated import Stated
from pipeline.clean.names import are_names
from pipeline.clean.outlets import known_outlet
from pipeline.clean.words import folded_words, stopwords

_LONGEST: Final = 80
_SEPARATOR: Final = re.compile(r"\s*[,،;؛|/]\s*")
_ADDRESS: Final = re.compile(r"https?://|www\.|@\w", re.IGNORECASE)
_ARABIC_SCRIPT: Final = re.compile("[\u0600-\u06ff]")
_NOT_ARABIC: Final = re.compile("[پچژگڤکیڕڵۆێەڎٹڈڑںےہۀ]")
"""Letters of Persian, Kurdish and Urdu."""
_IN_NAMES: Final = str.maketrans("", "", " -'.\u200c")


def read_authors(stated: Stated, around: Around, outlet: str | None) -> tuple[tuple[str, ...], str]:
    """Return the authors, and the place that states them: the most trusted one that names somebody.

    The outlet itself, addresses and names that content systems fill in (``admin``) are nobody; so is a name that only
    ``<meta name="author">`` states and no reader sees, which is often the site's builder.
    """
    outlets = {fold(name) for _, names in stated.places("outlet") for name in names} | {fold(outlet or "")}

    def may_be(name: str, place: str) -> bool:
        if fold(name) in outlets or is_placeholder("authors", name) or _ADDRESS.search(name) or len(name) > _LONGEST:
            return False
        return place != "meta" or " ".join(words_of(name)) in around.visible_words

    for place, values in stated.places("authors"):
        names = [name for value in values for name in _SEPARATOR.split(value) if name and may_be(name, place)]
        if names:
            return tuple(dict.fromkeys(names)), place
    for line in around.byline_lines:
        byline = read_byline(line, line.count(" ") + 1)
        found = byline.authors if byline else are_names(line) or _shaped(line)
        if names := [name for name in found if may_be(name, "byline") and not known_outlet(name)]:
            return tuple(names), "byline"
    dated = (part for line in around.date_lines for part in _around_date(line))
    for line in (*around.below_title, *dated):
        byline = read_byline(line, line.count(" ") + 1)
        found = byline.authors if byline else are_names(line)
        if names := [name for name in found if may_be(name, "byline") and not known_outlet(name)]:
            return tuple(names), "a line below the title"
    return (), ""


def _around_date(line: str) -> tuple[str, ...]:
    """The line without its date, then what stands before it."""
    date = find_date(line)
    return (line,) if date is None else (f"{line[: date.start]} {line[date.end :]}".strip(), line[: date.start].strip())


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
