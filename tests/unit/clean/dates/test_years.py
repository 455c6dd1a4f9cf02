import pytest

from pipeline.clean.dates import resolve_year


def test_the_year_follows_from_weekday_and_a_date_of_the_year_before():
    assert resolve_year(9, 1, 1, [2014, 2017]) == 2018


def test_a_named_year_that_fits_is_the_year():
    assert resolve_year(16, 10, 1, [2018, 2012]) == 2018


@pytest.mark.parametrize(
    ("weekday", "years"),
    [(None, [2017]), (1, []), (1, [2014]), (1, [1800])],
    ids=["no weekday", "no other year", "no year nearby fits", "no plausible year"],
)
def test_nothing_is_guessed(weekday, years):
    assert resolve_year(9, 1, weekday, years) is None


def test_a_leap_day_is_looked_for_in_leap_years_only():
    assert resolve_year(29, 2, 5, [2019]) == 2020
    assert resolve_year(29, 2, 0, [2018]) is None
