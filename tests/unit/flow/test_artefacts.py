from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from upath import UPath

from pipeline.flow.artefacts import ArtefactError, read_json, read_records, records_file, write_json, write_records

ANY_TEXT = st.text(st.characters())  # lone surrogates included: file names can hold them
RECORDS = st.lists(st.dictionaries(ANY_TEXT, ANY_TEXT | st.integers(-(2**40), 2**40) | st.none()), max_size=8)


@given(RECORDS)
def test_records_come_back_as_they_were_written(tmp_path_factory: pytest.TempPathFactory, records: list) -> None:
    file = UPath(tmp_path_factory.mktemp("run") / "batch" / "clean.jsonl")
    write_records(file, records)
    assert list(read_records(file)) == records


def test_a_write_that_breaks_leaves_the_earlier_file_and_no_rest(tmp_path: Path) -> None:
    file = UPath(tmp_path / "clean.jsonl")
    write_records(file, [{"n": 1}])

    def breaks():
        yield {"n": 2}
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_records(file, breaks())
    assert list(read_records(file)) == [{"n": 1}]
    assert [entry.name for entry in tmp_path.iterdir()] == ["clean.jsonl"]


def test_a_file_of_records_is_there_once_its_block_has_ended_well(tmp_path: Path) -> None:
    file = UPath(tmp_path / "keys.jsonl")
    with records_file(file) as write:
        write({"n": 1})
        assert not file.exists()
    assert list(read_records(file)) == [{"n": 1}]
    with pytest.raises(KeyError), records_file(file) as write:
        write({"n": 2})
        raise KeyError
    assert list(read_records(file)) == [{"n": 1}]
    assert [entry.name for entry in tmp_path.iterdir()] == ["keys.jsonl"]


def test_artefacts_may_live_in_a_bucket() -> None:
    file = UPath("memory://bucket/run/manifest.json")
    write_json(file, {"batches": ["batch-0001"]})
    assert read_json(file) == {"batches": ["batch-0001"]}


def test_what_can_not_be_written_says_where_and_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ArtefactError, match=r"file/run\.json can't be written \(.*\).*then clear this task"):
        write_json(UPath(tmp_path / "file" / "run.json"), {})
    assert [found.name for found in tmp_path.iterdir()] == ["file"]
