import pytest

from pipeline.clean.byline import read_byline


def read(text: str) -> tuple[str, ...] | None:
    byline = read_byline(text, len(text.split()))
    return None if byline is None else byline.authors


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("كتب أحمد عرفة", ("أحمد عرفة",)),
        ("كتبت: منى السيد وهبة علي", ("منى السيد", "هبة علي")),
        ("بقلم: د. سعاد كريم", ("د. سعاد كريم",)),
        ("تقرير/ محمد الراشيدي", ("محمد الراشيدي",)),
        ("مكة المكرمة - جمعان الكناني", ("جمعان الكناني",)),
        ("عبدالله الغامدي (جدة)", ("عبدالله الغامدي",)),
        ("(عدن نت) تعز - محمد الراشيدي:", ("محمد الراشيدي",)),
        ("تحرير: هيئة الأخبار", ()),
        ("By Sarah Mansour", ("Sarah Mansour",)),
        ("Par Nadine Khoury", ("Nadine Khoury",)),
        ("تحریر: عاصم قریشی", ("عاصم قریشی",)),
        ("ئامادەکردنی: هێمن کەریم", ("هێمن کەریم",)),
        ("بيروت - أ. ف. ب:", ()),
        ("جدة - واس", ()),
    ],
)
def test_bylines_state_their_writers(text: str, authors: tuple[str, ...]) -> None:
    assert read(text) == authors


@pytest.mark.parametrize(
    "text",
    [
        "كتب الرئيس على تويتر رسالة إلى الشعب.",
        "تقرير أممي يحذر من المجاعة في اليمن",
        "حوار مفتوح مع طلاب الجامعة",
        "الرئيسية - أخبار - سياسة",
        "وزير العمل: لا تمديد للمهلة",
    ],
)
def test_sentences_headlines_and_menus_are_no_bylines(text: str) -> None:
    assert read(text) is None


def test_a_known_outlet_in_a_byline_is_the_outlet() -> None:
    byline = read_byline("لندن: «الشرق الأوسط»", 3)
    assert byline is not None
    assert (byline.outlet, byline.authors) == ("الشرق الأوسط", ())


def test_parts_without_a_word_are_no_names() -> None:
    assert read_byline("🎉 / ٪ - ؟؟", 4) is None
