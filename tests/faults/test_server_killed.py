"""Elasticsearch killed in mid-bulk, and started again on what it had on disk."""

import os
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.embedded.elasticsearch import RunningServer, temporary_server
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.settings import Settings
from tests.faults.conftest import Undisturbed
from tests.faults.injected import be_impatient, small_requests
from tests.faults.world import World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.faults, pytest.mark.timeout(600)]

MOST = 400_000
"""Bytes of the largest request that this server takes."""


class Server:
    """A server that can be killed and started again on the same data and port."""

    def __init__(self) -> None:
        parent = prepare_machine(Settings(), print).distribution.parent
        self.root = Path(tempfile.mkdtemp(prefix="killed-", dir=parent))
        self.root.chmod(0o755)
        with socket.create_server(("127.0.0.1", 0)) as listener:
            self.port = listener.getsockname()[1]
        self._running = ExitStack()
        self.server: RunningServer
        self.start()

    def start(self) -> None:
        settings = {"http.max_content_length": f"{MOST}b"}
        self.server = self._running.enter_context(
            temporary_server(Settings(), root=self.root, port=self.port, extra=settings)
        )

    def kill(self) -> None:
        os.kill(self.server.pid, signal.SIGKILL)
        self._running.close()

    def close(self) -> None:
        self._running.close()
        shutil.rmtree(self.root)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


@pytest.fixture
def own_world(server: Server, undisturbed: Undisturbed, folder: Path) -> Iterator[World]:
    with Elasticsearch(server.server.url, request_timeout=30) as client:
        made = World(folder / "world", client, server.server.url)
        made.restore(undisturbed.first)
        shutil.copytree(undisturbed.raw, made.raw, dirs_exist_ok=True)
        yield made
        made.wipe()


@pytest.mark.parametrize("patience", [100.0, 5.0], ids=["waited-for", "given-up"])
def test_a_server_killed_in_mid_bulk_loses_and_doubles_nothing(
    patience: float, own_world: World, server: Server, undisturbed: Undisturbed
) -> None:
    killed = 0

    def do(step: str, *arguments: Any) -> Any:
        nonlocal killed
        if step != "index" or killed:
            return own_world.do(step, *arguments)
        faults = [partial(be_impatient, patience), partial(small_requests, 2_000)]
        worker = own_world.start(step, *arguments, faults=faults)
        until(lambda: worker._log().count("_bulk") >= 3)
        server.kill()
        killed += 1
        if patience < 10:
            ended = worker.wait(60)
            assert ended.code == 1, ended
            assert "clear this task" in ended.message or "is Elasticsearch running there?" in ended.message
            server.start()
            return own_world.do(step, *arguments)
        server.start()
        ended = worker.wait(60)
        assert ended.code == 0, ended
        return ended.value

    own_world.night("second", do)
    assert killed == 1
    assert_same(own_world.state(), undisturbed.state)


def test_too_large_a_request_is_parted_and_too_large_an_article_quarantined_alone(
    own_world: World, undisturbed: Undisturbed
) -> None:
    line = (own_world.raw / "000.txt").read_text(encoding="utf-8").splitlines()[2]
    large = "\n".join(f"{line} {number}" for number in range(2000))
    (own_world.raw / "large.txt").write_text(large[:600_000], encoding="utf-8")
    for number in range(4):
        middling = "\n".join(f"{number} {line} {other}" for other in range(150))
        (own_world.raw / f"middling-{number}.txt").write_text(middling, encoding="utf-8")
    own_world.night("second")
    found = own_world.outcomes()
    assert found["large.txt"] == ("quarantined", "too_large")
    assert all(found[f"middling-{number}.txt"][0] in ("indexed", "duplicate") for number in range(4))
    names = {"large.txt", *(f"middling-{number}.txt" for number in range(4))}
    wanted = {id_: held for id_, held in undisturbed.state.items() if id_.startswith("articles/")}
    articles = {
        id_: held
        for id_, held in own_world.state().items()
        if id_.startswith("articles/") and held["source"]["path"] not in names
    }
    assert articles.keys() == wanted.keys()


def until(holds: Any, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"did not come to hold within {seconds} s"
        time.sleep(0.005)
