from hypothesis import given
from hypothesis import strategies as st

from pipeline.serve.marks import Span, paragraphs, pieces

SPANS = st.lists(st.builds(Span, st.integers(-5, 60), st.integers(-5, 80), st.sampled_from("abc")), max_size=8)


@given(st.text(max_size=60), SPANS)
def test_no_character_is_lost_or_doubled_whatever_the_spans(text: str, spans: list[Span[str]]) -> None:
    assert "".join(piece.text for piece in pieces(text, spans)) == text


@given(st.text("ab\n ", max_size=60), SPANS)
def test_paragraphs_are_the_lines_that_hold_something(text: str, spans: list[Span[str]]) -> None:
    lines = ["".join(piece.text for piece in paragraph) for paragraph in paragraphs(text, spans)]
    assert lines == [line for line in text.split("\n") if line.strip()]


def test_a_span_keeps_its_mark_and_of_two_that_overlap_the_first_counts() -> None:
    found = [(piece.text, piece.mark) for piece in pieces("قال بشار الأسد", [Span(4, 14, "person"), Span(9, 14, "x")])]
    assert found == [("قال ", None), ("بشار الأسد", "person")]


def test_a_mention_in_the_second_paragraph_is_found_there() -> None:
    _, second = paragraphs("سطر\nفي دمشق", [Span(7, 11, "place")])
    assert [(piece.text, piece.mark) for piece in second] == [("في ", None), ("دمشق", "place")]
