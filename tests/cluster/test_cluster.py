"""Two Celery workers that share nothing but a bucket; one is killed in mid-run, and nothing is lost or doubled."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from pipeline.embedded.airflow.api import AirflowApi
from pipeline.index.client import connect
from pipeline.settings import PROJECT_ROOT
from tests.cluster.conftest import ALONE, ARTICLES, PREFIX, missing
from tests.cluster.topology import RAW, Topology

pytestmark = [
    pytest.mark.slow,
    pytest.mark.server,
    pytest.mark.airflow,
    pytest.mark.timeout(7200),
    pytest.mark.skipif(bool(missing()), reason=f"needs {', '.join(missing())}: make test-cluster"),
]

DAG_ID, RUN_ID, SOURCE = "news_nightly", "night", "wire"
BATCH_SIZE = max(20, ARTICLES // 40)
FINISHED = {"success", "failed", "skipped", "upstream_failed"}
RUN_DEPENDENT = {"run_id", "processed_at", "seen_at", "updated_at", "indexed_at"}


@pytest.fixture(scope="module")
def raw(topology: Topology, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A bucket of raw files and an empty one for the runs."""
    import s3fs

    folder = tmp_path_factory.mktemp("corpus") / SOURCE
    command = [sys.executable, "-m", "benchmarks.make_corpus", str(folder), "--articles", str(ARTICLES)]
    subprocess.run(command, cwd=PROJECT_ROOT, check=True)
    bucket = s3fs.S3FileSystem(key="test", secret="test", endpoint_url=topology.bucket)
    bucket.mkdir("raw")
    bucket.mkdir("runs")
    bucket.put(f"{folder}/", "raw/", recursive=True)


@pytest.fixture(scope="module")
def admin(secure_cluster: Any) -> Iterator[Elasticsearch]:
    with connect(secure_cluster[0]) as client:
        yield client


class Night:
    """A run of the cluster, in which the second worker is killed while it works."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        topology.start()
        self.api = AirflowApi(topology.url, "admin", topology.secret("airflow_admin_password"))
        self.api.wait_for_dag(DAG_ID, 300)
        began = time.monotonic()
        params = {"path": RAW, "source": SOURCE, "batch_size": BATCH_SIZE}
        self.api.trigger(DAG_ID, params, run_id=RUN_ID)
        self.interrupted = self._kill_in_mid_run()
        self._wait(lambda: self.state in ("success", "failed"), 3600)
        self.seconds = time.monotonic() - began

    @property
    def state(self) -> str:
        return str(self.api.run(DAG_ID, RUN_ID)["state"])

    def tasks(self) -> list[dict[str, Any]]:
        return self.api.task_instances(DAG_ID, RUN_ID)

    def _kill_in_mid_run(self) -> list[str]:
        """Kill the second worker as soon as it enriches, the longest of the steps; return what it was doing."""
        doing: list[str] = []

        def enriches() -> bool:
            doing[:] = [
                f"{task['task_id']} {task['map_index']}"
                for task in self.tasks()
                if task["state"] == "running" and self._works_on(task)
            ]
            return any(task.startswith("batch.enrich") for task in doing)

        self._wait(enriches, 1800)
        self.topology.processes.kill("worker-two")
        return [task for task in doing if task.startswith("batch.enrich")]

    def _works_on(self, task: dict[str, Any]) -> bool:
        """Whether the second worker wrote the task's log, which is on its own disk."""
        logs = self.topology.root / "worker-two" / "logs"
        place = (
            f"run_id={RUN_ID}/task_id={task['task_id']}/map_index={task['map_index']}/attempt={task['try_number']}.log"
        )
        return (logs / f"dag_id={DAG_ID}" / place).exists()

    def _wait(self, ready: Any, seconds: float) -> None:
        self.topology.processes.wait_until(f"the run ({self.state})", ready, seconds)


@pytest.fixture(scope="module")
def night(topology: Topology, raw: None) -> Night:
    return Night(topology)


@pytest.fixture(scope="module")
def alone(topology: Topology, raw: None, secure_cluster: Any, tmp_path_factory: pytest.TempPathFactory) -> float:
    """The same files by one process; how long that took, in seconds."""
    home = tmp_path_factory.mktemp("alone")
    environment = {
        **topology.environment("alone"),
        **secure_cluster[1][ALONE],
        "FIHRIST_HOME": str(home),
        "FIHRIST_ARTEFACTS": str(home / "runs"),
    }
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.cluster.one_machine", RUN_ID, RAW, SOURCE, str(BATCH_SIZE)]
    subprocess.run(command, env=environment, cwd=PROJECT_ROOT, check=True)
    return time.monotonic() - began


def documents(client: Elasticsearch, prefix: str, index: str) -> dict[str, dict[str, Any]]:
    client.indices.refresh(index=f"{prefix}{index}")
    return {hit["_id"]: _lasting(hit["_source"]) for hit in scan(client, index=f"{prefix}{index}")}


def _lasting(held: Any) -> Any:
    """What does not differ from run to run."""
    if isinstance(held, dict):
        return {name: _lasting(value) for name, value in held.items() if name not in RUN_DEPENDENT}
    return held


def test_the_run_succeeds_though_a_worker_was_killed(night: Night) -> None:
    assert night.interrupted, "the second worker was doing something when it was killed"
    assert night.state == "success", night.topology.processes.tails()


def test_what_the_killed_worker_did_was_done_again_by_the_other(night: Night) -> None:
    tries = {f"{task['task_id']} {task['map_index']}": task["try_number"] for task in night.tasks()}
    assert all(tries[task] > 1 for task in night.interrupted), tries
    assert all(task["state"] in FINISHED for task in night.tasks())


def test_both_workers_worked_and_their_folders_hold_no_article(night: Night) -> None:
    for name in ("worker-one", "worker-two"):
        folder = night.topology.root / name
        assert list((folder / "logs").rglob("attempt=*.log")), name
        assert not list(folder.rglob("*.jsonl")), name


def test_every_file_ends_in_one_state(night: Night, admin: Elasticsearch) -> None:
    report = admin.get(index=f"{PREFIX}ingest-runs", id=RUN_ID)["_source"]
    assert report["manifest"] == ARTICLES
    assert sum(report["counts"].values()) == ARTICLES
    assert report["counts"].get("failed", 0) == 0


@pytest.mark.parametrize("index", ["articles", "ingest-files"])
def test_the_result_is_that_of_one_machine(night: Night, alone: float, admin: Elasticsearch, index: str) -> None:
    found, wanted = documents(admin, PREFIX, index), documents(admin, ALONE, index)
    assert found.keys() == wanted.keys()
    differing = {id_: (found[id_], wanted[id_]) for id_ in found if found[id_] != wanted[id_]}
    assert differing == {}


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
    told = {"two workers, of which one was killed": night.seconds, "one process": alone}
    with capsys.disabled():
        print(f"\n{ARTICLES} articles in batches of {BATCH_SIZE} on {os.cpu_count()} cores")
        for who, seconds in told.items():
            print(f"{who}: {seconds:.0f} s, {ARTICLES / seconds:.1f} articles a second")
    assert night.seconds > 0 and alone > 0
