from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.lines import split_lines

ANY_LINES = st.text(alphabet="اب ج.\n\r\t\u200f\ufeff\u2028x", max_size=80)


@given(ANY_LINES)
def test_a_block_is_the_text_between_its_offsets(text: str) -> None:
    for block in split_lines(text):
        assert text[block.start : block.end] == block.text
        assert block.text


@given(ANY_LINES)
def test_nothing_but_space_is_left_out(text: str) -> None:
    kept = "".join(block.text for block in split_lines(text))
    assert [c for c in text if c in "ابج.x"] == [c for c in kept if c in "ابج.x"]


def test_empty_lines_before_a_block_are_counted() -> None:
    assert [block.gap for block in split_lines("ا\n\n \nب\nج")] == [0, 2, 0]


def test_a_byte_order_mark_and_direction_marks_are_no_part_of_a_line() -> None:
    assert [block.text for block in split_lines("\ufeffعنوان\u200f\r\n\u200f\r\nنص")] == ["عنوان", "نص"]
