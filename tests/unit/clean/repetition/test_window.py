from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.repetition.sketch import Sketch
from pipeline.clean.repetition.window import merge

WINDOWS = st.lists(
    st.builds(
        Sketch,
        id=st.sampled_from("abcdef"),
        seen_at=st.sampled_from(["2024-05-01", "2024-05-02", "2024-05-03"]),
        lines=st.dictionaries(st.integers(0, 3), st.just(0), max_size=2),
    ),
    max_size=6,
)


@given(WINDOWS, WINDOWS, WINDOWS, st.integers(1, 5))
def test_the_order_of_merging_does_not_matter(a: list, b: list, c: list, most: int) -> None:
    assert merge(a, b, most=most) == merge(b, a, most=most)
    assert merge(merge(a, b, most=most), c, most=most) == merge(a, merge(b, c, most=most), most=most)


@given(WINDOWS, WINDOWS)
def test_merging_a_run_again_changes_nothing(window: list, run: list) -> None:
    once = merge(window, run)
    assert merge(once, run) == once


@given(WINDOWS, st.integers(1, 5))
def test_a_window_is_bounded_and_has_each_file_once(window: list, most: int) -> None:
    found = merge(window, most=most)
    assert len(found) <= most
    assert len({sketch.id for sketch in found}) == len(found)


def test_the_newest_files_stay_and_a_changed_file_counts_as_it_is_now() -> None:
    old, new = Sketch("a", "2024-05-01", {1: 0}), Sketch("a", "2024-05-02", {2: 0})
    other = Sketch("b", "2023-01-01", {3: 0})
    assert merge([old, other], [new], most=1) == [new]
