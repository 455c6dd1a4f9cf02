from itertools import pairwise, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.enrich.entities.tagger.labels import LABELS, may_follow
from pipeline.enrich.entities.tagger.viterbi import Decoder

COUNT = len(LABELS)
SCORES = st.floats(-10, 10, width=16)


def value(path, scores, transitions):
    padded = [0, *path, 0]
    steps = sum(transitions[before, label] for before, label in pairwise(padded))
    return steps + sum(scores[at, label] for at, label in enumerate(path))


def is_legal(path):
    names = ["O", *(LABELS[label] for label in path), "O"]
    return all(may_follow(*two) for two in pairwise(names))


@settings(max_examples=25, deadline=None)
@given(arrays(np.float32, (3, COUNT), elements=SCORES), arrays(np.float32, (COUNT, COUNT), elements=SCORES))
def test_the_whole_search_finds_a_best_legal_path(scores, transitions):
    path = Decoder(transitions, lead=float("inf"), width=float("inf")).decode(scores)
    best = max(value(other, scores, transitions) for other in product(range(COUNT), repeat=3) if is_legal(other))
    assert is_legal(path)
    assert value(path, scores, transitions) >= best - 1e-3


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 12).flatmap(lambda size: arrays(np.float32, (size, COUNT), elements=SCORES)))
def test_the_short_search_is_legal_and_as_long_as_the_text(scores):
    path = Decoder(np.zeros((COUNT, COUNT), dtype=np.float32)).decode(scores)
    assert len(path) == len(scores)
    assert is_legal(path)


def test_a_word_that_is_surely_no_name_costs_no_search():
    scores = np.zeros((5, COUNT), dtype=np.float32)
    scores[:, 0] = 100
    assert Decoder(np.zeros((COUNT, COUNT), dtype=np.float32), width=0).decode(scores).tolist() == [0] * 5
