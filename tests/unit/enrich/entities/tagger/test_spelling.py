import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.enrich.entities.tagger.spelling import Spelling, spelled
from pipeline.enrich.entities.tagger.weights import load

WEIGHTS = load()[0]
SPELLING = Spelling(WEIGHTS)


def test_parts_of_a_word_know_where_it_begins_and_ends():
    assert spelled("درعا", "درعا").inner[:7] == ["^در", "درع", "رعا", "عا$", "^درع", "درعا", "رعا$"]


def test_only_a_longer_word_has_a_beginning_and_an_end():
    assert spelled("دم", "دم").outer == ["begin=د", "end=م"]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="أإابتسمنلويةءـ09aZ\U00010331", min_size=1, max_size=14), min_size=1, max_size=12))
def test_the_sums_are_those_of_the_features_by_name(words):
    sums = SPELLING.sums([(word, word) for word in words])
    for at, word in enumerate(words):
        for kind, names, summed in zip(("inner", "outer"), spelled(word, word), sums, strict=True):
            rows, table = WEIGHTS[kind]
            expected = table[[rows[name] for name in names if name in rows]].sum(axis=0)
            assert np.allclose(summed[at], expected, atol=1e-4)
