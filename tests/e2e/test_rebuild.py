"""A rebuild by a real Airflow: nights go on, Airflow is stopped in its midst, a batch fails, and nobody notices."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch
from upath import UPath

from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_status, start_airflow, stop_airflow
from pipeline.flow.manifest import run_folder
from pipeline.index import aliases
from pipeline.index.names import IndexNames
from pipeline.settings import PROJECT_ROOT, Settings

pytestmark = [pytest.mark.server, pytest.mark.airflow, pytest.mark.slow, pytest.mark.timeout(1500)]

NIGHTLY, REBUILD = "news_nightly", "news_rebuild"
PREFIX = "e2e-rebuild-"
NAMES = IndexNames(PREFIX)
ENVIRONMENT = {
    "FIHRIST_INDEX_PREFIX": PREFIX,
    "FIHRIST_RETRIES": "0",
    "FIHRIST_BATCH_SIZE": "2",
    "FIHRIST_SCHEDULE": "",
    # Tasks that Airflow's stop has killed are found dead after a minute, not five.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
}


class Operator:
    """Does what an operator does: starts and stops Airflow, starts runs, waits, looks, clears."""

    def __init__(self, settings: Settings, raw: Path) -> None:
        self.settings, self.raw = settings, raw

    def start(self) -> None:
        airflow = start_airflow(self.settings, print)
        self.api = AirflowApi(airflow.url, *credentials(self.settings))
        for dag_id in (NIGHTLY, REBUILD):
            self.api.wait_for_dag(dag_id)

    def restart(self) -> None:
        stop_airflow(self.settings)
        self.start()

    def night(self, run_id: str) -> str:
        self.api.trigger(NIGHTLY, {"path": str(self.raw)}, run_id=run_id)
        return self.wait(NIGHTLY, run_id)

    def wait(self, dag_id: str, run_id: str, seconds: float = 500) -> str:
        self.until(lambda: self.api.run(dag_id, run_id)["state"] in ("success", "failed"), seconds)
        return str(self.api.run(dag_id, run_id)["state"])

    def until(self, holds: Callable[[], bool], seconds: float = 300) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > deadline:
                raise TimeoutError(f"did not come to hold within {seconds} s")
            time.sleep(0.5)

    def states(self, run_id: str) -> dict[str, set[str]]:
        """States of a rebuild's tasks, those of mapped ones together."""
        found: dict[str, set[str]] = {}
        for task in self.api.task_instances(REBUILD, run_id):
            found.setdefault(task["task_id"], set()).add(str(task["state"]))
        return found

    def clear_unfinished_batches(self, run_id: str) -> None:
        """Clear, with what follows, the first task of each batch that is not green."""
        cleared = set()
        for step in ("batch.clean", "batch.enrich", "batch.index"):
            for task in self.api.task_instances(REBUILD, run_id):
                index = task["map_index"]
                if task["task_id"] == step and index not in cleared and task["state"] not in ("success", None):
                    self.api.clear(REBUILD, run_id, step, index)
                    cleared.add(index)


@pytest.fixture
def operator(
    elasticsearch_server: str,
    remove_indices: Callable[[str], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Operator]:
    remove_indices(PREFIX)
    raw = tmp_path / "raw"
    shutil.copytree(PROJECT_ROOT / "seeds", raw)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    settings = Settings(home=tmp_path / "home", es_url=elasticsearch_server)
    assert airflow_status(settings) is None
    mine = Operator(settings, raw)
    mine.start()
    yield mine
    stop_airflow(settings)
    remove_indices(PREFIX)


class Reader:
    """Staff: ask for everything, all the time."""

    def __init__(self, client: Elasticsearch) -> None:
        self.client = client
        self.counts: list[int] = []
        self.faults: list[Exception] = []
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._read)

    def _read(self) -> None:
        while not self.stopped.wait(0.05):
            try:
                self.counts.append(self.client.count(index=NAMES.articles)["count"])
            except (ApiError, TransportError) as error:
                self.faults.append(error)

    def __enter__(self) -> "Reader":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join()


def test_a_rebuild_survives_a_stop_of_airflow_and_a_red_batch_while_nights_go_on(
    operator: Operator, client: Elasticsearch
) -> None:
    assert operator.night("first") == "success"
    folder = run_folder(operator.settings.artefacts_root, "again")
    obstacle = UPath(folder) / "batch-0002" / "clean.jsonl"  # a folder where the step wants to write its file
    obstacle.mkdir(parents=True)
    with Reader(client) as reader:
        operator.api.trigger(REBUILD, {}, run_id="again")
        operator.until(lambda: (folder / "batch-0001" / "clean.json").exists())
        operator.restart()
        article = (operator.raw / "000_30b83d02244914f7.txt").read_text(encoding="utf-8")
        half = article[: len(article) // 2]
        (operator.raw / "late.txt").write_text(half.rpartition("\n")[0], encoding="utf-8")
        assert operator.night("meanwhile") == "success"

        assert operator.wait(REBUILD, "again") == "failed"
        assert operator.states("again")["go_live"] == {"upstream_failed"}
        assert aliases.live(client, NAMES) == NAMES.generation(1)
        run = client.get(index=NAMES.runs, id="again")["_source"]
        assert run["state"] == "failed"
        assert "did not go live" in " ".join(run["warnings"])

        obstacle.rmdir()
        operator.clear_unfinished_batches("again")
        assert operator.wait(REBUILD, "again") == "success"

    assert aliases.live(client, NAMES) == NAMES.generation(2)
    client.indices.refresh(index=NAMES.articles)
    hits = client.search(index=NAMES.articles, size=100)["hits"]["hits"]
    made_by = {hit["_source"]["source"]["path"]: hit["_source"]["pipeline"]["run_id"] for hit in hits}
    seeds = [file.name for file in (PROJECT_ROOT / "seeds").iterdir()]
    assert made_by == {**dict.fromkeys(seeds, "again"), "late.txt": "meanwhile"}
    assert reader.faults == []
    assert len(reader.counts) > 100
    assert reader.counts == sorted(reader.counts), "the number of articles that are found never falls"
    assert operator.night("next") == "success"
    assert client.get(index=NAMES.runs, id="next")["_source"]["counts"]["unchanged"] == 6
