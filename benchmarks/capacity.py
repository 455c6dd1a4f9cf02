"""From measured costs to nodes, shards, disks, workers and hours: the tables of ``docs/capacity.md``.

Usage: python -m benchmarks.capacity [--write]

Reads what ``python -m benchmarks.pipeline --write`` measured last, of the largest size. ``--write`` puts the tables
into ``docs/capacity.md``, between its marks.
"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

from benchmarks.pipeline import cost, results
from pipeline.flow.discover import MAX_BATCHES
from pipeline.flow.report import STAGES

DOCUMENT = Path(__file__).parents[1] / "docs" / "capacity.md"
_MARKED = re.compile(r"(<!-- begin: computed[^>]*-->\n).*?(<!-- end: computed -->)", re.DOTALL)

BUSY = 0.7
"""Share of a core's time that is planned with."""
SHARD_BYTES = 30e9
"""Elastic advises 10 to 50 GB."""
ROOM = 2.5
"""Disk for one byte of index: a rebuild makes a second one beside it, and merges need room."""
NODE_CORES, NODE_DISK = 16, 4e12
"""An Elasticsearch node: 16 cores, 64 GB of memory, 4 TB of NVMe."""
WORKER_CORES = 16


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be loaded, and in what time."""

    articles: int
    hours: float
    replicas: int


PLANS = (Plan(10**5, 1, 0), Plan(10**7, 24, 1), Plan(10**9, 14 * 24, 1))


@dataclass(frozen=True, slots=True)
class Costs:
    """What one article costs."""

    ours: float
    """Processor seconds of workers: our steps and Airflow's tasks."""
    services: float
    """Processor seconds of Airflow's services."""
    elasticsearch: float
    """Processor seconds of Elasticsearch, of one copy."""
    raw: float
    index: float
    ledger: float
    artefacts: float
    """Bytes."""
    listing_mb: float
    """Memory that discovery takes for it."""

    @classmethod
    def of(cls, run: dict[str, Any]) -> "Costs":
        """Return the costs of a measured run."""
        files = run["files"]
        return cls(
            ours=run["cpu"]["tasks"] / files,
            services=sum(run["cpu"][part] for part in cost.SERVICES) / files,
            elasticsearch=run["cpu"]["elasticsearch"] / files,
            raw=run["raw_bytes"] / files,
            index=run["index_bytes"] / files,
            ledger=run["ledger_bytes"] / files,
            artefacts=run["artefact_bytes"] / files,
            listing_mb=max(0.0, run["tasks"]["discover"]["peak_mb"] - run["tasks"]["report"]["peak_mb"]) / files,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the tables into docs/capacity.md")
    arguments = parser.parse_args()
    held = results.load()
    if not held:
        raise SystemExit("nothing was measured yet: python -m benchmarks.pipeline --sizes … --write")
    text = "\n".join(tables(held[max(held)]))
    print(text)
    if arguments.write:
        page = DOCUMENT.read_text(encoding="utf-8")
        DOCUMENT.write_text(_MARKED.sub(lambda found: f"{found[1]}\n{text}\n\n{found[2]}", page), encoding="utf-8")


def tables(measured: results.Measured) -> Iterator[str]:
    """Yield the lines of the tables."""
    run = measured["run"]
    costs = Costs.of(run)
    machine = measured["machine"]
    yield f"Measured with {run['files']:,} files of {costs.raw:,.0f} bytes ({measured['date']}, commit"
    yield f"{measured['commit']}, {machine['cores']} cores, {machine['processor']}):"
    yield ""
    yield "| an article costs | |"
    yield "|---|---:|"
    for stage in (*STAGES, "link_duplicates"):
        yield f"| processor, `{stage}` | {1000 * run['tasks'][stage]['cpu_work'] / run['files']:.2f} ms |"
    yield f"| processor, all of its workers | {1000 * costs.ours:.2f} ms |"
    yield f"| processor, Airflow's services | {1000 * costs.services:.2f} ms |"
    yield f"| processor, Elasticsearch, each copy | {1000 * costs.elasticsearch:.2f} ms |"
    yield f"| index, one copy | {costs.index:,.0f} bytes ({costs.index / costs.raw:.1f} × raw) |"
    yield f"| ledger | {costs.ledger:,.0f} bytes |"
    yield f"| artefacts, while they are kept | {costs.artefacts:,.0f} bytes ({costs.artefacts / costs.raw:.1f} × raw) |"
    yield ""
    yield "| | " + " | ".join(f"10{_exponent(plan.articles)}" for plan in PLANS) + " |"
    yield "|---|" + "---:|" * len(PLANS)
    for name, values in _rows(costs, run["batch_size"]):
        yield f"| {name} | " + " | ".join(values) + " |"


def _rows(costs: Costs, batch_size: int) -> Iterator[tuple[str, list[str]]]:
    def row(name: str, value: Any) -> tuple[str, list[str]]:
        return name, [value(plan) for plan in PLANS]

    seconds = {plan: plan.hours * 3600 * BUSY for plan in PLANS}
    copies = {plan: 1 + plan.replicas for plan in PLANS}
    workers = {plan: plan.articles * costs.ours / seconds[plan] for plan in PLANS}
    servers = {plan: plan.articles * costs.elasticsearch * copies[plan] / seconds[plan] for plan in PLANS}
    index = {plan: plan.articles * (costs.index + costs.ledger) for plan in PLANS}
    disk = {plan: index[plan] * copies[plan] * ROOM for plan in PLANS}
    nodes = {
        plan: max(ceil(servers[plan] / NODE_CORES), ceil(disk[plan] / NODE_DISK), 1 + 2 * plan.replicas)
        for plan in PLANS
    }
    yield row("raw bytes", lambda plan: _bytes(plan.articles * costs.raw))
    yield row("to be loaded within", lambda plan: _hours(plan.hours))
    yield row("cores of workers", lambda plan: f"{workers[plan]:,.1f}")
    yield row(f"worker machines of {WORKER_CORES} cores", lambda plan: f"{ceil(workers[plan] / WORKER_CORES):,}")
    yield row("cores of Elasticsearch, all copies", lambda plan: f"{servers[plan]:,.1f}")
    yield row("copies of the index", lambda plan: str(copies[plan]))
    yield row("index and ledger, one copy", lambda plan: _bytes(index[plan]))
    yield row(f"primary shards of {SHARD_BYTES / 1e9:.0f} GB", lambda plan: f"{ceil(index[plan] / SHARD_BYTES):,}")
    yield row(f"disk, all copies, × {ROOM}", lambda plan: _bytes(disk[plan]))
    yield row(f"Elasticsearch nodes ({NODE_CORES} cores, {NODE_DISK / 1e12:.0f} TB)", lambda plan: f"{nodes[plan]:,}")
    yield row("artefacts", lambda plan: _bytes(plan.articles * costs.artefacts))
    yield row(f"tasks of batches of {batch_size:,}", lambda plan: f"{len(STAGES) * ceil(plan.articles / batch_size):,}")
    yield row(f"runs of {MAX_BATCHES:,} batches", lambda plan: f"{ceil(plan.articles / (MAX_BATCHES * batch_size)):,}")
    yield row("memory of discovery, were it one run", lambda plan: _bytes(plan.articles * costs.listing_mb * 2**20))
    yield row(
        "hours on the machine measured, 2 cores for all",
        lambda plan: _hours(plan.articles * (costs.ours + costs.services + costs.elasticsearch) / 2 / 3600),
    )


def _exponent(number: int) -> str:
    return str(len(str(number)) - 1).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _hours(hours: float) -> str:
    if hours < 2:
        return f"{60 * hours:,.0f} minutes"
    return f"{hours:,.0f} hours" if hours <= 72 else f"{hours / 24:,.0f} days"


def _bytes(number: float) -> str:
    for unit, size in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if number >= size:
            return f"{number / size:,.1f} {unit}"
    return f"{number / 1e3:,.0f} kB"


if __name__ == "__main__":
    main()
