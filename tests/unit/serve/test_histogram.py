from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pipeline.serve.histogram import bars, is_short

DAYS = st.lists(st.dates(date(1900, 1, 1), date(2100, 1, 1)), min_size=1, max_size=50, unique=True).map(sorted)


def bucket(day: date, count: int = 1) -> tuple[int, int]:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return int(start / timedelta(milliseconds=1)), count


def months(days: list[date]) -> list[tuple[int, int]]:
    return [bucket(month) for month in sorted({day.replace(day=1) for day in days})]


@given(DAYS)
def test_bars_are_few_follow_one_another_and_end_with_the_last_article(days: list[date]) -> None:
    found = bars(months(days))
    assert len(found) <= 130
    assert [bar.start for bar in found] == sorted({bar.start for bar in found})
    assert days[-1].isoformat().startswith(found[-1].start)
    if len(found) < 130:
        assert sum(bar.count for bar in found) == len(months(days))


def test_units_without_articles_are_shown_empty() -> None:
    found = bars([bucket(date(2018, 11, 1), 3), bucket(date(2019, 2, 1), 4)])
    assert [(bar.start, bar.count) for bar in found] == [("2018-11", 3), ("2018-12", 0), ("2019-01", 0), ("2019-02", 4)]


def test_many_months_become_years() -> None:
    found = bars([bucket(date(2010, 5, 1), 1), bucket(date(2010, 6, 1), 1), bucket(date(2018, 1, 1), 2)])
    assert (found[0].start, found[0].count, found[-1].start, len(found)) == ("2010", 2, "2018", 9)


def test_days_are_shown_as_days_across_the_end_of_a_month() -> None:
    found = bars([bucket(date(2020, 2, 28)), bucket(date(2020, 3, 1))], by_day=True)
    assert [bar.start for bar in found] == ["2020-02-28", "2020-02-29", "2020-03-01"]


def test_a_few_months_are_told_from_many() -> None:
    assert is_short(months([date(2018, 11, 3), date(2019, 1, 9)]))
    assert not is_short(months([date(2018, 1, 3), date(2018, 9, 9)]))
    assert not is_short([])
