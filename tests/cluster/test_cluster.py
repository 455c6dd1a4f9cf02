"""Celery workers that share nothing but a bucket: one is killed, one stopped; nothing is lost or doubled."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import psutil
import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from pipeline.index.client import connect
from pipeline.settings import PROJECT_ROOT
from tests.cluster.conftest import ALONE, PREFIX, Elastic, missing
from tests.cluster.runs import ARTICLES, BATCH_SIZE, DAG_ID, DONE, HOURS, SOURCE, Run, moment
from tests.cluster.topology import COMPOSED, RAW, SERVICES, Topology
from tests.unit.docker.compose import default_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.server,
    pytest.mark.airflow,
    pytest.mark.timeout(HOURS + 600),
    pytest.mark.skipif(bool(missing()), reason=f"needs {', '.join(missing())}: make test-cluster"),
]

RUN_ID = "night"
ENDED = {"success", "failed", "skipped", "upstream_failed"}
RUN_DEPENDENT = {"run_id", "processed_at"}
NOTED_AT = {"articles": set(), "ingest-files": {"@timestamp"}}
"""When a line was written; an article's own time is that of the article."""
UNITS = {"m": 2**20, "g": 2**30}


class Night:
    """A run in which the second worker is killed while it enriches, and a third takes the place of the first."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        for name in ("worker-one", "worker-two"):
            topology.start_worker(name)
        self.run = Run(topology, RUN_ID)
        self.interrupted = self._wait_for("worker-two", "batch.enrich")
        topology.processes.kill("worker-two")
        self.killed = datetime.now(UTC)
        topology.start_worker("worker-three")
        self.let_finish = self._wait_for("worker-one", "batch.")
        topology.processes.end("worker-one")
        self.run.finish()

    def tasks(self) -> dict[str, dict[str, Any]]:
        return {f"{task['task_id']} {task['map_index']}": task for task in self.run.tasks()}

    def _wait_for(self, worker: str, task_id: str) -> dict[str, int]:
        """Wait until a worker does such a task; return all that it does, with the number of the try."""
        doing: dict[str, int] = {}

        def does() -> bool:
            assert self.run.state not in DONE, f"the run ended before {worker} did any {task_id}"
            doing.clear()
            doing.update({name: task["try_number"] for name, task in self.tasks().items() if self._is_of(worker, task)})
            return any(name.startswith(task_id) for name in doing)

        self.run.wait(does)
        return doing

    def _is_of(self, worker: str, task: dict[str, Any]) -> bool:
        """Whether a worker is doing a task: its log is on that worker's own disk."""
        attempt = f"map_index={task['map_index']}/attempt={task['try_number']}.log"
        logs = self.topology.root / worker / "logs" / f"dag_id={DAG_ID}" / f"run_id={RUN_ID}"
        return task["state"] == "running" and (logs / f"task_id={task['task_id']}" / attempt).exists()


@pytest.fixture(scope="module")
def night(topology: Topology) -> Iterator[Night]:
    yield Night(topology)
    topology.processes.end("worker-three")


@pytest.fixture(scope="module")
def alone(topology: Topology, elastic: Elastic, tmp_path_factory: pytest.TempPathFactory) -> float:
    """The same files by one process; how long that took, in seconds."""
    home = tmp_path_factory.mktemp("alone")
    environment = {
        **topology.environment("alone"),
        **elastic.installations[ALONE],
        "FIHRIST_HOME": str(home),
        "FIHRIST_ARTEFACTS": str(home / "runs"),
    }
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.cluster.one_machine", RUN_ID, RAW, SOURCE, str(BATCH_SIZE)]
    subprocess.run(command, env=environment, cwd=PROJECT_ROOT, check=True)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def admin(elastic: Elastic) -> Iterator[Elasticsearch]:
    with connect(elastic.admin) as client:
        yield client


def documents(client: Elasticsearch, prefix: str, index: str) -> dict[str, dict[str, Any]]:
    client.indices.refresh(index=f"{prefix}{index}")
    fleeting = RUN_DEPENDENT | NOTED_AT[index]
    return {hit["_id"]: _lasting(hit["_source"], fleeting) for hit in scan(client, index=f"{prefix}{index}")}


def _lasting(held: Any, fleeting: set[str]) -> Any:
    """What does not differ from run to run."""
    if isinstance(held, dict):
        return {name: _lasting(value, fleeting) for name, value in held.items() if name not in fleeting}
    return held


def test_the_run_succeeds_though_a_worker_was_killed(night: Night) -> None:
    assert night.run.state == "success", night.topology.processes.tails()


def test_what_the_killed_worker_did_was_done_again_and_nothing_else(night: Night) -> None:
    tasks = night.tasks()
    assert all(task["state"] in ENDED for task in tasks.values())
    assert night.interrupted and all(tasks[name]["try_number"] == 2 for name in night.interrupted), tasks
    # Each worker has two processes: a task of the other one may have begun as the worker was killed.
    again = [name for name, task in tasks.items() if task["try_number"] > 1]
    assert len(again) <= int(COMPOSED["AIRFLOW__CELERY__WORKER_CONCURRENCY"])


def test_a_worker_that_is_stopped_finishes_its_tasks_first(night: Night) -> None:
    tasks = night.tasks()
    for name, number in night.let_finish.items():
        assert (tasks[name]["state"], tasks[name]["try_number"]) == ("success", number), name


def test_a_dead_workers_task_is_tried_again_when_the_compose_file_says(
    night: Night, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = [moment(night.tasks()[name]["start_date"]) for name in night.interrupted]
    waited = [(time - night.killed).total_seconds() for time in begun]
    with capsys.disabled():
        print(f"\ntried again after the death of their worker: {', '.join(f'{one:.0f} s' for one in waited)}")
    unheard = float(COMPOSED["AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT"])
    # The last heartbeat came up to 5 s before the death; then the delay of a first retry, 30 to 60 s, and two loops.
    assert all(unheard - 10 < one < unheard + 60 + 60 for one in waited)


def test_all_workers_worked_and_their_folders_hold_no_article(night: Night) -> None:
    for name in ("worker-one", "worker-two", "worker-three"):
        folder = night.topology.root / name
        assert list((folder / "logs").rglob("attempt=*.log")), name
        assert not list(folder.rglob("*.jsonl")), name


def test_every_file_ends_in_one_state(night: Night, admin: Elasticsearch) -> None:
    report = admin.get(index=f"{PREFIX}ingest-runs", id=RUN_ID)["_source"]
    assert report["manifest"] == ARTICLES
    assert sum(report["counts"].values()) == ARTICLES
    assert report["counts"].get("failed", 0) == 0


@pytest.mark.parametrize("index", NOTED_AT)
def test_the_result_is_that_of_one_machine(night: Night, alone: float, admin: Elasticsearch, index: str) -> None:
    found, wanted = documents(admin, PREFIX, index), documents(admin, ALONE, index)
    assert len(found) > ARTICLES / 2
    assert found.keys() == wanted.keys()
    differing = {id_: (found[id_], wanted[id_]) for id_ in found if found[id_] != wanted[id_]}
    assert differing == {}


def test_each_service_stays_below_its_limit_of_memory(night: Night, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("api-server", "scheduler", "dag-processor", "worker-three"):
        limit = default_of(SERVICES[f"airflow-{name.removesuffix('-three')}"]["mem_limit"])
        used = memory(night.topology.processes.pid(name))
        with capsys.disabled():
            print(f"\n{name}: {used / 2**20:.0f} MB of {limit}", end="")
        assert used < float(limit[:-1]) * UNITS[limit[-1]], name


def memory(pid: int) -> int:
    """Bytes of a process and its children, each shared page once."""
    process = psutil.Process(pid)
    return sum(one.memory_full_info().pss for one in (process, *process.children(recursive=True)))


def test_the_secrets_are_in_no_log(night: Night) -> None:
    root = night.topology.root
    secrets = [
        file.read_text()
        for file in (root / "secrets").iterdir()
        if file.name.startswith(("airflow_", "postgres_", "redis_"))
    ]
    logs = [log for log in root.rglob("*.log") if "secrets" not in log.parts]
    assert len(secrets) == 9 and logs
    for log in logs:
        text = log.read_text(encoding="utf-8", errors="replace")
        assert not any(secret in text for secret in secrets), log


def test_speed_is_told(night: Night, alone: float, capsys: pytest.CaptureFixture[str]) -> None:
    told = {
        "two workers, of which one was killed and one replaced": night.run.seconds,
        "one process, without Airflow": alone,
    }
    with capsys.disabled():
        print(f"\n{ARTICLES} articles in batches of {BATCH_SIZE} on {os.cpu_count()} cores")
        for who, seconds in told.items():
            print(f"{who}: {seconds:.0f} s, {ARTICLES / seconds:.1f} articles a second")
    assert all(seconds > 0 for seconds in told.values())
