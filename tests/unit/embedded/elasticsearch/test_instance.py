import stat
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch import instance as module
from pipeline.embedded.elasticsearch.account import Account
from pipeline.embedded.elasticsearch.instance import Instance, base_folder
from pipeline.errors import FihristError
from pipeline.settings import Settings

STRANGER = Account("stranger", 61234, 61234)


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    (tmp_path / "logs").mkdir()
    return Instance(tmp_path, "9200-9299", "1g")


@pytest.mark.parametrize(
    ("written", "port"),
    [("127.0.0.1:9207", 9207), ("127.0.0.1:9207\n[::1]:9208\n", 9207), ("", None), ("127.0.0.1:", None)],
)
def test_port_is_the_one_that_the_server_wrote(instance: Instance, written: str, port: int | None) -> None:
    instance.ports_file.write_text(written)
    assert instance.port == port


def test_without_port_there_is_no_address(instance: Instance) -> None:
    assert instance.url is None


def test_address_is_secure_where_the_server_is(tmp_path: Path, instance: Instance) -> None:
    instance.ports_file.write_text("127.0.0.1:9200")
    assert instance.url == "http://127.0.0.1:9200"
    secure = Instance(tmp_path, "9200", "1g", {"xpack.security.http.ssl.enabled": "true"})
    assert secure.url == "https://127.0.0.1:9200"


def test_log_is_named_after_the_cluster(tmp_path: Path) -> None:
    assert Instance(tmp_path, "9200", "1g", {"cluster.name": "other"}).log == tmp_path / "logs/other.log"


def test_home_is_made_and_used_when_its_user_runs_the_server(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    assert base_folder(Settings(home=home), None) == home
    assert home.is_dir()


def test_home_closed_to_the_servers_user_is_replaced_by_a_place_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, elsewhere = tmp_path / "root", tmp_path / "lib"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(module, "ELSEWHERE", elsewhere)
    monkeypatch.setattr(module, "can_enter", lambda folder, account: elsewhere in folder.parents)
    first = base_folder(Settings(home=closed / "a"), STRANGER)
    assert first.parent == elsewhere
    assert stat.S_IMODE(first.stat().st_mode) == 0o755, "whatever root's umask"
    assert base_folder(Settings(home=closed / "a"), STRANGER) == first, "found again by the next command"
    assert (closed / "a" / module.POINTER).read_text() == f"{first}\n", "found by who cleans up"
    assert base_folder(Settings(home=closed / "b"), STRANGER) != first, "another home, another server"


def test_nowhere_to_put_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "ELSEWHERE", tmp_path / "lib")
    monkeypatch.setattr(module, "can_enter", lambda folder, account: False)
    with pytest.raises(FihristError, match=r"stranger.*can enter neither .*set FIHRIST_HOME"):
        base_folder(Settings(home=tmp_path / "home"), STRANGER)


def test_home_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FihristError, match="Set FIHRIST_HOME to one that can be written"):
        base_folder(Settings(home=tmp_path / "file" / "home"), None)
