"""How fast the search page answers over 10,000 articles: ``python -m benchmarks.serve``.

The articles are made of the seeds' own paragraphs, shuffled; they go to an index
of their own on the cluster that the settings name, or the embedded server, and are deleted afterwards. Times are
wall-clock milliseconds from the request to the last byte, over HTTP on this machine; the first request is told apart.
"""

import argparse
import os
import random
import statistics
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import httpx
import uvicorn

from pipeline.cli.cluster import ensure_cluster
from pipeline.flow.extract import extract_file
from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.client import connect
from pipeline.index.names import IndexNames
from pipeline.serve.access import open_access
from pipeline.serve.app import create_app
from pipeline.serve.options import options
from pipeline.serve.server import address, listen
from pipeline.serve.site import Site
from pipeline.settings import PROJECT_ROOT, Settings, settings

PREFIX = "bench-serve-"
PATHS = {
    "newest articles": "/",
    "one word": "/?q=دمشق",
    "three words": "/?q=القوات الأمريكية في سوريا",
    "a phrase": '/?q="الولايات المتحدة"',
    "words and filters": "/?q=سوريا&place=درعا&since=2018-01&until=2018-06",
    "sorted by date": "/?q=القوات الأمريكية&sort=newest",
    "page 25": "/?q=سوريا&page=25",
    "suggestions": "/suggest?q=الول",
    "an article": "/article/bench-7",
    "what was removed": "/article/bench-7?removed=1",
}


def articles(number: int) -> Iterator[dict[str, Any]]:
    """Articles of the seeds' paragraphs in random order, spread over 2018."""
    seeds = [extract_file(file) for file in sorted((PROJECT_ROOT / "seeds").glob("*.txt"))]
    lines = [line for seed in seeds for line in seed["body"].split("\n") if len(line) > 40]
    chance = random.Random(9)
    for count in range(number):
        seed = chance.choice(seeds)
        moment = (datetime(2018, 1, 1) + timedelta(hours=count % 8760)).isoformat()
        yield {
            **seed,
            "id": f"bench-{count}",
            "@timestamp": moment,
            "published_at": moment,
            "body": "\n".join(chance.sample(lines, chance.randint(5, 14))),
            "outlet": f"صحيفة {count % 17}",
            "mentions": [],
        }


def measure(url: str, rounds: int) -> None:
    """Print, for each page, the first answer, median and 95th percentile, and the size."""
    print(f"{'':22}{'first':>8}{'median':>8}{'p95':>8}{'KB':>8}   ms; load of the machine {os.getloadavg()[0]:.1f}")
    with httpx.Client(base_url=url, timeout=30) as client:
        for name, path in PATHS.items():
            times = []
            for _ in range(rounds):
                start = time.perf_counter()
                answer = client.get(path)
                times.append((time.perf_counter() - start) * 1000)
                answer.raise_for_status()
            high = statistics.quantiles(times[1:], n=20)[-1]
            size = len(answer.content) / 1000
            print(f"{name:22}{times[0]:8.0f}{statistics.median(times[1:]):8.0f}{high:8.0f}{size:8.1f}")


def main() -> None:
    """Index, serve, measure, and clean up."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=30)
    given = parser.parse_args()
    config: Settings = ensure_cluster(settings()).model_copy(update={"index_prefix": PREFIX, "serve_port": 0})
    names = IndexNames(PREFIX)
    with connect(config) as client:
        templates.install(client, names)
        aliases.ensure(client, names)
        try:
            outcomes = load(client, names.articles, articles(given.articles), require_alias=True)
            assert all(outcome.state == "loaded" for outcome in outcomes)
            client.indices.refresh(index=names.articles)
            chosen = options(config)
            listener = listen(chosen)
            site = Site(open_access(config), config, None)
            server = uvicorn.Server(uvicorn.Config(create_app(site, chosen), log_level="warning"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
            thread.start()
            while not server.started:
                time.sleep(0.05)
            try:
                measure(address(chosen, listener), given.rounds)
            finally:
                server.should_exit = True
                thread.join()
        finally:
            for generation in aliases.generations(client, names):
                client.indices.delete(index=generation.index)
            client.indices.delete(index=[names.files, names.runs])


if __name__ == "__main__":
    main()
