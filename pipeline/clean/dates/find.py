"""Find the dates of a line."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache

from pipeline.clean.dates.around import furnish, is_whole, labels
from pipeline.clean.dates.calendars import gregorian
from pipeline.clean.dates.patterns import patterns
from pipeline.clean.dates.span import Calendar, DateSpan
from pipeline.clean.dates.vocabulary import WORD, Month, kept_places, normalise, vocabulary

_SHORT = 200
_REMEMBERED = 400
_LONGEST = 100
"""Characters: no month's name stands farther before its year."""
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d(?<!\d\d)\d{3}(?!\d)")
_YEARS = range(1800, 2101)
_SOLAR_HIJRI = range(1300, 1411)
_LUNAR_HIJRI = range(1343, 1501)
_KURDISH = range(2600, 2801)


def find_dates(line: str) -> list[DateSpan]:
    """Return the dates and relative times of a line, in its order.

    A date has at least a month with a day or a year; a year alone is none, nor is a day that doesn't exist. Where no
    year is stated, ``year`` is None. Relative times without a figure ("قبل يومين") count in short lines only: prose is
    full of them.
    """
    if len(line) > _SHORT and _DIGIT.search(line) is None:
        return []
    return list(_remembered(line) if len(line) <= _REMEMBERED else _find(line))


@lru_cache(8192)
def _remembered(line: str) -> tuple[DateSpan, ...]:
    """Lines of menus and datelines come again and again, and several readers ask about each line."""
    return _find(line)


def _find(line: str) -> tuple[DateSpan, ...]:
    text = normalise(line)
    bare = _matches(text)
    if not bare:
        return ()
    edges = [0, *(span.end for span in bare)], [*(span.start for span in bare), len(text)]
    spans = [furnish(text, span, edges[0][at], edges[1][at + 1]) for at, span in enumerate(bare)]
    whole = is_whole(text, spans)
    spans = [replace(span, whole=whole, label=label) for span, label in zip(spans, labels(text, spans), strict=True)]
    if len(text) < len(line):
        places = kept_places(line)
        spans = [replace(span, start=places[span.start], end=places[span.end - 1] + 1) for span in spans]
    return tuple(spans)


def find_date(line: str) -> DateSpan | None:
    """Return the date that a line states, or None.

    Of several the fullest counts: with a year before without, Gregorian before converted, to the minute before to the
    day; published before updated; the first of equals. A relative time is returned only when there is nothing else.
    """
    return max(find_dates(line), key=_fullness, default=None)


def is_dateline(text: str) -> bool:
    """Say whether a line holds only a date, a time, a relative time, and what commonly stands around them."""
    return any(span.whole for span in find_dates(text))


def _fullness(span: DateSpan) -> tuple[bool, bool, bool, bool, bool, int]:
    return (
        not span.relative,
        span.year is not None,
        span.precision in ("minute", "day"),
        span.calendar == "gregorian",
        span.label != "updated",
        span.precision == "minute",
    )


def _matches(text: str) -> list[DateSpan]:
    """Return bare dates in order of their place, none overlapping another."""
    found: list[DateSpan] = []
    taken = bytearray(len(text))
    for match in _dates(text) if _DIGIT.search(text) else ():
        if not any(taken[match.start() : match.end()]) and (span := _read(match)) is not None:
            found.append(span)
            taken[span.start : span.end] = b"\x01" * (span.end - span.start)
    if _may_be_relative(text):
        for match in patterns().relative.finditer(text):
            if not any(taken[match.start() : match.end()]):
                found.append(DateSpan(match.start(), match.end(), relative=True))
    return sorted(found, key=lambda span: span.start)


def _dates(text: str) -> Iterator[re.Match[str]]:
    """Yield what looks like a date, the surer forms first."""
    known = patterns()
    years = [year.start() for year in _YEAR.finditer(text)]
    if years:
        yield from known.year_first.finditer(text)
        yield from known.year_last.finditer(text)
    elif known.short_year.search(text) and _is_dated(text):
        yield from known.short_year.finditer(text)
    yield from known.day_first.finditer(text)
    if starts := _months_before(text, years):
        yield from _at(starts, known.month_first, text)
        yield from _at(starts, known.month_year, text)


def _months_before(text: str, years: list[int]) -> list[int]:
    """Return where names of months begin, near enough to the years behind them."""
    months = vocabulary().in_months
    found = (word for year in years for word in WORD.finditer(text, max(0, year - _LONGEST), year))
    return sorted({word.start() for word in found if word[0] in months})


def _at(starts: list[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches that begin at some places; much faster than to try every letter of the text."""
    end = 0
    for start in starts:
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match


def _may_be_relative(text: str) -> bool:
    known = vocabulary()
    if not any(word in text for word in known.in_ago):
        return False
    words = set(WORD.findall(text))
    return not (words.isdisjoint(known.in_ago) or words.isdisjoint(known.in_units))


def _is_dated(text: str) -> bool:
    return ":" in text or patterns().label.search(text) is not None or patterns().weekday.search(text) is not None


def _read(match: re.Match[str]) -> DateSpan | None:
    groups = match.groupdict()
    name = groups["month"]
    year = _full(groups["year"]) if groups.get("year") else None
    if name.isdigit():
        return _numeric(match, int(name), year)
    month = vocabulary().months[" ".join(name.split())]
    if year is not None and not _fits(month.calendar, year):
        return None if not groups.get("day") or month.calendar != "gregorian" else _yearless(match, month)
    if groups.get("day") is None:
        return _month(match, month, year)
    if year is None:
        return _yearless(match, month)
    return _day(match, month.calendar, year, month.number, int(groups["day"]))


def _full(year: str) -> int:
    """Return a year of two digits as one of four, in this century or the last."""
    return int(year) if len(year) == 4 else 2000 + int(year) if int(year) < 70 else 1900 + int(year)


def _numeric(match: re.Match[str], month: int, year: int | None) -> DateSpan | None:
    day = int(match["day"])
    if year is None:
        return None
    if year in _YEARS and month > 12 >= day:
        day, month = month, day
    lunar = match.groupdict().get("era") in vocabulary().words["ah"]
    calendars: tuple[Calendar, ...] = ("hijri",) if lunar else ("gregorian", "jalali", "hijri")
    for calendar in calendars:
        years = {"gregorian": _YEARS, "jalali": _SOLAR_HIJRI, "hijri": _LUNAR_HIJRI}[calendar]
        if year in years:
            span = _day(match, calendar, year, month, day)
            return span and _with_clock(span, match)
    return None


def _with_clock(span: DateSpan, match: re.Match[str]) -> DateSpan:
    groups = match.groupdict()
    if not groups.get("hour") or int(groups["hour"]) > 23 or int(groups["minute"]) > 59:
        return span
    zone = (groups["zone"] or "").replace(":", "")
    offset = "+00:00" if zone == "z" else f"{zone[:3]}:{zone[3:]}" if zone else ""
    return replace(span, hour=int(groups["hour"]), minute=int(groups["minute"]), precision="minute", zone=offset)


def _day(match: re.Match[str], calendar: Calendar, year: int, month: int, day: int) -> DateSpan | None:
    on = gregorian(calendar, year, month, day)
    if on is None:
        return None
    return DateSpan(match.start(), match.end(), "day", on.year, on.month, on.day, calendar=calendar)


def _month(match: re.Match[str], month: Month, year: int | None) -> DateSpan | None:
    if month.needs_day or month.calendar != "gregorian" or year is None:
        return None
    return DateSpan(match.start(), match.end(), "month", year, month.number)


def _yearless(match: re.Match[str], month: Month) -> DateSpan | None:
    day = int(match["day"])
    if month.needs_day or month.calendar != "gregorian" or not _exists(month.number, day):
        return None
    end = match.end("second") if match["second"] else match.end("month")
    return DateSpan(match.start(), end, "day", None, month.number, day)


def _exists(month: int, day: int) -> bool:
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _fits(calendar: Calendar, year: int) -> bool:
    ranges = {"gregorian": _YEARS, "hijri": _LUNAR_HIJRI, "jalali": range(1244, 1473), "kurdish": _KURDISH}
    return year in ranges[calendar]
