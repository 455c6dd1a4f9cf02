from datetime import UTC, datetime, timedelta
from typing import Any

from pipeline.flow.nights import nights

NIGHT = datetime(2024, 5, 1, 2, tzinfo=UTC)


def run(hours: float, indexed: int = 0, *, drift: tuple[str, ...] = (), **counts: int) -> dict[str, Any]:
    """The document of a run so many hours after the night of May 1st."""
    return {
        "started_at": (NIGHT + timedelta(hours=hours)).isoformat(),
        "pipeline_version": "1",
        "counts": {"indexed": indexed, "unchanged": 9, "duplicate": 0, "quarantined": 0, "failed": 0, **counts},
        "articles": {"count": indexed, "median_words": 100.0 + indexed, "without_title": 1, "without_date": 2},
        "languages": {"ar": indexed},
        "removed_files": {"share": indexed},
        "drift": [{"what": what, "name": "", "usual": 1, "now": 0} for what in drift],
    }


def test_a_nightly_run_is_a_night_even_if_it_starts_early() -> None:
    assert [night.articles for night in nights([run(47.5, 3), run(24, 2), run(0, 1)])] == [3, 2, 1]


def test_a_run_right_after_the_nightly_one_is_of_its_night() -> None:
    (night,) = nights([run(6, 0), run(0, 50)])
    assert (night.articles, night.median_words) == (50, 150.0)
    assert night.at == NIGHT + timedelta(hours=6)


def test_what_a_run_by_hand_took_in_the_afternoon_belongs_to_the_next_night() -> None:
    assert [night.articles for night in nights([run(24, 20), run(12, 30), run(0, 50)])] == [50, 50]


def test_failed_files_would_have_been_articles_and_quarantined_ones_not() -> None:
    (night,) = nights([run(0, 10, duplicate=5, failed=3, quarantined=6)])
    assert night.articles == 18
    assert night.share(("quarantine", "")) == 6 / 24


def test_shares_are_of_all_articles_of_the_night() -> None:
    (night,) = nights([run(1, 10), run(0, 30)])
    assert night.share(("language", "ar")) == 1.0
    assert night.share(("title", "")) == 2 / 40
    assert night.share(("boilerplate", "widget")) == 0.0


def test_what_was_told_in_a_night_is_remembered() -> None:
    (night,) = nights([run(1), run(0, 5, drift=("volume",))])
    assert night.warned == {("volume", "")}


def test_a_night_without_articles_has_no_shares() -> None:
    (night,) = nights([run(0, 0)])
    assert night.share(("language", "ar")) == 0.0
