from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from pipeline.errors import BadInputError, SourceGoneError
from pipeline.flow.artefacts import Record, read_json, read_records
from pipeline.flow.each_file import Item, each_file, some_at_a_time
from pipeline.sources.raw import ListedFile

MOST, SIZE = 3, 10


def items(*sizes: int) -> list[Item[int]]:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Item(ListedFile("wire", f"{place}.txt", f"/{place}.txt", size, now), size, place)
        for place, size in enumerate(sizes)
    ]


@given(st.lists(st.integers(0, 15)))
def test_groups_hold_each_file_once_and_are_small(sizes: list[int]) -> None:
    files = items(*sizes)
    groups = list(some_at_a_time(files, most=MOST, size=SIZE))
    assert list(chain.from_iterable(groups)) == files
    assert all(len(group) <= MOST for group in groups)
    assert all(len(group) == 1 or sum(item.size for item in group) <= SIZE for group in groups)


def test_groups_are_filled_before_the_next_one_begins() -> None:
    assert [len(group) for group in some_at_a_time(items(1, 1, 1, 1, 9, 2, 20), most=MOST, size=SIZE)] == [3, 2, 1, 1]


class Worker:
    """Refuses some files, whole groups with them, and remembers what it was given."""

    def __init__(self, **refused: Exception) -> None:
        self.refused = {int(name.removeprefix("file")): error for name, error in refused.items()}
        self.groups: list[list[int]] = []

    def __call__(self, group: list[Item[int]]) -> list[Record]:
        self.groups.append([item.content for item in group])
        for item in group:
            if item.content in self.refused:
                raise self.refused[item.content]
        return [{"number": item.content} for item in group]


def test_the_one_bad_file_of_a_group_is_blamed_and_the_others_are_done(tmp_path: Path) -> None:
    batch = UPath(tmp_path)
    work = Worker(file1=BadInputError("empty", "has no text"), file5=ZeroDivisionError("a fault"))
    each_file("enrich", batch, some_at_a_time(items(*[1] * 6), most=MOST, size=SIZE), work)
    assert [record["number"] for record in read_records(batch / "enrich.jsonl")] == [0, 2, 3, 4]
    assert work.groups == [[0, 1, 2], [0], [1], [2], [3, 4, 5], [3], [4], [5]]
    problems = list(read_records(batch / "enrich.problems.jsonl"))
    assert [(problem["file"]["path"], problem["state"], problem["reason"]) for problem in problems] == [
        ("1.txt", "quarantined", "empty"),
        ("5.txt", "failed", "ZeroDivisionError"),
    ]


def test_a_file_for_which_the_work_says_why_there_is_nothing_costs_the_others_no_second_time(tmp_path: Path) -> None:
    batch = UPath(tmp_path)
    groups: list[int] = []

    def work(group: list[Item[int]]) -> list[Record | Exception]:
        groups.append(len(group))
        return [{"number": 0}, BadInputError("empty", "has no text"), {"number": 2}]

    each_file("clean", batch, [items(1, 1, 1)], work)
    assert groups == [3]
    assert [record["number"] for record in read_records(batch / "clean.jsonl")] == [0, 2]
    (problem,) = read_records(batch / "clean.problems.jsonl")
    assert (problem["file"]["path"], problem["state"]) == ("1.txt", "quarantined")


def test_a_group_s_time_is_shared_out_by_size(tmp_path: Path) -> None:
    batch = UPath(tmp_path)

    def work(group: list[Item[int]]) -> list[Record]:
        sum(range(2_000_000))
        return [{} for _ in group]

    each_file("enrich", batch, [items(1, 9)], work)
    took = read_json(batch / "enrich.json")
    assert took["files"] == 2
    large, small = took["slowest"]
    assert (large["uri"], small["uri"]) == ("wire/1.txt", "wire/0.txt")
    assert large["seconds"] == pytest.approx(9 * small["seconds"], abs=0.005)


def test_a_source_that_is_gone_stops_the_step_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(SourceGoneError):
        each_file("clean", UPath(tmp_path), [items(1)], Worker(file0=SourceGoneError("the disk is gone")))
    assert not (tmp_path / "clean.jsonl").exists()
