"""The arithmetic from a measured run to costs and capacity."""

import pytest

from benchmarks.capacity import Costs, tables
from benchmarks.pipeline import cost


def task(instances: int, seconds: float, work: float, waited: float = 0.0, peak_mb: float = 200.0) -> dict[str, float]:
    return {
        "instances": instances, "seconds": seconds, "work": work, "cpu_work": work, "cpu_before": 0.0,
        "waited": waited, "peak_mb": peak_mb,
    }  # fmt: skip


RUN = {
    "files": 1000,
    "batch_size": 500,
    "seconds": 10.0,
    "tasks": {
        "discover": task(1, 1.5, 1.0, waited=0.5, peak_mb=300.0),
        "survey": task(1, 1.0, 1.0),
        "clean": task(2, 3.0, 2.0),
        "enrich": task(2, 3.0, 2.0, waited=1.0),
        "index": task(2, 2.0, 1.0),
        "link_duplicates": task(1, 1.0, 1.0),
        "report": task(1, 1.0, 1.0),
    },
    "cpu": {
        "elasticsearch": 3.0, "tasks": 10.0,
        "scheduler": 0.5, "executor": 0.2, "api-server": 0.25, "dag-processor": 0.05,
    },
    "raw_bytes": 2_000_000,
    "artefact_bytes": 8_000_000,
    "index_bytes": 5_000_000,
    "ledger_bytes": 1_000_000,
}  # fmt: skip
MEASURED = {"date": "2026-11-21", "commit": "abc", "machine": {"cores": 2, "processor": "any"}, "run": RUN}


def test_airflows_part_is_its_services_and_what_tasks_take_besides_their_work() -> None:
    assert cost.cpu(RUN) == pytest.approx(14.0)
    assert cost.cpu_airflow(RUN) == pytest.approx(1.0 + (10.0 - 9.0))
    assert cost.cpu_each_task(RUN) == pytest.approx((0.2 + 1.0) / 10)


def test_what_batches_lose_side_by_side_counts_once() -> None:
    assert cost.lost(RUN, slots=2) == pytest.approx(1.0 + (1.0 + 1.0 + 1.0 + 1.0) / 2)


def test_the_least_batch_makes_three_tasks_cost_their_share() -> None:
    work_of_one = (14.0 - 2.0) / 1000
    assert 3 * 0.12 / (cost.least_batch(RUN, 0.02) * work_of_one) == pytest.approx(0.02)


def test_capacity_follows_from_the_costs_of_one_article() -> None:
    costs = Costs.of(RUN)
    assert (costs.ours, costs.elasticsearch, costs.index) == (0.01, 0.003, 5000)
    rows = {
        line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]]
        for line in tables(MEASURED)
        if "|" in line
    }
    # 10⁷ × 10 ms in 24 hours at 0.7: 1.65 cores; 6 kB each are 60 GB, two shards; two copies × 2.5: 300 GB.
    assert rows["cores of workers"][1] == "1.7"
    assert rows["index and ledger, one copy"] == ["600.0 MB", "60.0 GB", "6.0 TB"]
    assert rows["primary shards of 30 GB"] == ["1", "2", "200"]
    assert rows["disk, all copies, × 2.5"] == ["1.5 GB", "300.0 GB", "30.0 TB"]
    assert rows["Elasticsearch nodes (16 cores, 4 TB)"] == ["1", "3", "8"]
    assert rows["memory of discovery, were it one run"][0] == "10.5 GB"
