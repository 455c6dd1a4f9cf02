"""Places of lists and of offices, through the whole of recognition."""

import pytest

from pipeline.enrich.entities.recognise import recognise


def places(body: str) -> list[str]:
    return [mention.text for mention in recognise(None, body) if mention.type == "location"]


def test_a_list_behind_a_plural_head_is_read_to_its_end() -> None:
    found = places("وصلت المساعدات إلى بلدات معربة والسماقيات وطيسيا في ريف درعا")
    assert found == ["معربة", "السماقيات", "طيسيا", "درعا"]


def test_a_place_of_a_list_keeps_the_adjective_that_tells_it_from_its_twin() -> None:
    found = places("ناشد والي القضارف المنظمات دعم محليات المفازة والقلابات الشرقية")
    assert found == ["القضارف", "المفازة", "القلابات الشرقية"]


def test_two_known_places_joined_by_and_are_two() -> None:
    assert places("هطلت أمطار على ولايتي صحم والخابورة") == ["صحم", "الخابورة"]


def test_a_verb_behind_the_list_is_none_of_it() -> None:
    assert places("قصفت الطائرات بلدات كفركلا والخيام وقتلت ثلاثة") == ["كفركلا", "الخيام"]


@pytest.mark.parametrize(
    ("body", "place"), [("قال محافظ إب إن الطريق مغلق", "إب"), ("أمطار على العين والذيد", "العين")]
)
def test_a_plain_word_is_a_place_behind_its_office_or_beside_a_place_of_its_country(body: str, place: str) -> None:
    assert place in places(body)


def test_a_plain_word_by_itself_is_none() -> None:
    assert places("أصيب في العين اليمنى") == []
