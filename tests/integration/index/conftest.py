"""A real index of articles, made from the templates and filled by the bulk loader."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.names import IndexNames


def article(id_: str, body: str = "", **fields: Any) -> dict[str, Any]:
    """A document with the fields that every article has."""
    return {
        "id": id_,
        "@timestamp": "2018-10-16T19:05:00",
        "title": None,
        "body": body,
        "language": "ar",
        "source": {"uri": f"test/{id_}.txt"},
        **fields,
    }


@pytest.fixture(scope="module")
def names(client: Elasticsearch) -> Iterator[IndexNames]:
    """Indices of their own for a module, installed and empty."""
    own = IndexNames(f"test-{uuid.uuid4().hex[:8]}-")
    templates.install(client, own)
    aliases.ensure(client, own)
    yield own
    for generation in aliases.generations(client, own):
        client.indices.delete(index=generation.index)
    client.indices.delete(index=[own.files, own.runs])
    for template in ("articles", "ingest-files", "ingest-runs"):
        client.indices.delete_index_template(name=f"{own.prefix}fihrist-{template}")
    client.cluster.delete_component_template(name=f"{own.prefix}fihrist-analysis")


@pytest.fixture(scope="module")
def fill(client: Elasticsearch, names: IndexNames) -> Callable[..., str]:
    """Load articles and make them visible; returns the alias."""

    def filled(*documents: dict[str, Any]) -> str:
        outcomes = load(client, names.articles, documents, require_alias=True)
        assert [outcome.state for outcome in outcomes] == ["loaded"] * len(documents), outcomes
        client.indices.refresh(index=names.articles)
        return names.articles

    return filled


@pytest.fixture(scope="session")
def make_article() -> Callable[..., dict[str, Any]]:
    return article


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """The sample articles as they stand in their files, by name."""
    folder = Path(__file__).parents[3] / "seeds"
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.txt"))}
