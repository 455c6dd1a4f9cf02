"""The health check of the image's servers, against servers that answer one way or another."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.unit.docker.compose import DOCKER


@contextmanager
def server(status: int, body: object) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(b"" if body is None else json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()


def check(address: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(DOCKER / "setup" / "healthy.py"), address]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "status, body",
    [
        (200, {"metadatabase": {"status": "healthy"}, "scheduler": {"status": "unhealthy"}}),  # the other's own check
        (200, None),
        (401, None),
    ],
)
def test_a_server_that_works_is_healthy(status: int, body: object) -> None:
    with server(status, body) as address:
        assert check(address).returncode == 0


@pytest.mark.parametrize(
    "status, body, said",
    [
        (200, {"metadatabase": {"status": "unhealthy"}}, "its database is unhealthy"),
        (200, {}, "not told"),
        (503, None, "503"),
    ],
)
def test_a_server_that_does_not_is_not_and_says_why(status: int, body: object, said: str) -> None:
    with server(status, body) as address:
        done = check(address)
    assert done.returncode == 1 and said in done.stderr


def test_nobody_there_is_not_healthy() -> None:
    with server(200, {}) as address:
        pass
    assert check(address).returncode == 1
