import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.repair.glued import part, part_all

ARABIC = st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويىةأإآؤئء\u064b\u064e\u0651", max_size=80)


@pytest.mark.parametrize(
    "text",
    [
        "الولايات المتحدة وروسيا",
        "روسيا والولايات المتحدة والأردن",
        "الأمم المتحدة",
        "للأمم المتحدة",
        "وبالولايات المتحدة",
        "جنوب سوريا",
        "شمال لبنان",
        "وزير الخارجية",
        "دير الزور",
        "رئيس الوزراء",
        "مجلس الأمن",
        "حزب الله",
        "قطاع غزة",
        "بشار الأسد",
        "العراق وسوريا",
        "المملكة العربية السعودية",
        "رئيس الجمهورية",
        "بعض الأسباب",
        "حقوق الإنسان",
        "هذه المرحلة",
        "من الانتقادات",
        "في العاصمة",
        "وأعلنت الحكومة العراقية",
    ],
)
def test_names_are_parted_wherever_their_spaces_were_lost(text):
    assert part(text.replace(" ", "")) == tuple(text.split())


@pytest.mark.parametrize(
    ("glued", "parts"),
    [
        ("المدرسةجديدة", ("المدرسة", "جديدة")),
        ("الجديدةعن", ("الجديدة", "عن")),
        ("إجابةٌوقد", ("إجابةٌ", "وقد")),
        ("مضيفاًأنهم", ("مضيفاً", "أنهم")),
        ("إلىالقاهرة", ("إلى", "القاهرة")),
        ("فىالقاهرة", ("فى", "القاهرة")),
    ],
)
def test_a_letter_that_ends_words_parts_them(glued, parts):
    assert part(glued) == parts


ONE_WORD = """
    عبدالعزيز وعبدالرحمن أبوبكر نورالدين نصرالله بوركينافاسو الاستقلالية انفصاليون والاحتفالات فسيكفيكهم
    بالمسؤوليات الإنتخابات استقبالهما البروتوكولات غوارديولا الأميركان البلاديوم منالهم الفيالق عنالة
    إبراهيموفيتش فيسبوك نيوزيلندا ثلاثمائة أراضىهم طوارىء مفاجأةً رسميًّا جدًّا
"""


@pytest.mark.parametrize("word", ONE_WORD.split())
def test_one_word_stays_one(word):
    assert part(word) == (word,)


def test_parts_keep_their_vowel_marks():
    assert part("الأُمَمُالمُتَّحِدَةُ") == ("الأُمَمُ", "المُتَّحِدَةُ")


def test_of_many_words_only_those_that_hold_several_are_named():
    words = ["الحكومة", "الولاياتالمتحدة", "المدرسةجديدة", "ابتث" * 1_000]
    assert part_all(words) == {"الولاياتالمتحدة": ("الولايات", "المتحدة"), "المدرسةجديدة": ("المدرسة", "جديدة")}
    assert part_all([]) == {}


@given(ARABIC)
def test_parting_only_adds_spaces(word):
    parts = part(word)
    assert "".join(parts) == word
    assert all(parts) or word == ""
