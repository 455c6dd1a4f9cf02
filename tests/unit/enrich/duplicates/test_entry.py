from datetime import UTC, datetime

import pytest

from pipeline.enrich.duplicates import Entry
from pipeline.enrich.duplicates.entry import instant


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
    entries = [
        Entry(id_, timestamp, (), None) for id_, timestamp in [("b", "2018"), ("a", "2018-01-01"), ("c", "2017-12")]
    ]

    assert [entry.id for entry in sorted(entries, key=lambda entry: entry.rank)] == ["c", "a", "b"]


def test_unlike_signatures_do_not_resemble_each_other_though_a_band_be_the_same():
    assert not Entry("a", "2018", ("k",), "AAAA" * 86).resembles(Entry("b", "2018", ("k",), "////" * 86))


def test_a_short_text_resembles_no_long_one():
    assert not Entry("a", "2018", ("k",), None).resembles(Entry("b", "2018", ("k",), "AAAA" * 86))
