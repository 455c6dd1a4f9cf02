from datetime import date

import pytest

from pipeline.clean.dates.calendars import gregorian


@pytest.mark.parametrize(
    ("calendar", "day", "expected"),
    [
        ("hijri", (1431, 11, 6), date(2010, 10, 14)),
        ("hijri", (1440, 9, 1), date(2019, 5, 6)),
        ("jalali", (1357, 11, 22), date(1979, 2, 11)),
        ("jalali", (1399, 12, 30), date(2021, 3, 20)),
        ("jalali", (1403, 1, 1), date(2024, 3, 20)),
        ("kurdish", (2718, 7, 24), date(2018, 10, 16)),
        ("gregorian", (2018, 10, 16), date(2018, 10, 16)),
    ],
)
def test_known_days(calendar, day, expected):
    assert gregorian(calendar, *day) == expected


@pytest.mark.parametrize(
    ("calendar", "day"),
    [
        ("hijri", (1600, 1, 1)),
        ("hijri", (1431, 13, 1)),
        ("jalali", (1400, 12, 30)),
        ("jalali", (1500, 1, 1)),
        ("gregorian", (2018, 2, 30)),
    ],
)
def test_days_that_do_not_exist_have_no_counterpart(calendar, day):
    assert gregorian(calendar, *day) is None
