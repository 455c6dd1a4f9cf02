"""Clubs that are plain words, through the whole of recognition."""

import pytest

from pipeline.enrich.entities.recognise import recognise


def clubs(body: str) -> list[str]:
    return [mention.text for mention in recognise(None, body) if mention.type == "organization"]


def test_plain_words_are_clubs_in_a_match_report() -> None:
    assert clubs("يحل الهلال ضيفا على التعاون في الجولة العاشرة من الدوري") == ["الهلال", "التعاون"]
    assert clubs("تعادل الوحدة مع ضيفه شباب الأهلي بهدف لمثله في الجولة السابعة") == ["الوحدة", "شباب الأهلي"]


def test_a_club_behind_and_is_one_if_the_word_before_it_is() -> None:
    assert clubs("تابع الجمهور مباراة الدوري بين الهلال والنصر") == ["الهلال", "النصر"]


@pytest.mark.parametrize(
    "body",
    [
        "دعا الرئيس إلى الوحدة والتعاون مع الشباب",
        "اتفق الوزيران على التعاون في مجال الطاقة",
        "شاهد المصلون الهلال مساء الجمعة",
    ],
)
def test_outside_of_match_reports_they_are_plain_words(body: str) -> None:
    assert clubs(body) == []


def test_a_word_with_the_article_goes_on_with_another_name() -> None:
    found = clubs("قرر الاتحاد الآسيوي لكرة القدم نقل مباراة الاتحاد أمام التعاون في الجولة الثالثة من دوري الأبطال")
    assert found == ["الاتحاد الآسيوي لكرة القدم", "الاتحاد", "التعاون"]


def test_a_club_bears_its_towns_name() -> None:
    assert clubs("قال لاعب من نادي الكرمة") == ["الكرمة"]
    assert clubs("نظم نادي دبي للصحافة لقاء") != ["دبي"]
    assert clubs("تألق مدرب دالاس في المباراة وسجل هدفين") == ["دالاس"]
    assert clubs("قال مدرب من دالاس في المباراة إنه سجل هدفين") == []


def test_a_stadium_is_no_club() -> None:
    assert "الاتحاد" not in clubs("سجل عمر مرموش هدفا في شباك برينتفورد على ملعب الاتحاد في الدوري")


def test_a_verb_of_matches_shows_a_club_behind_and_too() -> None:
    assert clubs("وفاز النصر على ضيفه في الدوري بهدفين في شباك الحارس")[0] == "النصر"
