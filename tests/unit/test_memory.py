from pipeline.memory import remembered

asked: list[int] = []


@remembered(2)
def double(number: int) -> int:
    """Note what was asked."""
    asked.append(number)
    return 2 * number


def test_an_answer_is_worked_out_once_and_a_full_memory_starts_afresh() -> None:
    asked.clear()
    assert [double(number) for number in (1, 1, 2, 1, 2)] == [2, 2, 4, 2, 4]
    assert asked == [1, 2]
    assert [double(number) for number in (3, 3, 1)] == [6, 6, 2]
    assert asked == [1, 2, 3, 1]
