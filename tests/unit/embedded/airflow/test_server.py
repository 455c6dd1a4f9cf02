import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.embedded.airflow import server
from pipeline.embedded.airflow.server import airflow_status, free_port, start_airflow, stop_airflow
from pipeline.errors import FihristError
from pipeline.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path)


def test_the_preferred_port_is_taken_if_it_is_free_and_another_if_not() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        taken = holder.getsockname()[1]
        assert free_port(taken) != taken
    assert free_port(taken) == taken


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
