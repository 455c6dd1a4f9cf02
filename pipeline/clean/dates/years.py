"""Which year a date without one belongs to."""

from collections.abc import Iterable
from datetime import date

_EARLIEST, _LATEST = 1900, 2100


def resolve_year(day: int, month: int, weekday: int | None, other_years: Iterable[int]) -> int | None:
    """Return the only year near the document's other dates in which the day falls on the weekday, or None.

    An article names days of its own year and of years before; so the year is the latest one named, the one after it or,
    failing these, the one before. Without a weekday, or without other years, nothing is guessed.

    Args:
        day: Day of the month.
        month: 1 to 12.
        weekday: As stated, 0 for Monday.
        other_years: Years of the other dates that the document states.
    """
    years = [year for year in other_years if _EARLIEST <= year <= _LATEST]
    if weekday is None or not years:
        return None
    latest = max(years)
    for year in (latest, latest + 1, latest - 1):
        try:
            if date(year, month, day).weekday() == weekday:
                return year
        except ValueError:
            continue
    return None
