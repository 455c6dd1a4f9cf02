"""The scheduler of a real Airflow killed in mid-run, and Airflow started again."""

import os
import signal
import time
from collections.abc import Callable, Iterator

import psutil
import pytest

from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import RunningAirflow, airflow_status, start_airflow, stop_airflow
from pipeline.flow.manifest import run_folder
from pipeline.settings import Settings
from tests.faults.conftest import Undisturbed
from tests.faults.world import NAMES, PREFIX, SOURCE, World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.airflow, pytest.mark.faults, pytest.mark.timeout(900)]

DAG_ID = "news_nightly"
ENVIRONMENT = {
    "FIHRIST_INDEX_PREFIX": PREFIX,
    "FIHRIST_RETRIES": "2",
    "FIHRIST_RETRY_SECONDS": "1",
    "FIHRIST_SCHEDULE": "",
    # A task that was killed with its scheduler is found dead after half a minute, not after five.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "30",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "10",
}


@pytest.fixture
def settings(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    made = Settings(home=world.root / "home", es_url=world.url)
    yield made
    stop_airflow(made)


def test_a_night_whose_scheduler_was_killed_comes_to_the_same_end_when_airflow_is_started_again(
    settings: Settings, world: World, undisturbed: Undisturbed
) -> None:
    running = start_airflow(settings, print)
    api = api_of(running, settings)
    request = {"path": str(world.raw), "source": SOURCE, "batch_size": 12}
    api.trigger(DAG_ID, request, run_id="second")
    folder = run_folder(settings.artefacts_root, "second")
    until(lambda: (folder / "batch-0001" / "clean.json").exists(), 120)
    os.kill(running.pids["scheduler"], signal.SIGKILL)
    until(lambda: airflow_status(settings) is None, 10)

    again = start_airflow(settings, print)
    assert not any(alive(pid) for pid in running.pids.values()), "what the killed one left has been ended"
    api = api_of(again, settings)
    until(lambda: api.run(DAG_ID, "second")["state"] in ("success", "failed"), 300)
    if api.run(DAG_ID, "second")["state"] == "failed":  # tasks that died with their scheduler are red: ops clear them
        assert "did not finish" in " ".join(world.client.get(index=NAMES.runs, id="second")["_source"]["warnings"])
        clear_unfinished_batches(api)
        until(lambda: api.run(DAG_ID, "second")["state"] in ("success", "failed"), 300)
    assert api.run(DAG_ID, "second")["state"] == "success", api.failures(DAG_ID, "second")
    assert_same(world.state(), undisturbed.state)


def api_of(running: RunningAirflow, settings: Settings) -> AirflowApi:
    api = AirflowApi(running.url, *credentials(settings))
    api.wait_for_dag(DAG_ID)
    return api


def clear_unfinished_batches(api: AirflowApi) -> None:
    """Clear, with what follows, the first task of each batch that is not green."""
    cleared = set()
    for step in ("batch.clean", "batch.enrich", "batch.index"):
        for task in api.task_instances(DAG_ID, "second"):
            index = task["map_index"]
            if task["task_id"] == step and index not in cleared and task["state"] not in ("success", None):
                api.clear(DAG_ID, "second", step, index)
                cleared.add(index)


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def until(holds: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"did not come to hold within {seconds} s"
        time.sleep(0.3)
