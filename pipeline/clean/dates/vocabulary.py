"""Names of months and days, and the words around dates, as regular expressions over normalised text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.arabic import MARKS, TATWEEL
from pipeline.clean.dates.span import Calendar
from pipeline.knowledge import read_rows

DATA = Path(__file__).parent / "data"
KINDS = (
    "am", "pm", "ce", "ah", "sh", "hour", "between", "utc", "published", "updated", "today",
    "ago-before", "ago-after", "unit", "furniture",
)  # fmt: skip
_CALENDARS: dict[str, Calendar] = {
    "gregorian": "gregorian", "hijri": "hijri", "jalali": "jalali", "kurdish": "kurdish",
}  # fmt: skip

WORD = re.compile(r"[^\W\d_]+")
_DROPPED_MARKS = f"{MARKS}{TATWEEL}\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_DROPPED = re.compile(f"[{_DROPPED_MARKS}]")
_SPELLINGS = {
    **dict(zip("أإآٱىیېےئۀەہھکڪؤ\u00a0\u202f", "اااايييييههههككو  ", strict=True)),
    **{chr(0x0660 + digit): str(digit) for digit in range(10)},
    **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    "İ": "i", "I": "i", "ة": "ه",
}  # fmt: skip
_CHANGED = re.compile(f"[{_DROPPED_MARKS}{''.join(_SPELLINGS)}]")


def normalise(text: str) -> str:
    """Return the text as the expressions below see it: one spelling, lower case, ASCII digits, no marks."""
    spelled = _CHANGED.sub(_spelling, text)
    lowered = spelled.lower()
    return lowered if len(lowered) == len(spelled) else spelled


def _spelling(found: re.Match[str]) -> str:
    return _SPELLINGS.get(found[0], "")


def kept_places(text: str) -> list[int]:
    """Return where the characters of the normalised text stand in the text."""
    places = list(range(len(text)))
    for dropped in _DROPPED.finditer(text):
        places[dropped.start()] = -1
    return [place for place in places if place >= 0]


@dataclass(frozen=True, slots=True)
class Month:
    """What a month's name may mean."""

    calendar: Calendar
    number: int
    needs_day: bool


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The data files of this package."""

    months: dict[str, Month]
    weekdays: dict[str, int]
    words: dict[str, tuple[str, ...]]
    """Kind → its words and phrases."""
    known: frozenset[str]
    """Every single word that occurs in any of them."""
    in_months: frozenset[str]
    """Every single word of a month's name."""
    in_ago: frozenset[str]
    """Every single word that makes a time relative."""
    in_units: frozenset[str]
    """Every single word for a stretch of time."""


def alternatives(names: Iterable[str]) -> str:
    """Return an expression that matches any of the names as whole words, the longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(r"\s{1,3}".join(map(re.escape, name.split())) for name in ordered)


@cache
def vocabulary() -> Vocabulary:
    """Load the data files once.

    Raises:
        KnowledgeError: a data file holds a bad row.
    """
    months: dict[str, Month] = {}
    for row in read_rows(DATA / "months.tsv", ("calendar", "month", "language", "needs", "names")):
        if row["calendar"] not in _CALENDARS or row["month"] not in map(str, range(1, 13)) or not row.many("names"):
            raise row.error("expected a calendar, a month from 1 to 12 and its names")
        if row["needs"] not in ("", "day"):
            raise row.error("'needs' is empty or 'day'")
        for name in row.many("names"):
            month = Month(_CALENDARS[row["calendar"]], int(row["month"]), row["needs"] == "day")
            if months.setdefault(normalise(name), month) != month:
                raise row.error(f"'{name}' already means another month")
    weekdays: dict[str, int] = {}
    for row in read_rows(DATA / "weekdays.tsv", ("weekday", "language", "names")):
        if row["weekday"] not in map(str, range(7)):
            raise row.error("a weekday is 0 (Monday) to 6")
        for name in row.many("names"):
            if weekdays.setdefault(normalise(name), int(row["weekday"])) != int(row["weekday"]):
                raise row.error(f"'{name}' already means another day")
    words: dict[str, tuple[str, ...]] = {}
    for row in read_rows(DATA / "words.tsv", ("kind", "words")):
        if row["kind"] not in KINDS or row["kind"] in words:
            raise row.error(f"expected each kind once, of {', '.join(KINDS)}")
        words[row["kind"]] = tuple(dict.fromkeys(normalise(word) for word in row.many("words")))
    if missing := set(KINDS) - set(words):
        raise row.error(f"no row for {', '.join(sorted(missing))}")
    return Vocabulary(
        months,
        weekdays,
        words,
        known=_parts(months, weekdays, *words.values()),
        in_months=_parts(months),
        in_ago=_parts(words["ago-before"], words["ago-after"]),
        in_units=_parts(words["unit"]),
    )


def _parts(*groups: Iterable[str]) -> frozenset[str]:
    return frozenset(part for group in groups for phrase in group for part in WORD.findall(phrase))
