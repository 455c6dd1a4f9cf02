import json
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.embedded.airflow import server
from pipeline.embedded.airflow.port import free_port, has_port
from pipeline.embedded.airflow.server import airflow_status, start_airflow, stop_airflow
from pipeline.errors import FihristError
from pipeline.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_a_state_file_of_processes_that_are_not_airflow_is_not_believed(settings: Settings) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as stranger:
        home = settings.home / "airflow"
        home.mkdir()
        (home / "running.json").write_text(
            json.dumps({"url": "http://127.0.0.1:1", "pids": {"scheduler": stranger.pid}})
        )
        assert airflow_status(settings) is None
        assert stop_airflow(settings) is False
        assert stranger.poll() is None, "a stranger's process was ended"
        stranger.communicate(b"\n")


def test_a_component_that_ends_at_start_is_told_with_the_end_of_its_log(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "COMPONENTS", {"scheduler": ["no-such-component"]})
    with pytest.raises(FihristError, match=r"Airflow's scheduler ended at start(.|\n)*no-such-component"):
        start_airflow(settings, lambda message: None)
    assert airflow_status(settings) is None


HEALTHY = """
import http.server, json, os
class Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        parts = ("metadatabase", "scheduler", "dag_processor")
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({part: {"status": "healthy"} for part in parts}).encode())
http.server.HTTPServer.allow_reuse_address = False
http.server.HTTPServer(("127.0.0.1", int(os.environ["AIRFLOW__API__PORT"])), Health).serve_forever()
"""


def test_two_that_start_at_once_and_find_the_same_port_free_get_one_each(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "_migrate_database", lambda *arguments: None)
    monkeypatch.setattr(server, "_is_airflow", lambda pid: True)

    def spawn(name: str, arguments: list[str], home: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
        code = HEALTHY if name == "api-server" else "import time; time.sleep(60)"
        return subprocess.Popen([sys.executable, "-c", code], env=environment, stderr=subprocess.DEVNULL)

    monkeypatch.setattr(server, "_spawn", spawn)
    faster = start_airflow(settings.model_copy(update={"home": settings.home / "faster"}), lambda message: None)
    said: list[str] = []
    try:
        port = int(faster.url.rpartition(":")[2])
        seen = iter([port])  # a moment before, it was free
        monkeypatch.setattr(server, "free_port", lambda preferred: next(seen, None) or free_port(preferred))
        running = start_airflow(settings, said.append)
        try:
            assert running.url != faster.url
            assert any(str(port) in message for message in said), said
            assert has_port(running.pids["api-server"], int(running.url.rpartition(":")[2]))
        finally:
            stop_airflow(settings)
    finally:
        stop_airflow(settings.model_copy(update={"home": settings.home / "faster"}))
