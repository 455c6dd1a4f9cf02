"""What becomes of a whole file; the reason is part of the result."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.cleaner import clean_text
from pipeline.errors import BadInputError

FIRST = "أعلنت البلدية بدء أعمال صيانة الجسر القديم، على أن تستمر حتى نهاية الشهر المقبل."
SECOND = "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل."
THIRD = "وكان الجسر قد أغلق مرتين في العام الماضي بسبب تشققات في دعائمه."
TITLE = "البلدية تبدأ صيانة الجسر القديم"


def body(*lines: str) -> list[str]:
    return clean_text("\n".join(lines)).body.split("\n")


def kinds(*lines: str) -> dict[str, str]:
    return {removed.text: removed.kind for removed in clean_text("\n".join(lines)).removed}


def test_a_file_of_prose_stays_as_it_is() -> None:
    article = clean_text(f"{FIRST}\n{SECOND}\n{THIRD}")
    assert article.body == f"{FIRST}\n{SECOND}\n{THIRD}"
    assert (article.title, article.removed) == (None, ())


def test_the_title_above_the_article_is_no_part_of_it() -> None:
    article = clean_text(f"{TITLE}\n\n{FIRST}\n{SECOND}")
    assert article.title == TITLE
    assert article.body == f"{FIRST}\n{SECOND}"
    assert not article.title_inferred


def test_removed_spans_stand_where_they_say() -> None:
    raw = f"{TITLE}\n\nكتب أحمد عرفة\n{FIRST} اقرأ أيضًا: إغلاق نفق المطار ليلا {SECOND}\n\nاضف تعليق"
    article = clean_text(raw)
    assert len(article.removed) == 3
    for removed in article.removed:
        assert raw[removed.start : removed.end] == removed.text
        assert removed.reason


def test_readers_comments_go_with_their_section() -> None:
    comments = [
        "التعليقات (2)",
        "أبو محمد",
        "نتمنى أن ينتهي العمل قبل الموعد لأن الناس تعبت من الزحام.",
        "سامي",
        "شكرا للبلدية.",
    ]
    assert body(TITLE, FIRST, SECOND, *comments) == [FIRST, SECOND]
    assert set(kinds(TITLE, FIRST, SECOND, *comments).values()) == {"comments"}


def test_a_counter_of_comments_above_the_article_does_not_hide_it() -> None:
    assert body(TITLE, "3 تعليقات", FIRST, SECOND, THIRD) == [FIRST, SECOND, THIRD]


def test_a_banner_takes_its_lines_with_it() -> None:
    banner = ["لا نبيع الحقيقة لأحد..", "نحن بحاجة إلى دعمكم لنستمر", "اضغط هنا للمساهمة"]
    found = kinds(TITLE, FIRST, SECOND, THIRD, "×", *banner)
    assert [found[line] for line in banner] == ["donation"] * 3
    assert found["×"] == "widget"


def test_a_box_of_links_in_the_middle_does_not_end_the_article() -> None:
    box = ["اقرأ أيضا", "إغلاق نفق المطار ليلا", "حافلات جديدة على خط الجامعة"]
    assert body(TITLE, FIRST, *box, SECOND, THIRD) == [FIRST, SECOND, THIRD]
    assert {kinds(TITLE, FIRST, *box, SECOND, THIRD)[line] for line in box} == {"related"}


@pytest.mark.parametrize(
    "lines",
    [
        ["وتشمل الأعمال ما يلي:", "تدعيم الأعمدة", "عزل السطح", "طلاء الحواجز"],
        ["وقال شاعر المدينة في رثائه:", "يا جسرُ كم عبرت عليك قلوبُنا", "وتركتَ فينا من خطاك حنينا"],
        ["لماذا الآن؟"],
        ["القاهرة (رويترز) - ذكر مسؤول أن الجسر آمن تماما."],
        ['وكتب وزير النقل على حسابه: "شكرا لكل العمال".'],
    ],
)
def test_lists_verse_headings_datelines_and_quotes_stay(lines: list[str]) -> None:
    assert body(TITLE, FIRST, *lines, SECOND, THIRD) == [FIRST, *lines, SECOND, THIRD]


def test_an_article_about_comments_and_donations_stays() -> None:
    lines = [
        "أغلقت الصحيفة باب التعليقات على موقعها بعد سيل من الشتائم، بحسب بيان نشرته أمس.",
        "تبرعوا بما تستطيعون، هكذا خاطب الإمام المصلين قبل أن يجمع ثمن الدواء كاملا.",
        "وبلغت التبرعات مليون ليرة في ساعة واحدة، وفق ما قاله القائمون على الحملة.",
    ]
    assert body(*lines) == lines


def test_fields_are_read_from_the_lines_that_state_them() -> None:
    article = clean_text(
        f"{TITLE}\nالثلاثاء، 5 مارس 2024 07:05 م\nمحليات\nكتبت هبة عبد الستار\n\n{FIRST}\n{SECOND}\n{THIRD}\n"
        "كلمات دلالية: الجسر، النقل\nجميع الحقوق محفوظة لصحيفة ضفاف 2024"
    )
    assert article.published_at == "2024-03-05T19:05"
    assert article.section == "محليات"
    assert article.authors == ("هبة عبد الستار",)
    assert article.tags == ("الجسر", "النقل")
    assert article.outlet == "ضفاف"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no-text"),
        (" \n\u200f\n", "no-text"),
        ("الرئيسية\nرياضة\nاتصل بنا", "no-article"),
        ("س\n" * 100_002, "too-many-lines"),
    ],
)
def test_what_is_no_article_is_refused_with_a_reason(text: str, reason: str) -> None:
    with pytest.raises(BadInputError) as refused:
        clean_text(text)
    assert refused.value.reason == reason


@given(
    st.lists(
        st.sampled_from([FIRST, SECOND, THIRD, TITLE, "اضف تعليق", "الرئيسية", "", "كتب أحمد عرفة", "5/3/2024"]),
        max_size=12,
    )
)
def test_every_line_is_kept_or_removed(lines: list[str]) -> None:
    try:
        article = clean_text("\n".join(lines))
    except BadInputError:
        return
    seen = {*article.body.split("\n"), article.title, *(removed.text for removed in article.removed)}
    assert {line for line in lines if line} <= seen


def test_a_headline_of_another_article_between_two_paragraphs_goes_and_a_subheading_stays() -> None:
    first = "أعلنت البلدية بدء أعمال صيانة الجسر القديم، على أن تستمر حتى نهاية الشهر المقبل."
    second = "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل."
    other = "ولادة توأم باندا نادرة داخل حديقة حيوان كورية"
    assert clean_text(f"{first}\n{other}\n{second}").body == f"{first}\n{second}"
    assert clean_text(f"{first}\nماذا عن الطريق الدائري وحركة السير ليلا\n{second}").body.count("\n") == 2
