"""The five seeds and a hostile article, through the real steps into a real index; and the page over it."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from starlette.testclient import TestClient

from pipeline.flow import steps
from pipeline.serve.access import open_access
from pipeline.serve.app import create_app
from pipeline.serve.options import options
from pipeline.serve.site import Site
from pipeline.settings import PROJECT_ROOT, Settings, settings
from pipeline.sources.raw import article_id

HOSTILE = """<script>alert(0)</script>"><img src=x onerror=alert(1)>' onfocus='x {{ 7*7 }} hostile"""
_KEPT = {"id", "@timestamp", "published_at", "published_precision", "timestamp_from", "modified_at", "processed_at"}
_KEPT |= {"type", "field", "language", "sha256", "duplicate_of", "content_sha256"}


def hostile(value: Any, name: str = "") -> Any:
    """A document with script in every text that could hold it."""
    if isinstance(value, dict):
        return {key: hostile(held, key) for key, held in value.items()}
    if isinstance(value, list):
        return [hostile(held, name) for held in value]
    return HOSTILE if isinstance(value, str) and name not in _KEPT else value


def nightly(folder: Path, run_id: str) -> None:
    """Do one run as the DAG does."""
    params = {
        "path": str(folder), "source": None, "batch_size": 500, "retry_quarantined": False, "force": False,
    }  # fmt: skip
    batches = steps.survey(steps.discover(run_id, params), run_id)
    for batch in batches:
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    steps.report(run_id, "news_nightly")


@pytest.fixture(scope="session")
def indexed(
    client: Elasticsearch,
    elasticsearch_server: str,
    remove_indices: Callable[[str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Settings]:
    """Settings of an installation with articles, a near-copy, a hostile one, and files in quarantine."""
    prefix = f"test-serve-{uuid.uuid4().hex[:8]}-"
    folder = tmp_path_factory.mktemp("serve")
    odd = folder / "odd"
    odd.mkdir()
    (odd / "binary.txt").write_bytes(b"\x00\x01\x02<script>alert(3)</script>\xff\xfe" * 9)
    seed = next((PROJECT_ROOT / "seeds").glob("004_*"))
    (odd / "copy.txt").write_bytes(seed.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "HOME": str(folder / "home"),
            "ES_URL": elasticsearch_server,
            "INDEX_PREFIX": prefix,
        }.items():
            patch.setenv(f"FIHRIST_{name}", value)
        settings.cache_clear()
        nightly(PROJECT_ROOT / "seeds", "manual__2018-10-16T02:00:00+00:00")
        nightly(odd, "manual__<script>alert(4)</script>")
        index = f"{prefix}articles"
        document = client.get(index=index, id=article_id(f"seeds/{seed.name}"))["_source"]
        client.index(index=index, id="hostile", document={**hostile(document), "id": "hostile"}, refresh=True)
        yield settings()
    settings.cache_clear()
    remove_indices(prefix)


@pytest.fixture(scope="session")
def page(indexed: Settings) -> Iterator[TestClient]:
    """A client of the page over that index."""
    site = Site(open_access(indexed), indexed, "http://127.0.0.1:8080")
    with TestClient(create_app(site, options(indexed)), base_url="http://127.0.0.1:8090") as client:
        yield client
