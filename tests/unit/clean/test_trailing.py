import pytest

from pipeline.clean.trailing import find_trailing

TEXT = (
    "وكانت البلدية قد أعلنت الشهر الماضي عن خطة لتأهيل الطرق الداخلية في الأحياء القديمة، على أن تنفذ على ثلاث مراحل "
    "تنتهي مطلع العام المقبل."
)


@pytest.mark.parametrize(
    ("tail", "kind"),
    [
        ("اضف تعليق", "comments"),
        ("مقالات ذات صلة", "related"),
        ("شارك على فيسبوك تويتر واتساب", "share"),
        ("جميع الحقوق محفوظة", "copyright"),
    ],
)
def test_furniture_behind_the_last_sentence_is_found(tail: str, kind: str) -> None:
    found = find_trailing(f"{TEXT} {tail}")
    assert found is not None
    assert (f"{TEXT} {tail}"[found.start : found.end], found.kind) == (tail, kind)


@pytest.mark.parametrize("tail", ["", "(رويترز)", "وقال مصدر في البلدية إن التعليقات على الخطة كثيرة"])
def test_other_endings_are_the_paragraphs_own(tail: str) -> None:
    assert find_trailing(f"{TEXT} {tail}".strip()) is None


def test_a_short_line_carries_nothing() -> None:
    assert find_trailing("انتهى البيان. اضف تعليق") is None
