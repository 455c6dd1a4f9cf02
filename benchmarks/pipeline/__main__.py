"""How fast the whole pipeline is, beside the ceiling that the index sets and beside the plainest script.

Usage: python -m benchmarks.pipeline CORPUS [CORPUS …] [--write]

Each CORPUS is a folder of raw files (``benchmarks.make_corpus`` makes one of any size). Measured, in one run on one
machine: (a) ready documents through parallel bulk loading into an index with our mappings; (b) the folder through the
nightly DAG on a real Airflow with LocalExecutor; (c) the stages of (b); (d) BeautifulSoup, langdetect and
``streaming_bulk`` in one process. Starts an Elasticsearch of its own (FIHRIST_ES_URL: uses that one).
``--write`` puts the tables, the machine and the commit into ``benchmarks/RESULTS.md``.
"""

import argparse
import os
import platform
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from elasticsearch import Elasticsearch

from benchmarks.pipeline.others import ceiling, documents, plainest
from benchmarks.pipeline.whole import Run, run_whole
from pipeline.embedded.elasticsearch import temporary_server
from pipeline.index.names import IndexNames
from pipeline.settings import settings

READY = 3_000
"""Documents of (a)."""
PLAIN = 400
"""Files of (d)."""
RESULTS = Path(__file__).parents[1] / "RESULTS.md"
TASKS = ("discover", "survey", "clean", "enrich", "index", "link_duplicates", "report")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true", help="write benchmarks/RESULTS.md")
    arguments = parser.parse_args()
    runs: list[Run] = []
    with _server() as url, Elasticsearch(url, request_timeout=120) as client:
        for number, corpus in enumerate(arguments.corpus):
            prefix = f"bench{number}-"
            runs.append(run_whole(url, prefix, corpus.resolve()))
        ready = documents(client, IndexNames(prefix).articles, READY)
        a, d = ceiling(client, ready), plainest(client, arguments.corpus[-1], PLAIN)
        for number in range(len(arguments.corpus)):
            client.indices.delete(index=",".join(client.indices.get(index=f"bench{number}-*")))
    text = "\n".join(_report(runs, a, d, len(ready)))
    print(text)
    if arguments.write:
        RESULTS.write_text(text + "\n", encoding="utf-8")


@contextmanager
def _server() -> Iterator[str]:
    if settings().es_url:
        yield str(settings().es_url)
        return
    with temporary_server(settings(), print, heap="1g", quick=False) as server:
        yield server.url


def _report(runs: list[Run], a: float, d: float, ready: int) -> Iterator[str]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=True).stdout
    yield "# Throughput: last results"
    yield ""
    yield f"`python -m benchmarks.pipeline`, {datetime.now(UTC):%Y-%m-%d}, commit {commit.strip()}."
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    yield f"{machine}; Elasticsearch runs on them too;"
    yield f"load average {os.getloadavg()[1]:.1f} over five minutes. Compare ratios, not figures of different runs."
    yield ""
    last = runs[-1]
    yield "| | articles | a second | of (a) | times (d) |"
    yield "|---|---|---|---|---|"
    yield f"| (a) ready documents, bulk loading | {ready:,} | {a:,.0f} | 100 % | {a / d:.1f} |"
    for run in runs:
        yield (
            f"| (b) the whole pipeline, through Airflow | {run.articles:,} | {run.rate:,.0f} | {run.rate / a:.0%} "
            f"| {run.rate / d:.1f} |"
        )
    yield f"| (d) BeautifulSoup, langdetect, `streaming_bulk` | {PLAIN:,} | {d:,.0f} | {d / a:.0%} | 1.0 |"
    yield ""
    yield f"(c) The run of {last.articles:,} by task. Work is what the task is there for; the rest is Airflow's (a"
    yield "process, imports, its API) and the loading of knowledge. Tasks run side by side."
    yield ""
    yield "| task | instances | seconds | of that work | the rest, each | work: articles a second |"
    yield "|---|---|---|---|---|---|"
    for task in TASKS:
        count, seconds = last.tasks.get(task, (0, 0.0))
        work = last.work(task)
        if count:
            rate = f"{last.articles / work:,.0f}" if work else "–"
            yield f"| {task} | {count} | {seconds:.1f} | {work:.1f} | {(seconds - work) / count:.2f} | {rate} |"


if __name__ == "__main__":
    main()
