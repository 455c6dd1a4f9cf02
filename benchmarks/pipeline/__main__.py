"""How fast the whole pipeline is, beside the ceiling that the index sets and beside the plainest script.

Usage: python -m benchmarks.pipeline [--sizes 1000,10000,100000] [--corpora FOLDER] [--write]

Measured, in one run on one machine: (a) for each size, so many ready documents through parallel bulk loading into an
index with our mappings, until they can be found; (b) a folder of so many raw files through the nightly DAG on a real
Airflow with LocalExecutor; (c) the stages alone, in one process; (d) BeautifulSoup, langdetect and
``streaming_bulk`` in one process. The folders are ``FOLDER/corpus-SIZE``; one that is not there is made by
``benchmarks.make_corpus``. Starts an Elasticsearch of its own (FIHRIST_ES_URL: uses that one, which must be on this
machine).

``--write`` keeps the results in ``results.json``, each size in the place of its earlier results, and writes
``benchmarks/RESULTS.md`` and its plots from all that is there: sizes may be measured one at a time.
"""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from elasticsearch import Elasticsearch

from benchmarks.make_corpus import make
from benchmarks.pipeline import results
from benchmarks.pipeline.others import best_way, documents, load, plainest
from benchmarks.pipeline.report import report, write_results
from benchmarks.pipeline.stages import run_stages
from benchmarks.pipeline.whole import run_whole
from pipeline.embedded.elasticsearch import temporary_server
from pipeline.index.names import IndexNames
from pipeline.settings import settings

READY = 4_000
"""Different documents of (a), the least that are loaded, and files of (c)."""
PLAIN = 400
"""Files of (d)."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="2000", help="numbers of files, parted by commas")
    parser.add_argument("--corpora", type=Path, default=settings().home, metavar="FOLDER")
    parser.add_argument("--write", action="store_true", help="keep the results, and write RESULTS.md and its plots")
    arguments = parser.parse_args()
    sizes = sorted(int(size) for size in arguments.sizes.split(","))
    with _server() as url, Elasticsearch(url, request_timeout=120) as client:
        beside, ready = _beside(client, url, _corpus(arguments.corpora, READY))
        way = best_way(client, ready)
        for size in sizes:
            ceiling = load(client, ready, max(size, READY), way)
            corpus = _corpus(arguments.corpora, size)
            with _own_indices(client, f"bench{size}-") as prefix:
                run = run_whole(url, prefix, corpus)
            measured = {**results.circumstances(), **beside, "ceiling": ceiling, "run": asdict(run)}
            print("\n".join(report({size: measured})), flush=True)
            if arguments.write:
                write_results(results.add(size, measured))


def _beside(client: Elasticsearch, url: str, corpus: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Measure (c), which also warms the server's compiler up, then (d); return them and documents that (c) indexed."""
    with _own_indices(client, "bench-") as prefix:
        stages = run_stages(url, prefix, corpus, settings().batch_size)
        ready = documents(client, IndexNames(prefix).articles, READY)
        measured = {
            "stages": {name: asdict(stage) for name, stage in stages.items()},
            "stages_files": READY,
            "plain": plainest(client, corpus, PLAIN),
        }
        return measured, ready


@contextmanager
def _own_indices(client: Elasticsearch, prefix: str) -> Iterator[str]:
    try:
        yield prefix
    finally:
        found = client.indices.get(index=f"{prefix}*", features="aliases")
        if found:
            client.indices.delete(index=",".join(found))


@contextmanager
def _server() -> Iterator[str]:
    if settings().es_url:
        yield str(settings().es_url)
        return
    with temporary_server(settings(), print, heap=settings().es_heap, quick=False) as server:
        yield server.url


def _corpus(corpora: Path, size: int) -> Path:
    folder = (corpora / f"corpus-{size}").resolve()
    if not folder.exists():
        print(f"making {folder}")
        make(folder, size, None, seed=1)
    return folder


if __name__ == "__main__":
    main()
