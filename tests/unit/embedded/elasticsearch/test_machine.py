from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch import machine as module
from pipeline.embedded.elasticsearch.account import Account
from pipeline.embedded.elasticsearch.java import Jdk
from pipeline.embedded.elasticsearch.machine import Machine, prepare_machine
from pipeline.settings import Settings

STRANGER = Account("stranger", 61234, 61234)
JDK = Jdk(Path("/a/jdk"), 21)


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_jdk", lambda account: JDK)
    monkeypatch.setattr(module, "ensure_distribution", lambda base, jdk, progress: base / "server")


def test_server_is_built_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "unprivileged_account", lambda: None)
    told: list[str] = []
    assert prepare_machine(Settings(home=tmp_path), told.append) == Machine(tmp_path / "server", JDK, None)
    assert told == []


def test_other_place_than_the_home_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = tmp_path / "elsewhere"
    monkeypatch.setattr(module, "unprivileged_account", lambda: STRANGER)
    monkeypatch.setattr(module, "base_folder", lambda settings, account: elsewhere)
    told: list[str] = []
    machine = prepare_machine(Settings(home=tmp_path / "home"), told.append)
    assert machine == Machine(elsewhere / "server", JDK, STRANGER)
    assert told == [f"the user stranger can't enter {tmp_path / 'home'}: Elasticsearch and its data are in {elsewhere}"]
