"""Which server ``ensure_server`` gives, with the real start replaced; the real one is in the integration tests."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.embedded.elasticsearch import server as module
from pipeline.embedded.elasticsearch.instance import Instance, RunningServer
from pipeline.embedded.elasticsearch.server import ensure_server, server_status, stop_server
from pipeline.embedded.elasticsearch.state import State, remember, remembered
from pipeline.settings import Settings


class Machine:
    """Stands for processes: which instance runs, and what was done to it."""

    def __init__(self) -> None:
        self.live: Instance | None = None
        self.done: list[str] = []

    def pid(self, instance: Instance) -> int | None:
        return 42 if self.live and self.live.root == instance.root else None

    def start(self, instance: Instance, *_: object, lasting: bool) -> tuple[RunningServer, None]:
        self.done.append("start")
        assert lasting
        self.live = instance
        return self.server(instance), None

    def wait(self, instance: Instance, *_: object) -> RunningServer:
        self.done.append("wait")
        return self.server(instance)

    def stop(self, instance: Instance) -> bool:
        self.done.append("stop")
        stopped, self.live = self.pid(instance) is not None, None
        return stopped

    def server(self, instance: Instance) -> RunningServer:
        return RunningServer("http://127.0.0.1:9200", 42, instance.log)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(module, "unprivileged_account", lambda: None)
    monkeypatch.setattr(module, "prepare_machine", lambda settings, progress: SimpleNamespace())
    monkeypatch.setattr(module, "source_hash", lambda: "new")
    monkeypatch.setattr(module, "running_pid", made.pid)
    monkeypatch.setattr(module, "running", lambda instance: made.server(instance) if made.pid(instance) else None)
    monkeypatch.setattr(module, "start", made.start)
    monkeypatch.setattr(module, "secure", lambda *_: made.done.append("secure"))
    monkeypatch.setattr(module, "stop", made.stop)
    monkeypatch.setattr(module, "wait_until_ready", made.wait)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, es_heap="3g", es_port=0)


def test_first_command_starts_it_with_the_settings(settings: Settings, machine: Machine) -> None:
    ensure_server(settings, extra={"path.repo": "/x"})
    assert machine.done == ["start"]
    state = remembered(settings.home / "elasticsearch")
    assert state == State(machine.live, "new")
    assert state.instance.heap == "3g"
    assert state.instance.extra == {"path.repo": "/x"}


def test_next_command_waits_for_the_same(settings: Settings, machine: Machine) -> None:
    ensure_server(settings)
    ensure_server(settings)
    assert machine.done == ["start", "wait"]


def test_server_of_an_older_build_is_started_anew_and_that_is_told(settings: Settings, machine: Machine) -> None:
    ensure_server(settings)
    assert machine.live is not None
    remember(State(machine.live, "old"))
    told: list[str] = []
    ensure_server(settings, told.append)
    assert machine.done == ["start", "stop", "start"]
    assert told == ["Elasticsearch was built from other sources than there are now: starting it anew"]


def test_server_that_ended_is_started_where_it_was(settings: Settings, machine: Machine) -> None:
    ensure_server(settings)
    assert machine.live is not None
    machine.live.logs.mkdir(parents=True)
    machine.live.ports_file.write_text("127.0.0.1:9207")
    machine.live = None
    ensure_server(settings)
    assert machine.live.ports == "9207,9200-9299"


def test_stop_says_whether_there_was_one(settings: Settings, machine: Machine) -> None:
    assert not stop_server(settings)
    ensure_server(settings)
    assert server_status(settings) is not None
    assert stop_server(settings)
    assert server_status(settings) is None
    assert not stop_server(settings)


def test_a_secure_server_is_secured_before_it_starts_and_stays_so_untold(settings: Settings, machine: Machine) -> None:
    ensure_server(settings.model_copy(update={"es_security": True}))
    assert machine.done == ["secure", "start"]
    assert machine.live is not None
    assert machine.live.secure
    ensure_server(settings)
    assert machine.done == ["secure", "start", "wait"]
    stop_server(settings)
    ensure_server(settings)
    assert machine.live.secure


@pytest.mark.parametrize("wanted", [True, False])
def test_other_security_than_it_runs_with_starts_it_anew(settings: Settings, machine: Machine, wanted: bool) -> None:
    ensure_server(settings.model_copy(update={"es_security": not wanted}))
    machine.done.clear()
    told: list[str] = []
    ensure_server(settings.model_copy(update={"es_security": wanted}), told.append)
    assert machine.done == ["stop", *(["secure"] if wanted else []), "start"]
    assert told == [f"Elasticsearch is to run with{'' if wanted else 'out'} security: starting it anew"]
    assert machine.live is not None
    assert machine.live.secure is wanted
