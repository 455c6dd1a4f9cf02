"""What enrichment costs a worker: memory, start-up; and that no process answers otherwise than another."""

import os
import subprocess
import sys

import pytest

MOST_MEMORY = 500
"""MB."""
LONGEST_START = 3.0
"""Seconds of the processor, for busy machines; the aim is 1."""

NEW_WORDS = """
import itertools
from datetime import UTC, datetime
from pipeline.clean.cleaner import clean
from pipeline.enrich.enrich import enrich
from pipeline.sources.raw import ListedFile, RawFile
from psutil import Process

words = map("".join, itertools.product("ابتجحدرسعفقكلمنهوي", repeat=5))
for number in range(160):
    text = " ".join(itertools.islice(words, 1000)) + "."
    listed = ListedFile("s", f"{number}.txt", "s", len(text), datetime(2026, 1, 1, tzinfo=UTC))
    enrich(clean(RawFile(listed, text, "text", "utf-8", len(text), "0")))
print(Process().memory_info().rss / 2**20)  # ru_maxrss would count the parent too
"""
START = """
import time
from pipeline.enrich.entities.recognise import recognise
from pipeline.enrich.language import detect

recognise(None, "قال الرئيس السوري في دمشق"), detect("قال الرئيس السوري في دمشق")
print(time.process_time())
"""
ANSWERS = """
from pathlib import Path
from pipeline.enrich.duplicates import signature
from pipeline.enrich.entities.locate import locate
from pipeline.enrich.entities.recognise import recognise
from pipeline.enrich.language import languages

for seed in sorted(Path("seeds").glob("*.txt")):
    text = seed.read_text(encoding="utf-8")
    mentions = recognise(None, text)
    print(mentions, locate(mentions), languages(text.split("\\n")), signature(text))
"""


def printed(code: str, **environment: str) -> str:
    run = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return run.stdout


@pytest.mark.slow
def test_words_without_end_do_not_fill_the_memory() -> None:
    """160,000 different words: more than any memory of words keeps, and more than 8,000 articles have."""
    assert float(printed(NEW_WORDS)) < MOST_MEMORY


def test_all_knowledge_is_loaded_in_a_moment() -> None:
    assert float(printed(START)) < LONGEST_START


def test_every_process_gives_the_same_answers() -> None:
    assert printed(ANSWERS, PYTHONHASHSEED="1") == printed(ANSWERS, PYTHONHASHSEED="2") != ""
