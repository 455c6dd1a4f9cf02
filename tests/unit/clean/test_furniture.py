from pathlib import Path

import pytest

from pipeline.clean import furniture
from pipeline.clean.furniture import find_phrase
from pipeline.clean.words import folded_words
from pipeline.errors import KnowledgeError


def kind_of(text: str) -> str | None:
    words = folded_words(text)
    phrase = find_phrase(words, len(words))
    return phrase.kind if phrase and phrase.role != "hint" else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("لا توجد تعليقات على الخبر", "comments"),
        ("التعليقات (12)", "comments"),
        ("Laisser un commentaire", "comments"),
        ("دیدگاهتان را بنویسید", "comments"),
        ("اضغط هنا للمساهمة", "donation"),
        ("تابعونا على تلغرام", "subscription"),
        ("Facebook", "share"),
        ("مقالات متعلقة", "related"),
        ("یہ بھی پڑھیں", "related"),
        ("هەواڵی پەیوەندیدار", "related"),
        ("كلمات دلالية: مصر، السياحة", "tags"),
        ("جميع الحقوق محفوظة © 2023 النهر", "copyright"),
        ("345 مشاهدة", "counter"),
        ("إعـــلان", "ad"),
        ("نستخدم ملفات تعريف الارتباط لتحسين تجربتك", "cookie"),
        ("المصدر: وكالات", "source-credit"),
    ],
)
def test_furniture_is_known_by_what_it_says(text: str, kind: str) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت الوزارة أن التعليقات على القرار الجديد تجاوزت ألف تعليق في يومين",
        "قال الوزير إن حملة التبرع جمعت مليون دولار خلال أسبوع واحد من إطلاقها",
        "سعر الدولار يواصل الصعود في السوق الموازية",
    ],
)
def test_a_sentence_about_the_same_thing_is_no_furniture(text: str) -> None:
    assert kind_of(text) is None


def test_a_row_with_an_unknown_kind_is_refused_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "furniture.tsv").write_text(
        "# x\nphrase\tkind\tmatch\trole\twords\nاضغط هنا\tbanner\texact\tline\n", encoding="utf-8"
    )
    monkeypatch.setattr(furniture, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match=r"furniture\.tsv, line 3: unknown kind 'banner'"):
        furniture._load.__wrapped__()
