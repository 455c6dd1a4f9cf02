"""Cost of cleaning in CPU time: linear in the input, and bounded for files that are no articles."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from pipeline.clean.cleaner import clean_page, clean_text
from pipeline.errors import BadInputError

SENTENCE = "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري حتى يوم 5 مارس 2019 من دون انقطاع. "
STORY = f"<p>{SENTENCE * 4}</p>"

TEXTS: dict[str, Callable[[int], str]] = {
    "one paragraph": lambda n: SENTENCE * (n // len(SENTENCE)),
    "paragraphs": lambda n: f"{SENTENCE}\n" * (n // len(SENTENCE)),
    "one word": lambda n: "ابتثج" * (n // 5),
    "glued names": lambda n: "الولاياتالمتحدةوروسيا " * (n // 22),
    "inline links": lambda n: "اقرأ أيضا: خبر آخر. " * (n // 20),
    "datelines": lambda n: "الثلاثاء 5/3/2019 - 10:15\n" * (n // 26),
    "names": lambda n: "محمد أحمد\n" * (n // 10),
    "comments": lambda n: f"{SENTENCE}\nالتعليقات\n" + "محمد أحمد - 5/3/2019\nكلام جميل\n" * (n // 31),
    "mojibake": lambda n: "Ø§Ù„" * (n // 4),
    "full stops": lambda n: "." * n,
}
PAGES: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: f"<p>{SENTENCE}</p>" * (n // 100),
    "nested elements": lambda n: "<div>" * (n // 11) + STORY + "</div>" * (n // 11),
    "unclosed elements": lambda n: "<font>" * (n // 6) + STORY,
    "links": lambda n: STORY + "<li><a href=x>خبر آخر عن المدينة</a>" * (n // 35),
    "comments": lambda n: STORY + "<div class=c><time>5/3/2019</time><p>كلام جميل</p></div>" * (n // 56),
    "brackets in JSON-LD": lambda n: f'<script type="application/ld+json">{"[" * n}</script>{STORY}',
}


def seconds(clean: Callable[[str], object], text: str) -> float:
    """CPU seconds, the best of two, whether the text has an article or not."""
    spent = []
    for _ in range(2):
        start = time.process_time()
        with suppress(BadInputError):
            clean(text)
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("clean", "make"),
    [*((clean_text, make) for make in TEXTS.values()), *((clean_page, make) for make in PAGES.values())],
    ids=[*(f"text: {name}" for name in TEXTS), *(f"page: {name}" for name in PAGES)],
)
def test_eight_times_the_input_costs_nowhere_near_sixty_four_times_as_much(
    clean: Callable[[str], object], make: Callable[[int], str]
) -> None:
    """Linear is 8, quadratic 64; between them is room for a busy machine. Under 20 ms nothing can be measured."""
    once = max(seconds(clean, make(100_000)), 0.02)
    assert seconds(clean, make(800_000)) < 20 * once


@pytest.mark.slow
def test_a_line_of_fifty_megabytes_is_cleaned_in_bounded_time() -> None:
    text = SENTENCE * (50_000_000 // len(SENTENCE.encode()))
    start = time.process_time()
    assert len(clean_text(text).body) > 0.9 * len(text)
    assert time.process_time() - start < 60


def test_a_million_short_lines_are_refused_at_once() -> None:
    with pytest.raises(BadInputError) as refused:
        clean_text("خبر\n" * 1_000_000)
    assert refused.value.reason == "too-many-lines"


def test_ten_thousand_nested_elements_hide_no_article() -> None:
    page = "<div>" * 10_000 + STORY + "</div>" * 10_000
    start = time.process_time()
    assert clean_page(page).body == (SENTENCE * 4).strip()
    assert time.process_time() - start < 10
