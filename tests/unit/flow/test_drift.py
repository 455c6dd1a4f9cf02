"""Drift: what is found, what is not, and how often it cries wolf, by simulated nights."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.flow.drift import Change, changes
from pipeline.flow.nights import Night

FIRST = datetime(2024, 1, 1, 2, tzinfo=UTC)
WEEK = np.array([1.0, 1.1, 1.05, 1.0, 0.95, 0.6, 0.7])
"""An Arab newsroom's week: Fridays and Saturdays are quiet."""
LANGUAGES = {"ar": 0.9, "en": 0.07, "ku": 0.03}
KINDS = {"share": 0.8, "related": 0.5, "comments": 0.3, "copyright": 0.05, "widget": 0.02}


def night(
    day: int,
    articles: int,
    *,
    quarantined: int = 0,
    languages: dict[str, int] | None = None,
    kinds: dict[str, int] | None = None,
    untitled: int = 0,
    undated: int = 0,
    words: float = 300.0,
    origins: dict[str, int] | None = None,
    failed: int = 0,
    warned: Sequence[tuple[str, str]] = (),
) -> Night:
    counts = Counter({("quarantine", ""): quarantined, ("title", ""): untitled, ("date", ""): undated})
    counts.update({("language", name): count for name, count in (languages or {"ar": articles}).items()})
    counts.update({("boilerplate", name): count for name, count in (kinds or {}).items()})
    counts.update({("origin", name): count for name, count in (origins or {}).items()})
    totals = Counter(dict.fromkeys(("language", "boilerplate", "title", "date", "words"), articles))
    totals["quarantine"] = articles + quarantined
    return Night(FIRST + timedelta(days=day), articles, failed, counts, totals, words, "1", set(warned))


def before(tonight: int, articles: int = 100, **like: object) -> list[Night]:
    """The 28 nights before, all alike, the newest first."""
    return [night(tonight - ago, articles, **like) for ago in range(1, 29)]


def usual_nights(rng: np.random.Generator, days: int, friday: float, spread: float = 0.0) -> list[Night]:
    """Nights of a source that stays as it is: Poisson numbers around a weekly pattern, the oldest first."""
    made = []
    for day in range(days):
        mean = friday / WEEK.min() * WEEK[day % 7]
        articles = int(rng.poisson(mean * (rng.gamma(1 / spread**2, spread**2) if spread else 1)))
        made.append(
            night(
                day,
                articles,
                quarantined=int(rng.poisson(0.02 * mean)),
                languages=dict(
                    zip(LANGUAGES, map(int, rng.multinomial(articles, list(LANGUAGES.values()))), strict=True)
                ),
                kinds={kind: int(rng.binomial(articles, share)) for kind, share in KINDS.items()},
                untitled=int(rng.binomial(articles, 0.1)),
                undated=int(rng.binomial(articles, 0.3)),
                origins={"large": articles - articles // 5, "small": articles // 5},
                words=float(np.median(rng.lognormal(5.7, 0.8, articles))) if articles else 0.0,
            )
        )
    return made


def judge(made: list[Night], day: int, tonight: Night | None = None) -> list[Change]:
    return changes(tonight or made[day], made[:day][::-1])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("friday", "spread"), [(10, 0.0), (50, 0.0), (400, 0.0), (50, 0.1), (400, 0.1)], ids=lambda value: str(value)
)
def test_false_alarms_of_all_kinds_are_below_one_in_a_hundred_nights(friday: float, spread: float) -> None:
    alarms = judged = 0
    for seed in range(25):
        made = usual_nights(np.random.default_rng(seed), 90, friday, spread)
        for day in range(7, len(made)):
            judged += 1
            alarms += bool(judge(made, day))
    print(f"{100 * alarms / judged:.2f} false alarms in 100 nights at {friday} articles on Fridays, spread {spread}")
    assert alarms <= 0.01 * judged


@pytest.mark.slow
@pytest.mark.parametrize(("friday", "least"), [(50, 0.90), (75, 0.97), (150, 0.99)])
def test_a_source_that_yields_half_is_found_the_same_night(friday: float, least: float) -> None:
    found = judged = 0
    for seed in range(25):
        rng = np.random.default_rng(seed)
        made = usual_nights(rng, 90, friday)
        for day in range(28, len(made)):
            halved = night(day, int(rng.binomial(made[day].articles, 0.5)))
            judged += 1
            found += any(change.what == "volume" for change in judge(made, day, halved))
    print(f"{100 * found / judged:.1f} % of halvings are found the same night from {friday} articles on Fridays")
    assert found >= least * judged


def test_a_source_that_gives_nothing_is_found_with_its_numbers_even_where_a_night_gives_few() -> None:
    assert changes(night(30, 0), before(30, 12)) == [Change("volume", "", 12, 0)]


def test_an_outlet_that_dries_up_is_found_among_others_by_its_folder() -> None:
    earlier = before(30, 500, origins={"daraa24": 460, "zaman": 40})
    assert changes(night(30, 462, origins={"daraa24": 460, "zaman": 2}), earlier) == [Change("origin", "zaman", 40, 2)]
    assert changes(night(30, 462, origins={"daraa24": 460, "zaman": 2}, failed=38), earlier) == []


def test_folders_of_months_come_and_go_without_alarm() -> None:
    earlier = before(30, 500, origins={})
    earlier[:3] = [night(30 - ago, 500, origins={"new": 500}) for ago in range(1, 4)]
    assert changes(night(30, 500, origins={"newer": 500}), earlier) == []


def test_a_quiet_friday_is_as_usual_but_the_same_number_on_a_sunday_is_not() -> None:
    earlier = [night(day, 40 if day % 7 == 5 else 100) for day in range(40)]
    assert judge(earlier, 33) == []
    assert judge(earlier, 35, night(35, 40)) == [Change("volume", "", 100, 40)]


def test_more_articles_than_usual_are_no_alarm() -> None:
    assert changes(night(30, 1000), before(30)) == []


@pytest.mark.parametrize(
    ("like", "now", "expected"),
    [
        ({}, {"quarantined": 30}, Change("quarantine", "", 0.0, 0.231)),
        ({"untitled": 10}, {"untitled": 60}, Change("title", "", 0.1, 0.6)),
        ({"undated": 10}, {"undated": 60}, Change("date", "", 0.1, 0.6)),
        ({"kinds": {"share": 80}}, {"kinds": {}}, Change("boilerplate", "share", 0.8, 0.0)),
        ({"kinds": {}}, {"kinds": {"other": 90}}, Change("boilerplate", "other", 0.0, 0.9)),
        ({"words": 300.0}, {"words": 60.0}, Change("words", "", 300, 60.0)),
        ({"words": 300.0}, {"words": 900.0}, Change("words", "", 300, 900.0)),
    ],
)
def test_a_change_is_told_from_what_to_what(like: dict, now: dict, expected: Change) -> None:
    assert changes(night(30, 100, **{**like, **now}), before(30, **like)) == [expected]
    assert changes(night(30, 100, **like), before(30, **like)) == []


def test_languages_that_shift_are_both_told() -> None:
    earlier = before(30, languages={"ar": 95, "en": 5})
    assert changes(night(30, 100, languages={"ar": 50, "en": 50}), earlier) == [
        Change("language", "ar", 0.95, 0.5),
        Change("language", "en", 0.05, 0.5),
    ]


def test_fewer_nights_than_seven_are_no_ground_to_judge() -> None:
    assert changes(night(6, 0), [night(day, 100) for day in range(5, -1, -1)]) == []


def test_a_few_articles_are_no_ground_to_judge_shares() -> None:
    assert changes(night(30, 12, untitled=12, words=10.0), before(30, 12)) == []


def test_one_strange_night_in_the_past_changes_nothing() -> None:
    """The first run takes the whole archive; another came twice."""
    earlier = [*before(30)[:26], night(3, 100_000), night(2, 0)]
    assert changes(night(30, 100), earlier) == []
    assert changes(night(30, 40), earlier) == [Change("volume", "", 100, 40)]


def test_what_was_told_on_three_nights_is_the_new_normal_unless_nothing_comes_at_all() -> None:
    told = [night(30 - ago, 40, warned=[("volume", "")]) for ago in range(1, 4)]
    earlier = [*told, *before(27)]
    assert changes(night(30, 40), earlier[1:]) == [Change("volume", "", 100, 40)]
    assert changes(night(30, 40), earlier) == []
    assert changes(night(30, 0), earlier) == [Change("volume", "", 100, 0)]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 500), st.floats(0, 5_000)), max_size=30))
def test_any_history_can_be_judged(numbers: list[tuple[int, int, float]]) -> None:
    made = [
        night(day, articles, quarantined=bad, words=words if articles else 0.0, untitled=articles // 2)
        for day, (articles, bad, words) in enumerate(numbers)
    ]
    for change in judge([*made, night(len(made), 5)], len(made)):
        assert change.usual != change.now
