"""(b) and (c): a corpus through the real Airflow, and what each of its stages and tasks took."""

import os
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_for
from pipeline.flow.manifest import run_folder
from pipeline.index.client import connect
from pipeline.index.names import IndexNames
from pipeline.settings import Settings

DAG = "news_nightly"
_FINISHED = ("success", "failed")


@dataclass(frozen=True)
class Run:
    """One run of the nightly DAG."""

    articles: int
    seconds: float
    """From its first task's start to its last one's end."""
    document: dict[str, Any]
    """As the ledger has it."""
    tasks: dict[str, tuple[int, float]]
    """How many instances of each task there were, and their seconds together, as Airflow counts them."""

    @property
    def rate(self) -> float:
        return self.articles / self.seconds

    def work(self, task: str) -> float:
        """Seconds in which a task did what it is there for, summed over its instances."""
        stages: dict[str, dict[str, float]] = self.document["stages"]
        return stages.get(task, {}).get("seconds", 0.0)


def run_whole(url: str, prefix: str, corpus: Path) -> Run:
    """Run the nightly DAG over a corpus with a new Airflow, into indices of their own, which stay."""
    os.environ["FIHRIST_INDEX_PREFIX"] = prefix  # what Airflow's processes read
    with tempfile.TemporaryDirectory(prefix="fihrist-bench-") as home:
        settings = Settings(home=Path(home), es_url=url, airflow_port=0)
        with airflow_for(settings, print) as airflow:
            api = AirflowApi(airflow.url, *credentials(settings))
            api.wait_for_dag(DAG)
            run_id = api.trigger(DAG, {"path": str(corpus)})
            while api.run(DAG, run_id)["state"] not in _FINISHED:
                time.sleep(1)
            tasks = [task for task in api.task_instances(DAG, run_id) if task["start_date"] and task["end_date"]]
            if api.run(DAG, run_id)["state"] == "failed":
                raise SystemExit(f"the run failed: {api.failures(DAG, run_id)}")
        with connect(settings) as client:
            document = _document(client, IndexNames(prefix), run_id)
        assert run_folder(settings.artefacts_root, run_id).exists()
    return Run(document["manifest"], _span(tasks), document, _by_task(tasks))


def _document(client: Elasticsearch, names: IndexNames, run_id: str) -> dict[str, Any]:
    client.indices.refresh(index=names.runs)
    (hit,) = client.search(index=names.runs, query={"term": {"run_id": run_id}})["hits"]["hits"]
    found: dict[str, Any] = hit["_source"]
    return found


def _span(tasks: list[dict[str, Any]]) -> float:
    starts = [datetime.fromisoformat(task["start_date"]) for task in tasks]
    ends = [datetime.fromisoformat(task["end_date"]) for task in tasks]
    return (max(ends) - min(starts)).total_seconds()


def _by_task(tasks: list[dict[str, Any]]) -> dict[str, tuple[int, float]]:
    seconds: dict[str, list[float]] = defaultdict(list)
    for task in tasks:
        started, ended = (datetime.fromisoformat(task[name]) for name in ("start_date", "end_date"))
        seconds[task["task_id"].rpartition(".")[2]].append((ended - started).total_seconds())
    return {name: (len(each), sum(each)) for name, each in seconds.items()}
