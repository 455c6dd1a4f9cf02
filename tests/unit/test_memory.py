from pipeline.memory import remembered

asked: list[str] = []


@remembered(2)
def length(word: str) -> int:
    """Note what was asked."""
    asked.append(word)
    return len(word)


def test_an_answer_is_worked_out_once_and_a_full_memory_starts_afresh() -> None:
    asked.clear()
    assert [length(word) for word in ("ab", "ab", "c", "ab", "c")] == [2, 2, 1, 2, 1]
    assert asked == ["ab", "c"]
    assert [length(word) for word in ("def", "def", "ab")] == [3, 3, 2]
    assert asked == ["ab", "c", "def", "ab"]


def test_what_is_too_long_for_a_word_takes_no_room() -> None:
    asked.clear()
    assert [length("a" * 1000) for _ in range(2)] == [1000, 1000]
    assert len(asked) == 2
