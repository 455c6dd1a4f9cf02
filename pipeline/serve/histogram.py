"""Articles over time: bars by day, month or year, so that there are never too many to see."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_MOST_MONTHS = 60
"""More months than this are shown as years."""
_FEW_MONTHS = 4
"""As few as this are shown as days."""
_MOST_BARS = 130
"""More than this would be thinner than a pixel or two; the latest are kept."""
Buckets = Sequence[tuple[int, int]]
"""Start (milliseconds since 1970, UTC) and number of articles, in the order of time, empty ones left out."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The articles of a day, a month or a year."""

    start: str
    """ISO 8601, as long as the unit wants: ``2018``, ``2018-10`` or ``2018-10-16``."""
    count: int


def is_short(months: Buckets) -> bool:
    """Say whether these months are so few that days tell more."""
    return bool(months) and _distance(_day(months[0]), _day(months[-1])) < _FEW_MONTHS


def bars(buckets: Buckets, *, by_day: bool = False) -> list[Bar]:
    """Return the bars from the first to the last that holds articles, those in between without any included."""
    if not buckets:
        return []
    first, last = _day(buckets[0]), _day(buckets[-1])
    if by_day:
        name, step = _iso, _tomorrow
    elif _distance(first, last) < _MOST_MONTHS:
        name, step = _month, _next_month
    else:
        name, step = _year, _next_year
    counts: Counter[str] = Counter()
    for bucket in buckets:
        counts[name(_day(bucket))] += bucket[1]
    return [Bar(start, counts[start]) for start in _names(first, name(last), name, step)][-_MOST_BARS:]


def _names(first: date, last: str, name: Callable[[date], str], step: Callable[[date], date]) -> list[str]:
    names = [name(first)]
    while names[-1] < last:
        first = step(first)
        names.append(name(first))
    return names


def _day(bucket: tuple[int, int]) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=bucket[0])).date()


def _distance(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month


def _iso(day: date) -> str:
    return day.isoformat()


def _month(day: date) -> str:
    return day.isoformat()[:7]


def _year(day: date) -> str:
    return day.isoformat()[:4]


def _tomorrow(day: date) -> date:
    return day + timedelta(days=1)


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _next_year(day: date) -> date:
    return date(day.year + 1, 1, 1)
