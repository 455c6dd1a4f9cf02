"""Runs of the nightly DAG over the corpus in the bucket."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from tests.cluster.topology import RAW, Topology

ARTICLES = int(os.environ.get("CLUSTER_ARTICLES", "120"))
BATCH_SIZE = min(500, max(15, ARTICLES // 8))
DAG_ID, SOURCE = "news_nightly", "wire"
HOURS = 2 * 3600.0
DONE = ("success", "failed")


class Run:
    """A run that was started a moment ago."""

    def __init__(self, topology: Topology, run_id: str) -> None:
        self.run_id, self._topology = run_id, topology
        self._began = datetime.now(UTC)
        params = {"path": RAW, "source": SOURCE, "batch_size": BATCH_SIZE}
        topology.api.trigger(DAG_ID, params, run_id=run_id)

    @property
    def state(self) -> str:
        return str(self._topology.api.run(DAG_ID, self.run_id)["state"])

    def tasks(self) -> list[dict[str, Any]]:
        return self._topology.api.task_instances(DAG_ID, self.run_id)

    def wait(self, ready: Callable[[], bool]) -> None:
        self._topology.processes.wait_until(f"the run {self.run_id}", ready, HOURS)

    def finish(self) -> None:
        self.wait(lambda: self.state in DONE)

    @property
    def seconds(self) -> float:
        """From its start to its end, as Airflow noted it."""
        return (moment(self._topology.api.run(DAG_ID, self.run_id)["end_date"]) - self._began).total_seconds()

    @property
    def batch_seconds(self) -> float:
        """From the first task of a batch to the last: the part of a run that workers share."""
        batches = [task for task in self.tasks() if task["map_index"] >= 0]
        started = min(moment(task["start_date"]) for task in batches)
        return (max(moment(task["end_date"]) for task in batches) - started).total_seconds()


def moment(written: str) -> datetime:
    """A time as Airflow's API writes it."""
    return datetime.fromisoformat(written.replace("Z", "+00:00"))
