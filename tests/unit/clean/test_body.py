from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.body import ZONES, zones
from pipeline.clean.gather import gather
from pipeline.clean.lines import split_lines
from pipeline.clean.score import scores
from pipeline.in_step import at_once

SENTENCE = "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل."
LINES = st.lists(st.sampled_from([SENTENCE, "الرئيسية", "التعليقات", "كلام جميل", "رياضة", "5/3/2024"]), max_size=30)


def places(*lines: str) -> list[str]:
    evidence = at_once(gather(split_lines("\n".join(lines))))
    return list(zones(evidence, scores(evidence)))


def test_menus_above_and_below_are_outside() -> None:
    menu = ["سياسة", "اقتصاد", "رياضة", "فن"]
    assert places(*menu, SENTENCE, SENTENCE, *menu) == ["head"] * 4 + ["body"] * 2 + ["tail"] * 4


def test_known_furniture_interrupts_for_little() -> None:
    assert places(SENTENCE, SENTENCE, "إعلان", SENTENCE) == ["body", "body", "break", "body"]


def test_nothing_below_the_comment_sections_heading_is_the_article() -> None:
    assert places(SENTENCE, SENTENCE, "أضف تعليقا", SENTENCE)[2:] == ["comments", "comments"]


@given(LINES)
def test_every_line_has_a_place_and_the_article_begins_once(lines: list[str]) -> None:
    found = places(*lines)
    assert len(found) == len(lines)
    assert set(found) <= set(ZONES)
    if "body" in found:
        assert "head" not in found[found.index("body") :]
