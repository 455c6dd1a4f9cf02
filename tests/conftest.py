"""What all tests share: one real Elasticsearch for the session, started when a test first asks for it."""

import os
from collections.abc import Callable, Iterator

import pytest
from elasticsearch import Elasticsearch

from pipeline.embedded.elasticsearch import temporary_server
from pipeline.settings import Settings


@pytest.fixture(scope="session")
def elasticsearch_server() -> Iterator[str]:
    """Address of an empty server with security off.

    ``FIHRIST_TEST_ES_URL`` names one that runs already, so that a developer need not wait for the start each time;
    then tests must not take it for empty.
    """
    given = os.environ.get("FIHRIST_TEST_ES_URL")
    if given:
        yield given
        return
    with temporary_server(Settings(), lambda message: print(message, flush=True)) as server:
        yield server.url


@pytest.fixture(scope="session")
def client(elasticsearch_server: str) -> Iterator[Elasticsearch]:
    """A client of the session's server."""
    with Elasticsearch(elasticsearch_server, request_timeout=30) as connected:
        yield connected


@pytest.fixture(scope="session")
def remove_indices(client: Elasticsearch) -> Callable[[str], None]:
    """Deletes the indices of an installation, given its prefix."""

    def remove(prefix: str) -> None:
        names = client.indices.get(index=f"{prefix}*", features="aliases")
        if names:
            client.indices.delete(index=",".join(names))

    return remove
