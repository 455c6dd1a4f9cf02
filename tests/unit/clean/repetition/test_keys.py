from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean.line import read_line
from pipeline.clean.repetition.keys import line_key, prose_words


def key(text: str) -> int | None:
    return line_key(read_line(text))


def test_lines_that_readers_take_for_the_same_have_the_same_hash() -> None:
    assert key("قرأ هذا الخبرَ 412 زائراً") == key("• قرأ هذا الخبر ٧ زائرا")
    assert key("قرأ هذا الخبر 412 زائر") != key("كتب هذا الخبر 412 زائر")


def test_the_hash_is_the_same_on_every_machine_and_in_every_process() -> None:
    # Where this changes, sources are learned anew: what the stores remember is forgotten.
    assert key("صوت واحد") == 12765329915760968642


def test_lines_without_a_word_say_nothing() -> None:
    assert key("12:30") is None
    assert key("***") is None


def test_long_lines_differ_by_their_length_where_they_begin_alike() -> None:
    assert key("كلمة " * 60) != key("كلمة " * 61)


def test_running_text_is_weighed_by_its_words_and_labels_by_nothing() -> None:
    assert prose_words(read_line("اقرأ المزيد من أخبار المدينة")) == 0
    assert prose_words(read_line("قال الوزير إن العمل في المستشفى الجديد يبدأ في الشهر المقبل.")) == 11
    assert prose_words(read_line("كلمة " * 500)) == 60


@given(st.text())
def test_any_line_has_a_hash_of_64_bits_or_none(text: str) -> None:
    found = key(text)
    assert found is None or 0 <= found < 2**64
