"""Make a process ready for batches: what cleaning and enriching know is loaded, and kept out of garbage collection."""

import gc
from functools import cache
from typing import Final, Literal

from pipeline.clean.cleaner import clean_page, clean_text
from pipeline.enrich.enrich import enrich

_TEXT: Final = (
    "تونس - الأحد 6 مايو 2018\nقال رئيس الوزراء التونسي يوسف بن علي في مدينة صفاقس اليوم إن المستشفى الجديد جاهز، وإن "
    "وزارة الصحة ستفتح أبوابه أمام المرضى في الأسبوع المقبل بعد أن تأخر العمل فيه عامين كاملين."
)
"""A small article that asks for all knowledge."""
_YOUNG: Final = 20_000
"""Allocations between two looks for garbage (Python's default is 700): an article's objects are freed by their counts,
hardly any are cycles."""


@cache
def ready(stage: Literal["clean", "enrich"]) -> None:
    """Load what a stage knows, before its clock starts; a second call does nothing."""
    article = clean_text(_TEXT)
    if stage == "clean":
        clean_page(f"<html><body><article><p>{_TEXT}</p></article></body></html>")
    else:
        enrich(article)
    gc.freeze()  # a hundred thousand names and words: to look through them again and again finds nothing
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])
