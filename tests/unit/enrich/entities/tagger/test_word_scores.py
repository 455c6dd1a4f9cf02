import numpy as np
import pytest

from pipeline.enrich.entities.tagger.weights import load
from pipeline.enrich.entities.tagger.word_scores import WordScores
from pipeline.enrich.entities.vocabulary import Vocabulary

WORDS = ["قال", "الرئيس", "في", "دمشق", "،", "", "2024", "ـ"]


@pytest.fixture
def scores():
    return WordScores(load()[0], {"role": {"title": 1}, "group": {}, "first": {}, "second": {"دمشق": 7}})


def known(scores, words, written=WORDS):
    return scores.of(words, words.numbers(written))


def test_a_word_has_the_same_sums_whichever_come_with_it(scores):
    words = Vocabulary()
    first = known(scores, words).sums
    assert np.array_equal(known(scores, words, [f"كلمة{n}" for n in range(3000)] + WORDS).sums[3000:], first)
    assert np.array_equal(known(scores, Vocabulary(), WORDS[::-1]).sums[::-1], first)


def test_numbers_of_values_that_nobody_weighed_are_zero(scores):
    numbers = known(scores, Vocabulary()).numbers
    assert numbers["role"].tolist() == [0, 1, 0, 0, 0, 0, 0, 0]
    assert numbers["second"].tolist() == [0, 0, 0, 7, 0, 0, 0, 0]


def test_no_words_have_no_sums(scores):
    assert len(known(scores, Vocabulary(), []).sums) == 0
