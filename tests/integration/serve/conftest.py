"""The page over a real index."""

from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch
from starlette.testclient import TestClient

from pipeline.serve.access import open_access
from pipeline.serve.app import create_app
from pipeline.serve.options import options
from pipeline.serve.site import Site
from pipeline.settings import Settings
from tests.integration.serve.installation import installation


@pytest.fixture(scope="session")
def indexed(
    client: Elasticsearch, elasticsearch_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    with installation(client, elasticsearch_server, tmp_path_factory.mktemp("serve")) as settings:
        yield settings


@pytest.fixture(scope="session")
def page(indexed: Settings) -> Iterator[TestClient]:
    site = Site(open_access(indexed), indexed, "http://127.0.0.1:8080")
    with TestClient(create_app(site, options(indexed)), base_url="http://127.0.0.1:8090") as client:
        yield client
