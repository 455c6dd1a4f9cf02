"""How well questions find their passages: MRR@10 of each analyzer and query, index sizes, indexing cost, and latency.

Usage: python -m benchmarks.search FOLDER [--distractors FILE] [--titles]
       python -m benchmarks.search --known-items FILE

FOLDER holds ``*-passages.jsonl`` (``id``, ``text``, ``title``) and ``*-queries.jsonl`` (``text``, ``relevant``: ids).
FILE (JSON lines, may be gzipped: ``id``, ``text``, ``title``) are articles. As distractors they answer nothing, and the
first 9,000 are used. As known items their bodies are indexed, and the titles of 800 of them are the questions.
Needs a server: FIHRIST_ES_URL, or else an embedded one is started for the time of the measurement.

Cost is the server's processor time of a second load, when it has compiled what it runs, until all is searchable,
relative to `arabic`'s: fairer than documents a second on a busy machine.
A bare query is what Kibana sends for words typed into its search bar: ``query_string`` without fields.
"""

import argparse
import gzip
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.embedded.elasticsearch import temporary_server
from pipeline.index.bulk import load
from pipeline.index.client import connect
from pipeline.index.query import Wanted, build
from pipeline.index.templates import render_template
from pipeline.settings import settings

INDEX = "fihrist-benchmark-search"
DISTRACTORS = 9000
KNOWN_ITEMS = 800
WORDS_OF_A_QUESTION = 4
STATISTICS_SECONDS = 1.1
"""A node's statistics of its process are up to a second old."""
SYNTAX = re.compile(r'([+\-=&|><!(){}\[\]^"~*?:\\/])')

Body = dict[str, Any]
MakeQuery = Callable[[str], Body]


@dataclass(frozen=True)
class Question:
    text: str
    relevant: frozenset[str]


def rows(file: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
        yield from map(json.loads, lines)


def documents(folder: Path, distractors: Path | None, titles: bool) -> Iterator[Body]:
    """Yield the documents to index: the passages, then articles that answer nothing."""
    sources = [row for file in sorted(folder.glob("*-passages.jsonl")) for row in rows(file)]
    if distractors:
        sources += [row for _, row in zip(range(DISTRACTORS), rows(distractors), strict=False)]
    for row in sources:
        title = {"title": row["title"]} if titles and row.get("title") else {}
        yield {"id": row["id"], "body": row["text"], **title}


def questions(folder: Path) -> list[Question]:
    """Return the questions of a folder, with the passages that answer them."""
    return [
        Question(row["text"], frozenset(row["relevant"]))
        for file in sorted(folder.glob("*-queries.jsonl"))
        for row in rows(file)
    ]


def known_items(file: Path) -> tuple[list[Body], list[Question]]:
    """Return the articles' bodies, and as questions evenly spread titles, none short and none of two articles."""
    articles = list(rows(file))
    count = Counter(row.get("title") for row in articles)
    asked = [
        Question(row["title"], frozenset([row["id"]]))
        for row in articles
        if row.get("title") and count[row["title"]] == 1 and len(row["title"].split()) >= WORDS_OF_A_QUESTION
    ]
    every = max(1, len(asked) // KNOWN_ITEMS)
    return [{"id": row["id"], "body": row["text"]} for row in articles], asked[::every][:KNOWN_ITEMS]


def plain(analyzer: str) -> Body:
    """Return the body of an index with one of the built-in analyzers."""
    text = {"type": "text", "analyzer": analyzer}
    return {
        "settings": {"index": {"query": {"default_field": ["title", "body"]}}},
        "mappings": {"properties": {"id": {"type": "keyword"}, "title": text, "body": text}},
    }


def bare(text: str) -> Body:
    return {"query_string": {"query": SYNTAX.sub(r"\\\1", text)}}


def own(text: str) -> Body:
    """Return the query of `fihrist search` for the words: a quote in a headline asks for no phrase, as in `bare`."""
    return build(Wanted(text))


def fill(client: Elasticsearch, body: Body, texts: list[Body]) -> tuple[float, float]:
    """Make the index; return its megabytes, merged into one segment, and the processor seconds of its second load."""
    same = {"number_of_replicas": 0, "refresh_interval": "5s", "store.stats_refresh_interval": "0s"}
    index = {**body["settings"].get("index", {}), **same}
    for _ in range(2):
        client.indices.delete(index=INDEX, ignore_unavailable=True)
        client.indices.create(index=INDEX, settings={**body["settings"], "index": index}, mappings=body["mappings"])
        started = processor_seconds(client)
        outcomes = load(client, INDEX, texts)
        client.indices.flush(index=INDEX)
        seconds = processor_seconds(client) - started
        if any(outcome.state != "loaded" for outcome in outcomes):
            raise SystemExit(next(outcome for outcome in outcomes if outcome.state != "loaded"))
    client.indices.forcemerge(index=INDEX, max_num_segments=1)
    client.indices.flush(index=INDEX)
    client.indices.refresh(index=INDEX)
    store = client.indices.stats(index=INDEX, metric="store")["_all"]["primaries"]["store"]
    return store["size_in_bytes"] / 1e6, seconds


def processor_seconds(client: Elasticsearch) -> float:
    """Return the processor time that the server's nodes have used since they started."""
    time.sleep(STATISTICS_SECONDS)
    nodes = client.nodes.stats(metric="process")["nodes"].values()
    return sum(float(node["process"]["cpu"]["total_in_millis"]) for node in nodes) / 1000


def reciprocal_rank(client: Elasticsearch, query: Body, relevant: frozenset[str]) -> tuple[float, float]:
    """Return 1/rank of the first relevant document among ten (0: none), and the milliseconds it took."""
    started = time.perf_counter()
    hits = client.search(index=INDEX, query=query, size=10, source=False)["hits"]["hits"]
    milliseconds = (time.perf_counter() - started) * 1000
    return next((1 / rank for rank, hit in enumerate(hits, 1) if hit["_id"] in relevant), 0.0), milliseconds


@contextmanager
def server() -> Iterator[Elasticsearch]:
    if settings().es_url:
        yield connect(settings())
        return
    with temporary_server(settings(), print, heap="1g", quick=False) as embedded:
        yield connect(settings(), embedded.url)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--known-items", type=Path, help="articles of which titles are asked, instead of a folder")
    parser.add_argument("--distractors", type=Path)
    parser.add_argument("--titles", action="store_true", help="index the passages' titles too")
    arguments = parser.parse_args()
    if (arguments.folder is None) == (arguments.known_items is None):
        parser.error("give either a folder or --known-items")
    if arguments.known_items:
        texts, asked = known_items(arguments.known_items)
    else:
        texts = list(documents(arguments.folder, arguments.distractors, arguments.titles))
        asked = questions(arguments.folder)
    ours = render_template()
    runs: list[tuple[str, Body, dict[str, MakeQuery]]] = [
        ("standard", plain("standard"), {"bare": bare}),
        ("arabic", plain("arabic"), {"bare": bare}),
        ("fihrist", ours, {"bare": bare, "fihrist search": own}),
    ]
    print(f"{len(texts)} documents, {len(asked)} questions")
    print("analyzer  query           MRR@10  even   odd    index MB  cost  median ms  p95 ms")
    with server() as client:
        fill(client, ours, texts)  # a server that has just started is slower
        _, unit = fill(client, plain("arabic"), texts)
        for name, body, queries in runs:
            size, seconds = fill(client, body, texts)
            for label, make in queries.items():
                measured = [reciprocal_rank(client, make(q.text), q.relevant) for q in asked]
                ranks, times = [rank for rank, _ in measured], sorted(milliseconds for _, milliseconds in measured)
                print(
                    f"{name:9} {label:14} {mean(ranks):7.4f} {mean(ranks[::2]):6.4f} {mean(ranks[1::2]):6.4f}"
                    f" {size:9.1f} {seconds / unit:5.1f} {median(times):10.1f} {times[int(len(times) * 0.95)]:7.1f}",
                    flush=True,
                )
        client.indices.delete(index=INDEX)


if __name__ == "__main__":
    main()
