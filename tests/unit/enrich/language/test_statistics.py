"""Fihrist relies on the Rust port giving langdetect's very answers, and doing so much faster."""

import time
from pathlib import Path

import langdetect
import langdetect_rs
import pytest

from pipeline.enrich.language.statistics import probabilities

LINES = [
    line
    for file in sorted((Path(__file__).parents[3] / "quality/language/lines").glob("*.txt"))
    if file.stem not in ("und", "hy")  # no letters that langdetect knows
    for line in file.read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(autouse=True)
def seeded(monkeypatch):
    monkeypatch.setattr(langdetect.DetectorFactory, "seed", 0)
    monkeypatch.setattr(langdetect_rs.DetectorFactory, "seed", 0)


def test_the_port_gives_the_same_answers_and_probabilities():
    for line in LINES[::4]:
        expected = [(found.lang, found.prob) for found in langdetect.detect_langs(line)]

        assert [(found.lang, found.prob) for found in langdetect_rs.detect_langs(line)] == expected


def test_the_port_is_many_times_faster():
    def seconds(detect):
        detect(LINES[0])
        started = time.process_time()
        for line in LINES[::8]:
            detect(line)
        return time.process_time() - started

    assert seconds(langdetect.detect) > 15 * seconds(langdetect_rs.detect)


def test_we_read_the_same_probabilities():
    for line in LINES[::10]:
        first = langdetect_rs.detect_langs(line)[0]

        assert probabilities(line)[{"zh-cn": "zh"}.get(first.lang, first.lang)] == pytest.approx(first.prob, abs=1e-3)


@pytest.mark.parametrize("text", ["", "123 456"])
def test_nothing_to_go_by_is_no_probability(text):
    assert probabilities(text) == {}
