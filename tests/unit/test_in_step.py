from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import BadInputError
from pipeline.in_step import Steps, at_once, in_step


@given(st.lists(st.integers(0, 5), max_size=6))
def test_results_come_in_the_order_of_the_works_however_many_steps_each_takes(counts: list[int]) -> None:
    def work(index: int, steps: int) -> Steps[int]:
        yield from (None for _ in range(steps))
        return index

    assert in_step(work(index, steps) for index, steps in enumerate(counts)) == list(range(len(counts)))


def test_a_step_is_done_of_each_work_before_the_next_step_of_any() -> None:
    done: list[str] = []

    def work(name: str) -> Steps[None]:
        done.append(f"{name}1")
        yield
        done.append(f"{name}2")

    in_step(map(work, "abc"))
    assert done == ["a1", "b1", "c1", "a2", "b2", "c2"]


def test_bad_input_is_the_result_of_its_work_alone() -> None:
    def work(text: str) -> Steps[str]:
        yield
        if not text:
            raise BadInputError("empty", "holds no text")
        yield
        return text

    first, second, third = in_step(map(work, ("a", "", "b")))
    assert (first, third) == ("a", "b")
    assert isinstance(second, BadInputError)
    assert second.reason == "empty"


def test_a_fault_of_ours_stops_all() -> None:
    def work(number: int) -> Iterator[None]:
        yield
        1 / number

    with pytest.raises(ZeroDivisionError):
        in_step(map(work, (1, 0)))  # type: ignore[arg-type]


def test_one_work_can_be_done_at_once() -> None:
    def work() -> Steps[str]:
        yield
        return "done"

    assert at_once(work()) == "done"
