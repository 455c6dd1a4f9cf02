from datetime import UTC, datetime

import pytest

from pipeline.enrich.duplicates.entry import instant, rank


@pytest.mark.parametrize(
    ("timestamp", "moment"),
    [
        ("2018", datetime(2018, 1, 1, tzinfo=UTC)),
        ("2018-10", datetime(2018, 10, 1, tzinfo=UTC)),
        ("2018-10-05", datetime(2018, 10, 5, tzinfo=UTC)),
        ("2018-10-05T08:30", datetime(2018, 10, 5, 8, 30, tzinfo=UTC)),
        ("2018-10-05T08:30:00.123Z", datetime(2018, 10, 5, 8, 30, 0, 123000, tzinfo=UTC)),
        ("2018-10-05T08:30+03:00", datetime(2018, 10, 5, 5, 30, tzinfo=UTC)),
    ],
)
def test_a_date_that_is_cut_short_begins_its_year_or_month(timestamp, moment):
    assert instant(timestamp) == moment


def test_the_earlier_goes_before_and_of_equals_the_lesser_id():
    articles = [("2018", "b"), ("2018-01-01", "a"), ("2017-12", "c")]

    assert [id_ for _, id_ in sorted(articles, key=lambda article: rank(*article))] == ["c", "a", "b"]
