from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.serve.ask import FACETS, MAX_PAGE, MAX_TEXT, MAX_VALUES, SORTS, Ask, BadAskError, read

WORDS = st.text(min_size=1, max_size=40).map(str.strip).filter(bool)
ASKS = st.builds(
    Ask,
    text=WORDS,
    advanced=st.booleans(),
    chosen=st.frozensets(st.tuples(st.sampled_from(FACETS), WORDS), max_size=5),
    since=st.sampled_from(["", "2018", "2018-02", "2018-02-28"]),
    until=st.sampled_from(["", "2019", "2020-02-29"]),
    sort=st.sampled_from([None, *SORTS]),
    page=st.integers(1, MAX_PAGE),
)


@given(ASKS)
def test_an_address_says_all_of_a_search(ask: Ask) -> None:
    assert read(parse_qsl(ask.query.removeprefix("?"))) == ask


@given(ASKS, st.sampled_from(FACETS), WORDS)
def test_choosing_a_value_twice_drops_it(ask: Ask, facet, value: str) -> None:
    assert ask.toggled(facet, value).toggled(facet, value).chosen == ask.chosen


def test_any_change_begins_at_the_first_page() -> None:
    deep = Ask("دمشق", page=7)
    changed = (deep.toggled("place", "حلب"), deep.between("2018", ""), deep.sorted_by("newest"), deep.unfiltered)
    assert [ask.page for ask in changed] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([("q", "x" * (MAX_TEXT + 1))], "bad_long"),
        ([("person", str(number)) for number in range(MAX_VALUES + 1)], "bad_facets"),
        ([("outlet", "x" * 201)], "bad_facets"),
        ([("since", "2018-13")], "bad_date"),
        ([("until", "2019-02-29")], "bad_date"),
        ([("since", "now-1d")], "bad_date"),
        ([("since", "2018||/y")], "bad_date"),
        ([("page", "0")], "bad_page"),
        ([("page", str(MAX_PAGE + 1))], "bad_page"),
        ([("page", "١")], "bad_page"),
        ([("page", "9" * 5000)], "bad_page"),
    ],
)
def test_what_would_cost_too_much_or_means_nothing_is_refused(pairs: list[tuple[str, str]], reason: str) -> None:
    with pytest.raises(BadAskError, match=reason):
        read(pairs)


def test_unknown_names_and_orders_are_passed_over() -> None:
    assert read([("q", " دمشق "), ("sort", "_script"), ("size", "10000"), ("ui", "")]) == Ask("دمشق")


def test_without_words_the_newest_come_first() -> None:
    assert (Ask().order, Ask("دمشق").order, Ask("دمشق", sort="oldest").order) == ("newest", "best", "oldest")


def test_bars_between_the_dates_are_marked() -> None:
    ask = Ask(since="2018-03-15", until="2018-05")
    assert [ask.holds(bar) for bar in ("2018-02", "2018-03", "2018-05", "2018-06", "2018")] == [
        False, True, True, False, True,
    ]  # fmt: skip
