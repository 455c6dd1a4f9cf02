"""Pinned floors of language detection on our own lines; lowering one is a visible act."""

import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from benchmarks.language import EXPECTED, lines
from pipeline.enrich.language import detect

FOLDER = Path(__file__).parent / "lines"
FLOORS = {
    "ar": 1.0, "fa": 1.0, "ur": 1.0, "ckb": 1.0, "ps": 1.0, "ug": 1.0, "sd": 0.96,
    "he": 1.0, "tr": 1.0, "en": 1.0, "fr": 1.0, "de": 1.0, "ru": 0.96, "und": 1.0,
}  # fmt: skip
OTHERS = 0.93


@cache
def right_of_all() -> dict[str, tuple[int, int]]:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for file in FOLDER.glob("*.txt"):
        language = EXPECTED.get(file.stem, file.stem)
        for line in lines(file):
            total[language] += 1
            right[language] += detect(line).code == language
    return {language: (right[language], total[language]) for language in total}


@pytest.mark.parametrize("language", FLOORS)
def test_lines_of_a_language_are_told(language):
    right, total = right_of_all()[language]
    print(f"\nlanguage {language}: {right} of {total} lines, {right / total:.3f} (floor {FLOORS[language]})", end="")

    assert right / total >= FLOORS[language], f"{right} of {total}"


def test_languages_beyond_the_thirteen_get_their_own_code():
    others = [counts for language, counts in right_of_all().items() if language not in FLOORS]

    right, total = map(sum, zip(*others, strict=True))
    print(f"\n{len(others)} other languages: {right} of {total} lines, {right / total:.3f} (floor {OTHERS})", end="")

    assert right / total >= OTHERS


def test_thousands_of_lines_are_told_in_a_second():
    texts = [line for file in FOLDER.glob("*.txt") for line in lines(file)] * 4
    right_of_all()  # loads what is loaded once
    started = time.process_time()
    for text in texts:
        detect(text)
    speed = len(texts) / (time.process_time() - started)
    print(f"\nlanguage: {speed:,.0f} lines/s a core (floor 1,500, for busy machines; the aim is 5,000)", end="")

    assert speed > 1500
