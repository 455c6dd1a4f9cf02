import itertools

from hypothesis import given
from hypothesis import strategies as st

from pipeline.enrich.entities.tagger.labels import LABELS, TYPES, decode, encode, may_follow


@st.composite
def spans_of_a_sentence(draw):
    spans, position = [], draw(st.integers(0, 3))
    for kind in draw(st.lists(st.sampled_from(TYPES), max_size=6)):
        length = draw(st.integers(1, 4))
        spans.append((position, position + length, kind))
        position += length + draw(st.integers(0, 3))
    return position, spans


@given(spans_of_a_sentence())
def test_spans_survive_their_labels_even_when_they_touch(case):
    count, spans = case
    assert decode([LABELS.index(label) for label in encode(count, spans)]) == spans


@given(spans_of_a_sentence())
def test_labels_of_spans_are_legal(case):
    count, spans = case
    labels = ["O", *encode(count, spans), "O"]
    assert all(may_follow(*two) for two in itertools.pairwise(labels))


def test_a_name_that_began_goes_on_as_the_same_type():
    assert {label for label in LABELS if may_follow("B-person", label)} == {"I-person", "L-person"}


def test_a_name_cannot_start_in_its_middle():
    assert not may_follow("O", "I-person") and not may_follow("U-person", "L-person")
