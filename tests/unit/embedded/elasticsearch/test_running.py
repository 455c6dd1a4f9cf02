import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch import running as module
from pipeline.embedded.elasticsearch.health import status
from pipeline.embedded.elasticsearch.instance import Instance
from pipeline.embedded.elasticsearch.running import running, running_pid, wait_until_ready
from pipeline.errors import FihristError


class Fake:
    """Something that answers like Elasticsearch's health API, as it is told to."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, object]] = [(200, {"status": "green"})]

    def next(self) -> tuple[int, object]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def fake() -> Iterator[tuple[Fake, int]]:
    told = Fake()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            code, body = told.next()
            data = json.dumps(body).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield told, server.server_address[1]
        server.shutdown()


@pytest.fixture
def instance(tmp_path: Path, fake: tuple[Fake, int]) -> Iterator[Instance]:
    """An instance whose process lives and whose port is the fake's."""
    made = Instance(tmp_path, "9200", "1g")
    made.logs.mkdir()
    mark = f"-Djava.io.tmpdir={tmp_path / 'tmp'}"
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)", mark])
    made.pid_file.write_text(f"{process.pid}\n")
    made.ports_file.write_text(f"127.0.0.1:{fake[1]}")
    yield made
    process.kill()
    process.wait()


def test_server_that_lives_and_answers_is_running(instance: Instance) -> None:
    server = running(instance)
    assert server is not None
    assert (server.url, server.pid, server.log) == (instance.url, running_pid(instance), instance.log)


def test_process_of_another_program_with_the_same_number_is_not_ours(instance: Instance) -> None:
    instance.pid_file.write_text(str(os.getpid()))
    assert running_pid(instance) is None
    assert running(instance) is None


@pytest.mark.parametrize("content", ["", "not a number", "999999999"])
def test_useless_pid_file_means_not_running(instance: Instance, content: str) -> None:
    instance.pid_file.write_text(content)
    assert running_pid(instance) is None


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((200, {"status": "yellow"}), "yellow"),
        ((200, {"status": "red"}), "red"),
        ((401, {"error": "missing authentication credentials"}), "green"),
        ((503, {"error": "master_not_discovered_exception"}), None),
        ((200, ["not", "health"]), None),
    ],
)
def test_health_is_what_the_server_says(
    instance: Instance, fake: tuple[Fake, int], answer: tuple[int, object], expected: str | None
) -> None:
    fake[0].answers = [answer]
    assert status(instance) == expected


def test_nobody_on_the_port_says_nothing(instance: Instance) -> None:
    instance.ports_file.write_text("127.0.0.1:1")
    assert status(instance) is None


def test_waiting_goes_on_until_indices_are_open(instance: Instance, fake: tuple[Fake, int]) -> None:
    fake[0].answers = [(503, {}), (200, {"status": "red"}), (200, {"status": "red"}), (200, {"status": "yellow"})]
    server = wait_until_ready(instance, print, lambda: None)
    assert server.url == instance.url
    assert fake[0].answers == [(200, {"status": "yellow"})], "it did not wait for yellow"


def test_indices_that_stay_closed_do_not_keep_the_server_back_for_ever(
    instance: Instance, fake: tuple[Fake, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RED_SECONDS", 0.5)
    fake[0].answers = [(200, {"status": "red"})]
    assert wait_until_ready(instance, print, lambda: None).url == instance.url


def test_end_of_the_process_ends_the_waiting_with_its_log(instance: Instance) -> None:
    instance.log.write_text("the last words")
    with pytest.raises(FihristError, match=r"ended with exit code 1[\s\S]*the last words"):
        wait_until_ready(instance, print, lambda: "ended with exit code 1")


def test_waiting_has_an_end(instance: Instance, fake: tuple[Fake, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "READY_SECONDS", 0.5)
    monkeypatch.setattr(module, "TELL_EVERY", 0.1)
    fake[0].answers = [(503, {})]
    told: list[str] = []
    with pytest.raises(FihristError, match=r"was not ready after 0\.5 seconds"):
        wait_until_ready(instance, told.append, lambda: None)
    assert told and told[0].startswith("waiting for Elasticsearch: ")
