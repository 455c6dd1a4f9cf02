"""(b): a corpus through the nightly DAG on a real Airflow with LocalExecutor, and what each part of it took."""

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from upath import UPath

from benchmarks.pipeline.usage import listener, usage
from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_for
from pipeline.flow.artefacts import read_json
from pipeline.flow.manifest import Manifest, frozen, run_folder
from pipeline.flow.report import STAGES
from pipeline.index.client import connect
from pipeline.index.names import IndexNames
from pipeline.settings import Settings

DAG = "news_nightly"
ONCE = ("discover", "survey", "link_duplicates", "report")
_FINISHED = ("success", "failed")


@dataclass(frozen=True, slots=True)
class Task:
    """All instances of one task of a run."""

    instances: int
    seconds: float
    """From start to end as Airflow has it, summed over the instances."""
    work: float
    """Seconds of that in which it did what it is there for."""
    cpu_work: float
    """Processor seconds of that."""
    cpu_before: float
    """Processor seconds that its processes took before: to import, to load knowledge, to read the DAG."""
    waited: float
    """Seconds from when it could have started to when it did: for tasks that a run does once, after the one before;
    for batches, the time that a slot of the executor stood empty."""
    peak_mb: float
    """Most memory of any of its processes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the nightly DAG."""

    files: int
    counts: dict[str, int]
    """By state."""
    batch_size: int
    seconds: float
    """From its first task's start to its last one's end."""
    tasks: dict[str, Task]
    cpu: dict[str, float]
    """Processor seconds by part of the system, from the trigger to the end."""
    cpu_machine: float
    """Of everything on the machine meanwhile."""
    raw_bytes: int
    artefact_bytes: int
    index_bytes: int
    ledger_bytes: int


def run_whole(url: str, prefix: str, corpus: Path) -> Run:
    """Run the nightly DAG over a corpus with an Airflow of its own, into indices of its own, which stay."""
    os.environ["FIHRIST_INDEX_PREFIX"] = prefix  # what Airflow's processes read
    elasticsearch = listener(urlsplit(url).port or 9200)
    with tempfile.TemporaryDirectory(prefix="fihrist-bench-") as home:
        settings = Settings(home=Path(home), es_url=url, airflow_port=0)
        with airflow_for(settings, print) as airflow:
            api = AirflowApi(airflow.url, *credentials(settings))
            api.wait_for_dag(DAG)
            before = usage(airflow, elasticsearch)
            run_id = api.trigger(DAG, {"path": str(corpus)})
            while (state := api.run(DAG, run_id)["state"]) not in _FINISHED:
                time.sleep(3)
            used = usage(airflow, elasticsearch).since(before)
            if state == "failed":
                raise SystemExit(f"the run failed: {api.failures(DAG, run_id)}")
            instances = [task for task in api.task_instances(DAG, run_id) if task["start_date"] and task["end_date"]]
        folder = run_folder(settings.artefacts_root, run_id)
        manifest = frozen(folder)
        assert manifest, folder
        with connect(settings) as client:
            names = IndexNames(prefix)
            client.indices.refresh(index=names.runs)
            document = client.get(index=names.runs, id=run_id)["_source"]
            sizes = [
                client.indices.stats(index=index, metric="store")["_all"]["primaries"]["store"]["size_in_bytes"]
                for index in (names.articles, names.files)
            ]
        return Run(
            files=document["manifest"],
            counts=document["counts"],
            batch_size=manifest.request.batch_size,
            seconds=_span(instances),
            tasks=_tasks(instances, folder, manifest),
            cpu=used.parts,
            cpu_machine=used.machine,
            raw_bytes=_size(corpus),
            artefact_bytes=_size(Path(str(folder))),
            index_bytes=sizes[0],
            ledger_bytes=sizes[1],
        )


def _span(instances: list[dict[str, Any]]) -> float:
    return max(map(_end, instances)) - min(map(_start, instances))


def _tasks(instances: list[dict[str, Any]], folder: UPath, manifest: Manifest) -> dict[str, Task]:
    by_name: dict[str, list[dict[str, Any]]] = {}
    for instance in sorted(instances, key=_start):
        by_name.setdefault(instance["task_id"].rpartition(".")[2], []).append(instance)
    waited = {**dict(_waits_between(by_name)), **_empty_slots(by_name)}
    return {
        name: _task(each, list(_steps(folder, manifest, name)), waited.get(name, 0.0)) for name, each in by_name.items()
    }


def _task(instances: list[dict[str, Any]], steps: list[dict[str, Any]], waited: float) -> Task:
    return Task(
        instances=len(instances),
        seconds=sum(_end(each) - _start(each) for each in instances),
        work=sum(step["seconds"] for step in steps),
        cpu_work=sum(step["cpu_seconds"] for step in steps),
        cpu_before=sum(step["cpu_before"] for step in steps),
        waited=waited,
        peak_mb=max((step["peak_mb"] for step in steps), default=0.0),
    )


def _steps(folder: UPath, manifest: Manifest, name: str) -> Iterator[dict[str, Any]]:
    """Yield what the steps of a task left of what they took."""
    file = "closing" if name == "report" else name
    folders = [folder / batch for batch in manifest.batches] if name in STAGES else [folder]
    return (read_json(each / f"{file}.json") for each in folders)


def _waits_between(by_name: dict[str, list[dict[str, Any]]]) -> Iterator[tuple[str, float]]:
    """Yield how long after the task before, or the trigger, each task started that a run does once."""
    for name in ONCE:
        mine = _start(by_name[name][0])
        ended = [_end(each) for each in chain.from_iterable(by_name.values()) if _end(each) <= mine]
        yield name, mine - max(ended) if ended else 0.0


def _empty_slots(by_name: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """Return how long slots of the executor stood empty between the batches' tasks, shared out evenly among these."""
    tasks = sorted(chain.from_iterable(by_name.get(stage, ()) for stage in STAGES), key=_start)
    if not tasks:
        return {}
    ended: list[float] = []
    gaps: dict[str, float] = dict.fromkeys(STAGES, 0.0)
    for task in tasks:
        free = [end for end in ended if end <= _start(task)]
        if free:
            gaps[task["task_id"].rpartition(".")[2]] += _start(task) - max(free)
            ended.remove(max(free))
        ended.append(_end(task))
    return gaps


def _start(instance: dict[str, Any]) -> float:
    return datetime.fromisoformat(instance["start_date"]).timestamp()


def _end(instance: dict[str, Any]) -> float:
    return datetime.fromisoformat(instance["end_date"]).timestamp()


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
