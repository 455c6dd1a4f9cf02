"""Other calendars' days as Gregorian ones.

The lunar Hijri calendar is the Umm al-Qura calendar of Saudi Arabia (package ``hijridate``); the solar Hijri calendar
of Iran and Afghanistan follows its 33-year cycle of leap years, right from 1244 to 1472 (1865 to 2093); the Kurdish
solar calendar has the same months, its years counted from 700 BC.
"""

from datetime import date, timedelta

from hijridate import Hijri

from pipeline.clean.dates.span import Calendar

HIJRI_YEARS = range(1343, 1501)
JALALI_YEARS = range(1244, 1473)
KURDISH_EPOCH = 1321
_LEAP_IN_CYCLE = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
_NOWRUZ_1244 = date(1865, 3, 21)


def gregorian(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day, or None where the calendar has no such day (or its years are out of range)."""
    try:
        if calendar == "hijri":
            return date(*Hijri(year, month, day).to_gregorian().datetuple()) if year in HIJRI_YEARS else None
        if calendar == "kurdish":
            return _from_jalali(year - KURDISH_EPOCH, month, day)
        if calendar == "jalali":
            return _from_jalali(year, month, day)
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def _from_jalali(year: int, month: int, day: int) -> date | None:
    if year not in JALALI_YEARS or not 1 <= month <= 12 or not 1 <= day <= _days(year, month):
        return None
    leap_days = sum(before % 33 in _LEAP_IN_CYCLE for before in range(JALALI_YEARS.start, year))
    days_before = 365 * (year - JALALI_YEARS.start) + leap_days
    return _NOWRUZ_1244 + timedelta(days_before + 31 * min(month - 1, 6) + 30 * max(month - 7, 0) + day - 1)


def _days(year: int, month: int) -> int:
    if month <= 6:
        return 31
    return 30 if month < 12 or year % 33 in _LEAP_IN_CYCLE else 29
