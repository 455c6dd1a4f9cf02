import pytest

from pipeline.clean.html.dates import read_machine_date


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("2024-03-05T14:20:00+03:00", "2024-03-05T14:20+03:00", "minute"),
        ("2024-03-05T14:20:00.123+0330", "2024-03-05T14:20+03:30", "minute"),
        ("2024-03-05T14:20:00Z", "2024-03-05T14:20+00:00", "minute"),
        ("2024-03-05 14:20", "2024-03-05T14:20", "minute"),
        ("2024/3/5", "2024-03-05", "day"),
        ("2024-03", "2024-03", "month"),
        ("20240305T142000Z", "2024-03-05T14:20+00:00", "minute"),
        ("20240305", "2024-03-05", "day"),
        ("Tue, 05 Mar 2024 14:20:00 +0300", "2024-03-05T14:20+03:00", "minute"),
    ],
)
def test_machine_dates_are_read_with_their_zone(text: str, date: str, precision: str) -> None:
    assert read_machine_date(text) == (date, precision)


def test_midnight_to_the_second_means_the_day() -> None:
    assert read_machine_date("2024-03-05T00:00:00Z") == ("2024-03-05", "day")


@pytest.mark.parametrize(
    "text", ["", "3/5/2024", "2024-13-01", "2024-02-30", "منذ 3 ساعات", "5 مارس 2024", "1709640000"]
)
def test_what_is_ambiguous_or_impossible_is_no_date(text: str) -> None:
    assert read_machine_date(text) is None
