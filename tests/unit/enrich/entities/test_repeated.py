import pytest

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.field import Field
from pipeline.enrich.entities.repeated import find_again
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import tokenize


def found_again(text, *spans):
    """Return the written spans of a text in which the first of some persons' spans is a full name."""
    field = Field("body", text, tokenize(text), spans)
    find_again([field])
    return [field.written(span) for span in field.spans]


def person(first, last, **known):
    return Span(first, last, 0, "person", **known)


def test_a_full_name_is_found_where_it_was_passed_over():
    assert found_again("شاكر العماري قال ولشاكر العماري", person(0, 2)) == ["شاكر العماري", "شاكر العماري"]


def test_half_a_name_gives_way_to_the_whole():
    assert found_again("رشيد فرشيو ورشيد فرشيو", person(0, 2), person(3, 4)) == ["رشيد فرشيو", "رشيد فرشيو"]


def test_a_word_before_the_name_is_cut_off_unless_it_may_be_a_name():
    text = "شاكر العماري عكس شاكر العماري"
    assert found_again(text, person(0, 2), person(2, 5)) == ["شاكر العماري", "شاكر العماري"]
    text = "شاكر العماري محمد شاكر العماري"
    assert found_again(text, person(0, 2), person(2, 5)) == ["شاكر العماري", "محمد شاكر العماري"]


@pytest.mark.parametrize(("before", "cut"), [("حسونة", False), ("قال", True)])
def test_a_first_name_before_a_fathers_name_is_not_cut_off(before, cut):
    written = found_again(f"بن ناجي {before} بن ناجي", person(0, 2), person(2, 5))
    assert written == ["بن ناجي", "بن ناجي" if cut else f"{before} بن ناجي"]


def test_a_fuller_name_stays():
    text = "شاكر العماري ثم شاكر العماري الفلاني"
    assert found_again(text, person(0, 2), person(3, 6)) == ["شاكر العماري", "شاكر العماري الفلاني"]


def test_what_is_known_or_no_person_stays():
    known = Span(3, 4, 0, "location", Entity("شاكر", "location"))
    assert found_again("شاكر العماري مدينة شاكر العماري", person(0, 2), known) == ["شاكر العماري", "شاكر"]
