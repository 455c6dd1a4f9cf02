"""An installation for the tests of the search page: the five seeds and odd files, through the real steps."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.flow import steps
from pipeline.settings import PROJECT_ROOT, Settings, settings
from pipeline.sources.raw import article_id

SEED_RUN = "manual__2018-10-16T02:00:00+00:00"
ODD_RUN = "manual__<script>alert(4)</script>"
HOSTILE = """<script>alert(0)</script>"><img src=x onerror=alert(1)>' onfocus='x {{ 7*7 }} hostile"""
_KEPT = {"id", "@timestamp", "published_at", "published_precision", "timestamp_from", "modified_at", "processed_at"}
_KEPT |= {"type", "field", "language", "sha256", "duplicate_of", "content_sha256"}


@contextmanager
def installation(client: Elasticsearch, url: str, folder: Path) -> Iterator[Settings]:
    """Settings of an installation with articles, a near-copy, a hostile one, and a file in quarantine."""
    prefix = f"test-serve-{uuid.uuid4().hex[:8]}-"
    odd = folder / "odd"
    odd.mkdir()
    (odd / "binary.txt").write_bytes(b"\x00\x01\x02<script>alert(3)</script>\xff\xfe" * 9)
    seed = next((PROJECT_ROOT / "seeds").glob("004_*"))
    (odd / "copy.txt").write_bytes(seed.read_bytes())
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOME": str(folder / "home"), "ES_URL": url, "INDEX_PREFIX": prefix}.items():
            patch.setenv(f"FIHRIST_{name}", value)
        settings.cache_clear()
        nightly(PROJECT_ROOT / "seeds", SEED_RUN)
        nightly(odd, ODD_RUN)
        made = settings()
    settings.cache_clear()
    index = f"{prefix}articles"
    document = client.get(index=index, id=article_id(f"seeds/{seed.name}"))["_source"]
    client.index(index=index, id="hostile", document={**hostile(document), "id": "hostile"}, refresh=True)
    yield made
    client.indices.delete(index=",".join(client.indices.get(index=f"{prefix}*", features="aliases")))
    for template in ("articles", "ingest-files", "ingest-runs"):
        client.indices.delete_index_template(name=f"{prefix}fihrist-{template}")
    client.cluster.delete_component_template(name=f"{prefix}fihrist-analysis")


def nightly(folder: Path, run_id: str) -> None:
    """Do one run as the DAG does."""
    params = {"path": str(folder), "source": None, "batch_size": 500, "retry_quarantined": False, "force": False}
    for batch in steps.survey(steps.discover(run_id, params), run_id):
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    steps.report(run_id, "news_nightly")


def hostile(value: Any, name: str = "") -> Any:
    """A document with script in every text that could hold it."""
    if isinstance(value, dict):
        return {key: hostile(held, key) for key, held in value.items()}
    if isinstance(value, list):
        return [hostile(held, name) for held in value]
    return HOSTILE if isinstance(value, str) and name not in _KEPT else value
