from pipeline.clean.evidence import Evidence
from pipeline.clean.gather import gather
from pipeline.clean.lines import split_lines
from pipeline.in_step import at_once

SENTENCE = "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل."


def evidence(*lines: str) -> list[Evidence]:
    return at_once(gather(split_lines("\n".join(lines))))


def test_items_below_a_colon_are_a_list_until_the_list_is_long() -> None:
    found = evidence(SENTENCE, "وتشمل الأعمال ما يلي:", "عزل السطح", "طلاء الحواجز")
    assert [entry.after_colon for entry in found] == [False, False, True, True]


def test_a_label_with_a_colon_in_a_menu_opens_no_list() -> None:
    assert not any(entry.after_colon for entry in evidence("أقسام الموقع :", "سياسة", "اقتصاد", "رياضة"))


def test_lines_below_a_heading_of_links_are_links_until_running_text() -> None:
    found = evidence("مقالات متعلقة", "إغلاق نفق المطار ليلا", SENTENCE, "شكرا")
    assert [entry.after_related for entry in found] == [False, True, False, False]


def test_comments_begin_below_the_article_not_at_a_counter_above_it() -> None:
    assert not any(entry.after_comments for entry in evidence("3 تعليقات", SENTENCE))
    assert [entry.after_comments for entry in evidence(SENTENCE, "التعليقات", "كلام جميل")] == [False, False, True]


def test_where_a_file_leaves_end_marks_out_their_lack_says_nothing() -> None:
    bare = SENTENCE.rstrip(".")
    assert not evidence(bare)[0].is_sentence
    assert all(entry.is_sentence for entry in evidence(bare, bare + " أيضا", bare + " كذلك"))


def test_what_stands_between_two_dates_is_marked() -> None:
    found = evidence("5/3/2024", SENTENCE, "6/3/2024", "كلام جميل", "7/3/2024")
    assert [entry.between_dates for entry in found] == [False, False, False, True, False]


def test_the_theme_is_what_other_running_text_says_too() -> None:
    found = evidence(
        SENTENCE, "وأكد رئيس البلدية أن حركة السير لن تتوقف خلال النهار.", "وصفة كعكة البرتقال بالزبادي الطازج"
    )
    assert found[0].theme > 0.3
    assert found[2].theme == 0


def test_names_with_times_below_the_article_open_the_comments() -> None:
    found = evidence(SENTENCE, "خالد الشمري | قبل يومين", "كلام جميل", "أم عبدالله | قبل ساعة", "شكرا")
    assert [entry.after_comments for entry in found] == [False, False, True, True, True]
    assert found[1].opens_comments
