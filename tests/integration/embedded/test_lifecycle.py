"""The user's server from outside: kept between commands, gone when told, never orphaned. Each test starts real ones."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from elasticsearch import Elasticsearch

from pipeline.embedded.elasticsearch import ensure_server, server_status, stop_server, temporary_server
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.errors import FihristError
from pipeline.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(900)]

START = "from pipeline.embedded.elasticsearch import *; from pipeline.settings import Settings; s = Settings()\n"


@pytest.fixture
def home() -> Iterator[Path]:
    """A home of its own that uses the built distribution, and in which nothing runs afterwards."""
    distribution = prepare_machine(Settings(), print).distribution
    # Not below pytest's own folder: that is closed to the user as whom root's server runs.
    folder = Path(tempfile.mkdtemp(prefix="home-", dir=distribution.parent))
    folder.chmod(0o755)
    (folder / distribution.name).symlink_to(distribution)
    yield folder
    stop_server(settings_of(folder))
    shutil.rmtree(folder)


def settings_of(home: Path) -> Settings:
    return Settings(home=home, es_heap="512m", es_port=0)


def command(home: Path, code: str) -> "subprocess.Popen[str]":
    environment = {**os.environ, "FIHRIST_HOME": str(home), "FIHRIST_ES_HEAP": "512m", "FIHRIST_ES_PORT": "0"}
    return subprocess.Popen(
        [sys.executable, "-c", START + code],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        # As in a terminal; a test runner in the background may have it ignored, and children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler) and None,
    )


def processes(home: Path) -> list[psutil.Process]:
    """All servers and launchers that work in this home."""
    found = []
    for process in psutil.process_iter(["cmdline", "name"]):
        arguments = process.info["cmdline"] or []
        if "java" in process.info["name"] and any(str(home) in argument for argument in arguments):
            found.append(process)
    return found


def wait_for(condition: Callable[[], bool], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} not within {seconds} s"
        time.sleep(0.1)


def test_commands_share_one_server_and_a_restart_keeps_the_data(home: Path) -> None:
    code = "r = ensure_server(s, print); print('RESULT', r.pid, r.url)"
    both = [command(home, code), command(home, code)]
    results = {next(line for line in each.communicate()[0].splitlines() if "RESULT" in line) for each in both}
    assert len(results) == 1, "two commands at once started two servers"
    _, pid, url = results.pop().split()

    settings = settings_of(home)
    status = server_status(settings)
    assert status is not None
    assert (str(status.pid), status.url) == (pid, url)
    if os.geteuid() == 0:
        assert psutil.Process(status.pid).username() != "root"
    with Elasticsearch(url) as client:
        client.index(index="kept", id="1", document={"title": "فهرس"}, refresh=True)
    assert stop_server(settings)
    assert server_status(settings) is None
    assert not processes(home)
    assert not stop_server(settings), "there was nothing left to stop"

    again = ensure_server(settings)
    assert again.url == url, "a restart keeps the address"
    with Elasticsearch(again.url) as client:
        assert client.get(index="kept", id="1")["_source"] == {"title": "فهرس"}


@pytest.mark.parametrize(
    ("number", "moment"),
    [(signal.SIGINT, "launcher"), (signal.SIGINT, "server"), (signal.SIGTERM, "server"), (signal.SIGHUP, "launcher")],
    ids=lambda value: value.name if isinstance(value, signal.Signals) else value,
)
def test_interrupted_start_leaves_no_process(home: Path, number: signal.Signals, moment: str) -> None:
    owner = command(home, "ensure_server(s)")
    server = f"-Djava.io.tmpdir={home}"

    def reached() -> bool:
        lines = [" ".join(process.cmdline()) for process in processes(home)]
        return bool(lines) and (moment == "launcher" or any(server in line for line in lines))

    wait_for(reached, 60, f"the {moment}")
    owner.send_signal(number)
    assert owner.wait(20) != 0
    assert not processes(home)


def test_temporary_server_dies_with_its_killed_owner(home: Path) -> None:
    if sys.platform != "linux":
        pytest.skip("only Linux tells children of their parent's end")
    owner = command(home, "with temporary_server(s) as r: print(r.pid, flush=True); input()")
    assert owner.stdout is not None
    pid = int(owner.stdout.readline())
    assert psutil.pid_exists(pid)
    owner.kill()
    owner.wait()
    wait_for(lambda: not processes(home), 60, "the end of the orphan")


def test_killed_owner_of_a_lasting_start_is_followed_up_by_the_next_command(home: Path) -> None:
    owner = command(home, "ensure_server(s)")
    pid_file = home / "elasticsearch/pid"
    wait_for(pid_file.is_file, 60, "the server's pid file")
    owner.kill()
    owner.wait()
    pid = int(pid_file.read_text())
    assert ensure_server(settings_of(home)).pid == pid


def test_failed_start_says_why_and_leaves_no_process(home: Path) -> None:
    settings = settings_of(home)
    with (
        pytest.raises(FihristError) as caught,
        temporary_server(settings, extra={"no.such.setting": "1"}),
    ):
        pytest.fail("it started")
    message = str(caught.value)
    assert "it refuses one of its settings" in message
    assert "unknown setting [no.such.setting]" in message
    assert not processes(home)


def test_start_is_refused_while_the_configured_port_is_taken(home: Path, elasticsearch_server: str) -> None:
    port = int(elasticsearch_server.rsplit(":", 1)[1])
    settings = settings_of(home).model_copy(update={"es_port": port})
    with pytest.raises(FihristError, match=f"Port {port} on 127.0.0.1 is taken"):
        ensure_server(settings)
