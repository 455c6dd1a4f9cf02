"""What stands around a date in its line: weekday, time of day, zone, "today", labels; and whether that is all."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from pipeline.clean.dates.patterns import patterns
from pipeline.clean.dates.span import DateSpan, Label
from pipeline.clean.dates.vocabulary import WORD, vocabulary

_NEAR = 30
_CLOCK_REACH = 48
_REST = 6
"""What may follow a time written 19.05 without "at", for it to be one: a zone's name."""
_STRANGERS = 3
_SEPARATORS = re.compile(r"[\s،,:;.\-–—|•·()\[\]/]*")
_PARTED = re.compile(r"[|\-–—•·،,:/(]")


def furnish(text: str, span: DateSpan, left: int, right: int) -> DateSpan:
    """Add to a date what the line says beside it, between the neighbouring dates (``left`` and ``right``)."""
    if span.relative or span.day is None:
        return span
    span = _weekday(text, span, left, right)
    return span if span.precision == "minute" else _clock(text, span, left, right)


def _weekday(text: str, span: DateSpan, left: int, right: int) -> DateSpan:
    known, names = patterns(), vocabulary().weekdays
    for match in known.weekday.finditer(text, max(left, span.start - _NEAR), span.start):
        if _SEPARATORS.fullmatch(text, match.end(), span.start):
            span = replace(span, start=match.start(), weekday=names[" ".join(match[0].split())])
            break
    else:
        match = known.weekday.search(text, span.end, min(right, span.end + _NEAR))  # type: ignore[assignment]
        if match and _SEPARATORS.fullmatch(text, span.end, match.start()):
            span = replace(span, end=match.end(), weekday=names[" ".join(match[0].split())])
    for match in known.today.finditer(text, max(left, span.start - _NEAR), span.start):
        if _SEPARATORS.fullmatch(text, match.end(), span.start):
            return replace(span, today=True)
    return span


def _clock(text: str, span: DateSpan, left: int, right: int) -> DateSpan:
    """Find the time of day: after the date, else before it, with nothing between but words that belong there."""
    clock = patterns().clock
    after = clock.finditer(text, span.end, min(right, span.end + _CLOCK_REACH))
    before = clock.finditer(text, max(left, span.start - _CLOCK_REACH), span.start)
    for match in (*after, *reversed(list(before))):
        read = _time(match)
        first, last = sorted(((span.start, span.end), match.span()))
        if read is None or not _belongs(text[first[1] : last[0]]):
            continue
        start, end = min(span.start, match.start()), max(span.end, match.end())
        hour, minute = read
        zone = _zone(text, max(left, start - _NEAR), min(right, end + _NEAR))
        return replace(span, start=start, end=end, hour=hour, minute=minute, precision="minute", zone=zone)
    return span


def _time(match: re.Match[str]) -> tuple[int, int] | None:
    hour, half = int(match["hour"]), bool(match["am"] or match["pm"])
    if match["minute"] is None:
        if not half or not (match["named"] or len(match["am"] or match["pm"]) > 1):
            return None
    elif match["sep"] == "." and not (match["named"] or half or len(match.string) - match.end() <= _REST):
        return None
    if match["pm"] and hour < 12:
        hour += 12
    elif match["am"] and hour == 12:
        hour = 0
    return hour % 24, int(match["minute"] or 0)


def _belongs(text: str) -> bool:
    words = vocabulary().words
    if WORD.search(text) is None and not any(char.isdigit() for char in text):
        return True
    text = patterns().weekday.sub(" ", patterns().zone.sub(" ", text))
    allowed = {part for kind in ("hour", "between", "today") for phrase in words[kind] for part in phrase.split()}
    return not any(char.isdigit() for char in text) and all(word in allowed for word in WORD.findall(text))


def _zone(text: str, start: int, end: int) -> str:
    match = patterns().zone.search(text, start, end) or patterns().offset.search(text, start, end)
    if match is None:
        return ""
    if match["sign"] is None or int(match["hours"]) > 14:
        return "+00:00"
    return f"{match['sign']}{int(match['hours']):02}:{match['minutes'] or '00'}"


def labels(text: str, spans: Sequence[DateSpan]) -> list[Label]:
    """Return what the words before each date say happened then."""
    found: list[tuple[int, Label]] = [
        (match.end(), "updated" if match["updated"] else "published")
        for match in patterns().label.finditer(text, 0, spans[-1].start + 1)
    ]
    ends = [end for end, _ in found]
    return [found[at - 1][1] if (at := bisect_right(ends, span.start)) else "" for span in spans]


def _strangers(text: str, spans: Sequence[DateSpan]) -> Iterator[re.Match[str]]:
    """Yield the words beside the dates that do not belong to a date's furniture."""
    known = vocabulary().known
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield from (match for match in WORD.finditer(text, start, end) if match[0] not in known)


def is_whole(text: str, spans: Sequence[DateSpan]) -> bool:
    """Say whether nothing but dates and their furniture is in a line.

    Up to three other words may stand apart from a date with a weekday or a time ("سوريا | الثلاثاء 16 أكتوبر 2018").
    """
    detailed = any(span.year and (span.weekday is not None or span.hour is not None) for span in spans)
    words = list(islice(_strangers(text, spans), _STRANGERS + 1 if detailed else 1))
    if not words:
        return True
    if not detailed or len(words) > _STRANGERS:
        return False
    first, last = words[0].start(), words[-1].end()
    before = [span.start for span in spans if span.start >= last]
    after = [span.end for span in spans if span.end <= first]
    gap = text[last : min(before)] if before else text[max(after) : first] if after else ""
    return bool(_PARTED.search(gap))
