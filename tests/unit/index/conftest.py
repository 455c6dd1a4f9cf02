"""A scripted cluster: a local HTTP server that answers as told, so that the real client library is in the path."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.index.client import connect
from pipeline.settings import Settings

Answer = tuple[int, Any]


class FakeCluster:
    """Records bulk requests and answers them with ``answer``, or accepts everything."""

    def __init__(self) -> None:
        self.requests: list[list[dict[str, Any]]] = []
        self.sizes: list[int] = []
        self.answer: Callable[[int, list[str]], Answer | None] = lambda number, ids: None
        self.health: Answer = (200, {"status": "green"})
        cluster = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._reply(*cluster.health)

            def do_PUT(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                lines = [json.loads(line) for line in body.splitlines()]
                ids = [line["index"]["_id"] for line in lines[::2]]
                cluster.requests.append(lines)
                cluster.sizes.append(len(body))
                answer = cluster.answer(len(cluster.requests), ids)
                if answer is None:
                    answer = 200, cluster.items(ids)
                if answer[0] == 0:  # hang up without an answer
                    self.close_connection = True
                    return
                self._reply(*answer)

            do_POST = do_PUT  # noqa: N815

            def _reply(self, status: int, body: Any) -> None:
                payload = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("X-Elastic-Product", "Elasticsearch")
                self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
                self.send_header("Content-Length", str(len(payload)))
                self.end_headers()
                self.wfile.write(payload)

            def log_message(self, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @staticmethod
    def items(ids: list[str], **faults: tuple[int, str, str]) -> dict[str, Any]:
        """A bulk answer in which each id succeeds, but those in ``faults`` have (status, type, reason)."""
        answers = []
        for id_ in ids:
            if id_ in faults:
                status, kind, reason = faults[id_]
                answers.append({"index": {"_id": id_, "status": status, "error": {"type": kind, "reason": reason}}})
            else:
                answers.append({"index": {"_id": id_, "status": 201}})
        return {"items": answers}

    def ids(self) -> list[list[str]]:
        """The ids of each request, in order."""
        return [[line["index"]["_id"] for line in lines[::2]] for lines in self.requests]


@pytest.fixture
def cluster() -> Iterator[FakeCluster]:
    fake = FakeCluster()
    yield fake
    fake.server.shutdown()
    fake.server.server_close()


@pytest.fixture
def client(cluster: FakeCluster) -> Iterator[Elasticsearch]:
    connected = connect(Settings(), cluster.url)
    yield connected
    connected.close()
