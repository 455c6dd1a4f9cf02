from pathlib import Path

import pytest
from upath import UPath

from pipeline.flow.artefacts import read_json
from pipeline.flow.clock import timed


def test_a_stage_that_is_done_again_adds_its_time(tmp_path: Path) -> None:
    folder = UPath(tmp_path)
    with timed(folder, "survey"):
        sum(range(200_000))
    first = read_json(folder / "survey.json")["seconds"]
    with timed(folder, "survey"):
        sum(range(200_000))
    assert read_json(folder / "survey.json")["seconds"] > first > 0


def test_a_stage_that_failed_leaves_no_time(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="full"), timed(UPath(tmp_path), "survey"):
        raise OSError("full")
    assert list(tmp_path.iterdir()) == []
