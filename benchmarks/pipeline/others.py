"""(a) the ceiling: ready documents, loaded as fast as they go in; (d) what one would write in an afternoon instead."""

import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import orjson
from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk, scan, streaming_bulk

from pipeline.index.templates import render_template
from pipeline.sources.listing import list_files

WAYS = ((2, 250), (2, 500), (4, 500))
"""Threads, and documents in a request."""
INDEX = "fihrist-bench"


def documents(client: Elasticsearch, alias: str, count: int) -> list[dict[str, Any]]:
    """Return articles as they are indexed."""
    hits = scan(client, index=alias, size=500)
    return [hit["_source"] for hit in islice(hits, count)]


def best_way(client: Elasticsearch, ready: list[dict[str, Any]]) -> tuple[int, int]:
    """Return the one of ``WAYS`` in which ready documents go in fastest."""
    for way in WAYS:  # the server's compiler needs the first time
        load(client, ready, len(ready), way)
    return max(WAYS, key=lambda way: load(client, ready, len(ready), way))


def load(client: Elasticsearch, ready: list[dict[str, Any]], count: int, way: tuple[int, int]) -> float:
    """Load ready documents into an index with our mappings until all can be found; return documents a second.

    They are serialised before, and go in without refresh and without a disk's word for each request.

    Args:
        client: Client of the server.
        ready: Documents; if there are fewer than ``count``, they come again under other ids.
        count: How many to load: writing and merging segments costs the more the more there are.
        way: Threads, and documents in a request.
    """
    body = render_template()
    fast = {"refresh_interval": "-1", "translog": {"durability": "async"}}
    settings = {**body["settings"], "index": {**body["settings"].get("index", {}), **fast}}
    client.indices.delete(index=INDEX, ignore_unavailable=True)
    client.indices.create(index=INDEX, settings=settings, mappings=body["mappings"])
    sources = cycle([orjson.Fragment(orjson.dumps(row)) for row in ready])
    actions = ({"_index": INDEX, "_id": str(number), "_source": next(sources)} for number in range(count))
    threads, chunk = way
    started = time.perf_counter()
    for ok, answer in parallel_bulk(_serialising(client), actions, thread_count=threads, chunk_size=chunk):
        assert ok, answer
    client.indices.refresh(index=INDEX)
    rate = count / (time.perf_counter() - started)
    client.indices.delete(index=INDEX)
    return rate


def plainest(client: Elasticsearch, corpus: Path, count: int) -> float:
    """BeautifulSoup, langdetect, ``streaming_bulk``, in one process; return files a second."""
    client.indices.delete(index=INDEX, ignore_unavailable=True)
    client.indices.create(
        index=INDEX,
        mappings={"properties": {"body": {"type": "text", "analyzer": "arabic"}, "language": {"type": "keyword"}}},
    )
    files = list(islice(list_files(str(corpus)), count))
    list(_plain_actions(files[:3]))
    started = time.perf_counter()
    for ok, answer in streaming_bulk(client, _plain_actions(files)):
        assert ok, answer
    seconds = time.perf_counter() - started
    client.indices.delete(index=INDEX)
    return len(files) / seconds


def _plain_actions(files: list[Any]) -> Iterator[dict[str, Any]]:
    import langdetect  # type: ignore[import-untyped]
    from bs4 import BeautifulSoup

    for file in files:
        text = BeautifulSoup(Path(file.location).read_bytes(), "html.parser").get_text()
        try:
            language = langdetect.detect(text)
        except langdetect.LangDetectException:
            language = None
        yield {"_index": INDEX, "_id": file.id, "_source": {"path": file.path, "body": text, "language": language}}


def _serialising(client: Elasticsearch) -> Elasticsearch:
    """A client that sends what is serialised already as it is, which json.dumps can't."""
    from elasticsearch.serializer import OrjsonSerializer

    return Elasticsearch(
        [str(node.base_url) for node in client.transport.node_pool.all()],
        serializer=OrjsonSerializer(),
        request_timeout=120,
    )
