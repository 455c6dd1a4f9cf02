"""Make a process ready for batches: what cleaning and enriching know is loaded, and kept out of garbage collection."""

import gc
from functools import cache
from typing import Final, Literal

from pipeline.clean.cleaner import clean_page, clean_text
from pipeline.enrich.enrich import enrich
from pipeline.enrich.frequent import frequent_words

_LINES: Final = (
    "افتتاح المستشفى الجديد في صفاقس",
    "كتبت: سلمى بن علي",
    "تونس - الأحد 6 مايو 2018",
    "مرضى أمام المستشفى الجديد (أ ف ب)",
    "قال رئيس الوزراء التونسي يوسف بن علي في مدينة صفاقس اليوم إن المستشفى الجديد جاهز، وإن وزارة الصحة ستفتح أبوابه "
    "أمام المرضى في الأسبوع المقبل بعد أن تأخر العمل فيه عامين كاملين. اقرأ أيضا: وزارة الصحة تعلن خطتها. وأضاف أن "
    "الأطباء والممرضين وصلوا إلى المدينة قبل أيام، وأن الأجهزة كلها ركبت وجربت.",
    "وليد منصور",
)
"""A small article that asks for all knowledge."""
_PAGE: Final = "".join(f'<p class="author">{line}</p>' for line in _LINES)
_YOUNG: Final = 20_000
"""Allocations between two looks for garbage (Python's default is 700): an article's objects are freed by their counts,
hardly any are cycles."""

_AT_ONCE: Final = 2_000
"""Frequent words in a text: many new ones at a stroke take less time, all of them much memory."""


@cache
def ready(stage: Literal["clean", "enrich"]) -> None:
    """Load what a stage knows, before its clock starts; a second call does nothing."""
    article = clean_text("\n".join(_LINES))
    if stage == "clean":
        clean_text(" ".join(_LINES))
        clean_page(
            f"<html><head><title>{_LINES[0]} | الشروق</title></head><body><article>{_PAGE}</article></body></html>"
        )
    else:
        enrich(article)
    gc.freeze()  # a hundred thousand names and words: to look through them again and again finds nothing
    gc.set_threshold(_YOUNG, *gc.get_threshold()[1:])


def meet_frequent_words() -> None:
    """Let cleaning and enrichment work out the most frequent words, which they remember: two seconds, once.

    For a process from which others are forked: they share what it remembers, and a batch of 200 articles takes them a
    sixth less time.
    """
    words = frequent_words()
    for start in range(0, len(words), _AT_ONCE):
        enrich(clean_text(" ".join(words[start : start + _AT_ONCE]) + "."))
    gc.freeze()
