"""What a second worker adds, where each has processor time of its own."""

import os
from dataclasses import dataclass

import pytest

from tests.cluster.conftest import BY_WORKERS, Elastic, missing
from tests.cluster.runs import ARTICLES, BATCH_SIZE, HOURS, Run
from tests.cluster.topology import RUNS, Topology
from tests.cluster.turns import busy_seconds, processor_seconds, turns

pytestmark = [
    pytest.mark.slow,
    pytest.mark.server,
    pytest.mark.airflow,
    pytest.mark.timeout(2 * HOURS + 600),
    pytest.mark.skipif(bool(missing()), reason=f"needs {', '.join(missing())}: make test-cluster"),
    pytest.mark.skipif("CLUSTER_ARTICLES" not in os.environ, reason="CLUSTER_ARTICLES=1000 or more measures speed"),
]

OTHERS = 0.25
"""Cores that others may take; beyond, nothing can be said of two cores."""


@dataclass(frozen=True)
class Measured:
    """A run of so many workers, each of which had half of a core."""

    seconds: float
    batch_seconds: float
    processor: dict[str, float]
    """Seconds of processor time by who used them."""
    others: float
    """Cores that whatever else runs on this machine took from them."""


@pytest.fixture(scope="module")
def measured(topology: Topology, elastic: Elastic) -> dict[int, Measured]:
    return {workers: measure(topology, elastic, workers) for workers in BY_WORKERS}


def measure(topology: Topology, elastic: Elastic, workers: int) -> Measured:
    prefix = BY_WORKERS[workers]
    names = [f"{prefix}worker-{number}" for number in range(workers)]
    installation = {**elastic.installations[prefix], "FIHRIST_ARTEFACTS": f"{RUNS}/{prefix}"}
    for name in names:
        topology.start_worker(name, AIRFLOW__CELERY__WORKER_CONCURRENCY="1", **installation)
    for name in names:
        topology.wait_for_worker(name)
    pid = topology.processes.pid
    groups = {
        "workers": [pid(name) for name in names],
        "Elasticsearch": [elastic.pid],
        "Airflow, PostgreSQL, Redis": [
            pid(name) for name in ("api-server", "scheduler", "dag-processor", "postgres", "redis")
        ],
        "bucket": [pid("bucket")],
    }
    before, busy_before = {who: processor_seconds(pids) for who, pids in groups.items()}, busy_seconds()
    with turns([*groups["workers"], *[None] * (2 - workers)]):
        run = Run(topology, f"{prefix}worker-run")
        run.finish()
    used = {who: processor_seconds(pids) - before[who] for who, pids in groups.items()}
    others = (busy_seconds() - busy_before - sum(used.values())) / run.seconds
    topology.processes.end(*names)
    assert run.state == "success", topology.processes.tails()
    return Measured(run.seconds, run.batch_seconds, used, others)


def test_two_workers_do_nearly_twice_as_much_as_one(
    measured: dict[int, Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    with capsys.disabled():
        print(f"\n{ARTICLES} articles in batches of {BATCH_SIZE}; each worker has one process and half of a core")
        for workers, found in measured.items():
            print(
                f"{workers} worker(s): {found.seconds:.0f} s, {ARTICLES / found.seconds:.1f} articles a second,"
                f" in batches {ARTICLES / found.batch_seconds:.1f}"
            )
            for who, seconds in found.processor.items():
                print(f"  {who}: {1000 * seconds / ARTICLES:.1f} ms an article, {seconds / found.seconds:.2f} cores")
            print(f"  this test and everything else on this machine: {found.others:.2f} cores")
        gain = measured[1].batch_seconds / measured[2].batch_seconds
        print(f"two workers do {gain:.2f} times as many batches as one")
    if max(found.others for found in measured.values()) > OTHERS:
        pytest.skip("this machine was busy with other things, which took the cores that the workers should have had")
    assert gain > 1.6
