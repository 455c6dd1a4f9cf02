import pytest

from pipeline.enrich.entities.misread import is_misread
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import tokenize
from pipeline.enrich.mention import EntityType


@pytest.mark.parametrize(
    ("text", "first", "kind", "misread"),
    [
        ("نتائج دوري روشن", 2, "organization", True),
        ("حصدت جوائز إيمي", 2, "person", True),
        ("فاز بجائزة نوبل", 2, "person", True),
        ("نهائي كأس آسيا", 2, "location", False),
        ("تعاقدت شركة روشن", 2, "organization", False),
        ("أعلنت وزيرة الصحة", 2, "organization", True),
        ("المتهم سيد. ع", 1, "person", True),
        ("المتهم سيد ع.", 1, "person", True),
        ("قتل سيد. وقال", 1, "person", False),
        ("قتل أفراد عائلة البرعصي", 3, "person", True),
        ("قتل المسعف البرعصي", 2, "person", False),
        ("حل شهر رمضان", 2, "person", True),
        ("زار بيت رمضان", 2, "person", False),
        ('المنخفض الجوي "هاري" قادم', 3, "person", True),
        ("عبرت العاصفة دانيال", 2, "person", True),
        ("عرض فيلم «نابليون» أمس", 3, "person", True),
        ("قال «نابليون» أمس", 2, "person", False),
    ],
)
def test_words_around_tell_what_only_looks_like_a_name(text: str, first: int, kind: EntityType, misread: bool) -> None:
    assert is_misread(Span(first, first + 1, 0, kind), tokenize(text)) is misread
