import numpy as np
import pytest

from pipeline.enrich.entities.tagger import vocabulary
from pipeline.enrich.entities.tagger.vocabulary import Vocabulary
from pipeline.enrich.entities.tagger.weights import load

WORDS = ["قال", "الرئيس", "في", "دمشق", "،", "", "2024", "ـ"]


@pytest.fixture
def words():
    return Vocabulary(load()[0], {"role": {"title": 1}, "group": {}, "first": {}, "second": {"دمشق": 7}})


def sums(words, written):
    numbers = words.numbers(written)
    return words.sums[numbers]


def test_a_word_has_the_same_sums_whenever_it_comes(words):
    first = sums(words, WORDS)
    assert np.array_equal(sums(words, [f"كلمة{n}" for n in range(3000)] + WORDS)[3000:], first)


def test_numbers_of_values_that_nobody_weighed_are_zero(words):
    numbers = words.numbers(WORDS)
    assert words.columns["role"][numbers].tolist() == [0, 1, 0, 0, 0, 0, 0, 0]
    assert words.columns["second"][numbers].tolist() == [0, 0, 0, 7, 0, 0, 0, 0]


def test_a_full_memory_starts_afresh_and_says_the_same(words, monkeypatch):
    monkeypatch.setattr(vocabulary, "_REMEMBERED", 10)
    first = sums(words, WORDS)
    for n in range(50):
        words.numbers([f"كلمة{n}", f"جملة{n}"])
    assert np.array_equal(sums(words, WORDS), first)
    assert len(words.sums) == 1024
