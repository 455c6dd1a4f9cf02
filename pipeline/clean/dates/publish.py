"""Which of a document's dates is the article's own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.clean.article import Precision
from pipeline.clean.dates.find import find_dates
from pipeline.clean.dates.span import DateSpan
from pipeline.clean.dates.years import resolve_year

_DATE_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?!\d)")
_AGENCY = re.compile(r"\s{0,2}\)?\s{0,2}[-–—/(:]")
_AGENCY_START = 30
_MARKS = "|-–—•·،,:/()[]."

Place = Literal["label", "title", "lead", "caption", "header", "url", "body", "end", "comment"]
"""Where a line stands: a field for the date; by the title; in the first sentences; in a caption; at the page's top,
above the article; an address; elsewhere in the body; below it; in a reader's comment."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may date the article."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Published:
    """The article's date."""

    published_at: str
    """ISO 8601, cut to the precision."""
    precision: Precision
    inferred: bool
    """Whether a part of it (mostly the year) was worked out."""
    reason: str
    index: int
    """Which candidate states it."""


def choose_published(candidates: Iterable[Candidate]) -> Published | None:
    """Return the date of publication, or None where nothing states it.

    The article's own dateline wins; then a day that the opening calls today, or an agency's dateline; then the date in
    the article's address; then the date at the page's top, unless something shows that it is only the day on which the
    page was saved. Other dates in text and captions are what the article is about: they only help to find a missing
    year.
    """
    lines = [Dated(index, line, find_dates(line.text)) for index, line in enumerate(candidates)]
    years = [
        span.year
        for line in lines
        if line.place not in ("header", "comment")
        for span in line.spans
        if span.year is not None and span.calendar == "gregorian"
    ]
    return _own_dateline(lines, years) or _opening(lines, years) or _address(lines) or _page_header(lines)


class Dated:
    """A candidate and the dates in it."""

    def __init__(self, index: int, candidate: Candidate, spans: list[DateSpan]) -> None:
        self.index = index
        self.text = candidate.text
        self.place = candidate.place
        self.spans = [span for span in spans if not span.relative]


def _own_dateline(lines: Sequence[Dated], years: list[int]) -> Published | None:
    stated = [
        (line, span)
        for line in lines
        for span in line.spans
        if line.place == "label" or (line.place == "title" and _stands_apart(line.text, span))
    ]
    stated = stated or [
        (line, span)
        for line in lines
        if line.place in ("end", "body", "lead")
        for span in line.spans
        if span.whole and span.label == "published"
    ]
    full = [entry for entry in stated if entry[1].year is not None]
    if full:
        most = max(_trust(span) for _, span in full)
        line, span = min((entry for entry in full if _trust(entry[1]) == most), key=lambda entry: _day_of(entry[1]))
        return _published(span, span.year, line, "the article's dateline")
    for line, span in stated:
        year = resolve_year(span.day or 1, span.month or 1, span.weekday, years)
        if year is not None:
            return _published(span, year, line, "the article's dateline; year by its weekday and the other dates")
    return None


def _stands_apart(text: str, span: DateSpan) -> bool:
    """Say whether a date is no part of a sentence ("أحمد عرفة - 16 أكتوبر 2018", not "ذكرى 11 سبتمبر 2001")."""
    before, after = text[: span.start].rstrip(), text[span.end :].lstrip()
    return (
        span.whole or bool(span.label) or ((not before or before[-1] in _MARKS) and (not after or after[0] in _MARKS))
    )


def _trust(span: DateSpan) -> tuple[bool, ...]:
    return (
        span.label == "published",
        span.label != "updated",
        span.whole,
        span.calendar == "gregorian",
        span.day is not None,
    )


def _day_of(span: DateSpan) -> tuple[str, bool]:
    """Order dates by day (an update or a visit comes after publication), on one day that with the time first."""
    return (span.iso or "")[:10], span.precision != "minute"


def _opening(lines: Sequence[Dated], years: list[int]) -> Published | None:
    for line in lines:
        for span in line.spans if line.place == "lead" else ():
            if not span.today and not (span.year and _AGENCY.match(line.text, span.end) and span.start < _AGENCY_START):
                continue
            how = "a day that the opening calls today" if span.today else "an agency's dateline"
            if span.year is not None:
                return _published(span, span.year, line, how)
            year = resolve_year(span.day or 1, span.month or 1, span.weekday, years)
            if year is not None:
                return _published(span, year, line, f"{how}; year by its weekday and the other dates")
    return None


def _address(lines: Sequence[Dated]) -> Published | None:
    for line in lines:
        found = _DATE_IN_ADDRESS.search(line.text) if line.place == "url" else None
        if found:
            for span in find_dates("/".join(found.groups())):
                return _published(span, span.year, line, "the date in the article's address")
    return None


def _page_header(lines: Sequence[Dated]) -> Published | None:
    """Take the date at the page's top, unless it has a clock, or a comment (later than its article) is older."""
    comments = [
        span.iso[:10] for line in lines if line.place == "comment" for span in line.spans if span.iso and span.day
    ]
    for line in lines:
        days = [span for span in line.spans if line.place == "header" and span.iso and span.precision == "day"]
        for span in sorted(days, key=_trust, reverse=True)[:1]:
            if span.iso and not (comments and span.iso > min(comments)):
                return _published(span, span.year, line, "the date at the page's top")
    return None


def _published(span: DateSpan, year: int | None, line: Dated, reason: str) -> Published | None:
    stated = span.iso_in(year)
    if stated is None or span.precision is None:
        return None
    return Published(stated, span.precision, span.year is None, reason, line.index)
