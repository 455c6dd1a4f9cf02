import pytest

from pipeline.clean.captions import read_caption
from pipeline.clean.words import folded_words


def read(text: str) -> str | None:
    caption = read_caption(text, folded_words(text), len(text.split()))
    return None if caption is None else caption.text


@pytest.mark.parametrize(
    ("text", "caption"),
    [
        ("camera iconدورية قرب الحدود - 1 أيار 2017", "دورية قرب الحدود - 1 أيار 2017"),
        ("التعليق على الصورة، يعرف الجسم مواعيده بدقة", "يعرف الجسم مواعيده بدقة"),
        ("متظاهرون أمام مبنى البرلمان (رويترز)", "متظاهرون أمام مبنى البرلمان (رويترز)"),
        (
            "Volunteers carry seedlings at low tide. Photo: Reuters",
            "Volunteers carry seedlings at low tide. Photo: Reuters",
        ),
        ("صورة: أطلس بريس", ""),
    ],
)
def test_captions_are_known_by_a_mark_or_a_credit(text: str, caption: str) -> None:
    assert read(text) == caption


@pytest.mark.parametrize("text", ["صورة قاتمة للاقتصاد في العام المقبل", "قال الوزير (وهو طبيب) إن الخطة جاهزة"])
def test_other_lines_are_no_captions(text: str) -> None:
    assert read(text) is None


def test_a_credit_alone_goes_without_being_a_caption() -> None:
    assert read("Credit: Kim Lee/AFP/Getty Images") == ""
    assert read("صدر الصورة، وكالة الأناضول عبر وكالة أخرى") == ""


def test_a_photographers_name_in_brackets_marks_a_caption() -> None:
    assert read("شتول الأرز في مشتل المحمية (نبيل إسماعيل)") == "شتول الأرز في مشتل المحمية (نبيل إسماعيل)"
