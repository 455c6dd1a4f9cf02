import gc
import weakref

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.entities import vocabulary as module
from pipeline.enrich.entities.tokens import tokenize
from pipeline.enrich.entities.vocabulary import Column, Vocabulary, vocabulary


@given(st.lists(st.lists(st.text(max_size=3))))
def test_a_column_says_of_each_word_what_its_function_says(texts):
    words, length, written = Vocabulary(), Column.of(len, np.int8), Column.of(str)
    for text in texts:
        numbers = words.numbers(text)
        assert words.values(length)[numbers].tolist() == list(map(len, text))
        assert words.values(written)[numbers].tolist() == text


def test_what_is_known_of_a_word_is_worked_out_once():
    asked = []
    column = Column.of(lambda word: asked.append(word) or len(word))
    words = Vocabulary()
    for text in (["أحمد", "في", "في"], ["في", "تونس"], ["تونس", "أحمد"]):
        words.numbers(text)
        words.values(column)
    assert asked == ["أحمد", "في", "تونس"]


def test_a_column_that_nobody_has_any_more_takes_no_room():
    words, column = Vocabulary(), Column.of(len)
    words.numbers(["في"])
    gone = weakref.ref(words.values(column))
    del column
    gc.collect()
    assert gone() is None


def test_a_full_vocabulary_is_replaced_and_texts_that_it_numbered_stay_readable(monkeypatch):
    before, length = tokenize("قال الرئيس اليوم"), Column.of(len)
    known = vocabulary()
    assert vocabulary() is known
    monkeypatch.setattr(module, "_MOST", 2)
    fresh = vocabulary()
    assert fresh is not known
    assert len(fresh) == 0
    assert before.values(length).tolist() == [3, 6, 5]
    assert before.numbers(fresh).tolist() == [0, 1, 2]


def test_long_words_fill_a_vocabulary_sooner(monkeypatch):
    monkeypatch.setattr(module, "_MOST", 10)
    words = Vocabulary()
    words.numbers(["في", "على"])
    assert not words.is_full
    words.numbers(["ا" * 1000])
    assert words.is_full
