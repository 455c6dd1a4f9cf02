from hypothesis import given
from hypothesis import strategies as st

from pipeline.serve.world import map_of

PLACES = st.lists(
    st.tuples(st.floats(-90, 84), st.floats(-180, 180), st.text("دمشق", max_size=9)), min_size=1, max_size=20
)


@given(PLACES)
def test_every_dot_is_on_the_map_and_the_others_are_named(places: list[tuple[float, float, str]]) -> None:
    found = map_of(places)
    assert found is not None
    for dot in found.dots:
        assert found.left - 1 <= dot.x <= found.left + found.width + 1
        assert found.top - 1 <= dot.y <= found.top + found.height + 1
    named = {dot.name for dot in found.dots} | set(found.outside)
    assert named >= {name for _, _, name in places if name}


def test_towns_of_one_country_are_shown_close_and_a_far_capital_is_only_named() -> None:
    found = map_of([(32.6, 36.1, "درعا"), (33.5, 36.3, "دمشق"), (36.2, 37.2, "حلب"), (38.9, -77.0, "واشنطن")])
    assert found is not None
    assert found.outside == ("واشنطن",)
    assert found.width < 20 * 17.32


def test_without_places_there_is_no_map() -> None:
    assert map_of([]) is None


def test_names_that_would_cover_each_other_are_not_written() -> None:
    found = map_of([(33.5, 36.3, "دمشق"), (33.51, 36.31, "جرمانا")])
    assert found is not None
    assert [dot.label is not None for dot in found.dots] == [True, False]
