from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.instance import Instance
from pipeline.embedded.elasticsearch.state import State, remember, remembered
from pipeline.errors import FihristError


def test_next_command_finds_the_server_as_it_was_started(tmp_path: Path) -> None:
    root = tmp_path / "elasticsearch"
    state = State(Instance(root, "9207,9200-9299", "2g", {"xpack.security.enabled": "true"}), "hash")
    remember(state)
    assert remembered(root) == state
    assert [file.name for file in root.iterdir()] == ["server.json"], "written aside and moved"


def test_nothing_is_remembered_before_the_first_start(tmp_path: Path) -> None:
    assert remembered(tmp_path) is None


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"ports": "1", "heap": "1g", "extra": 5, "build": "x"}'])
def test_foreign_file_is_refused_by_name(tmp_path: Path, content: str) -> None:
    (tmp_path / "server.json").write_text(content)
    with pytest.raises(FihristError, match=rf"{tmp_path}/server\.json is not what Fihrist wrote there"):
        remembered(tmp_path)
