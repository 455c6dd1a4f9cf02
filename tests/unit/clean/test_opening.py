"""What is written onto an article's first line is parted where it is sure, and only there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.cleaner import clean_text
from pipeline.clean.lines import split_lines
from pipeline.clean.opening import part_opening

TITLE = "المجلس البلدي يؤجل مشروع الحديقة الكبرى إلى الخريف"
TEXT = (
    "قال رئيس المجلس البلدي إن مشروع الحديقة الكبرى سيتأخر حتى الخريف بسبب ارتفاع كلفة الري، وإن المقاول طلب مهلة. "
    "وأضاف أن الأعضاء صوتوا على التأجيل بأغلبية كبيرة، وأن الأشجار التي وصلت ستزرع في شوارع الحي الشرقي خلال أسبوعين. "
    "وطالب سكان الحي بجدول واضح للأعمال وبنشر كلفة كل مرحلة على موقع البلدية."
)


def parts(text: str) -> list[str]:
    return [block.text for block in part_opening(split_lines(text))]


@pytest.mark.parametrize(
    "head",
    [
        [TITLE, TITLE, "السبت 26/أكتوبر/2024 - 11:52 م", "محمود العطار"],
        [TITLE, "الثلاثاء 12/مارس/2024 - 10:15 م", "كتب محمود العطار"],
        [TITLE, "كتب: محمود العطار", "الثلاثاء 12 مارس 2024 10:15 ص"],
        [TITLE, "12-03-2024 | 22:15"],
        [TITLE, TITLE],
        [TITLE],
    ],
)
def test_title_date_and_writer_on_one_line_with_the_text_are_parted(head: list[str]) -> None:
    assert parts(" ".join([*head, TEXT])) == [*head, TEXT]


def test_the_fields_come_out_of_one_line() -> None:
    article = clean_text(f"{TITLE} {TITLE} السبت 26/أكتوبر/2024 - 11:52 م محمود العطار {TEXT}")
    assert (article.title, article.published_at, article.authors) == (TITLE, "2024-10-26T23:52", ("محمود العطار",))
    assert article.body == TEXT


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        f"أعلنت بلدية المدينة في بيان لها اليوم الثلاثاء 9 كانون الثاني 2018 الساعة 10:15 صباحا بدء الأعمال. {TEXT}",
        f"دمشق 9 كانون الثاني 2018 (سانا) {TEXT}",
    ],
)
def test_text_alone_stays_whole(text: str) -> None:
    assert parts(text) == [text]


def test_below_a_title_on_a_line_of_its_own_nothing_is_parted() -> None:
    assert parts(f"{TITLE}\n{TITLE} {TEXT}") == [TITLE, f"{TITLE} {TEXT}"]


@given(st.text(alphabet="ابتم 12/.:؟\n", max_size=400))
def test_offsets_point_at_the_text(text: str) -> None:
    for block in part_opening(split_lines(text)):
        assert text[block.start : block.end] == block.text


def test_a_menu_before_the_title_and_a_share_bar_behind_the_writer_are_parted_too() -> None:
    written = (
        f"الرئيسية سياسة رياضة {TITLE} 11 أبريل 2023 - 04:15 م بقلم: علي مدخلي شارك على فيسبوك تويتر واتساب {TEXT}"
    )
    found = parts(written)
    assert found[0] == "الرئيسية سياسة رياضة"
    assert found[1] == TITLE
    assert found[-2:] == ["شارك على فيسبوك تويتر واتساب", TEXT]
