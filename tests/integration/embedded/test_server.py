"""The session's server is what clients of a full Elasticsearch expect."""

import pytest
from elasticsearch import Elasticsearch

pytestmark = pytest.mark.server


def test_client_recognises_product_and_version(client: Elasticsearch) -> None:
    assert client.ping()
    info = client.info()
    assert info["version"]["number"] == "9.5.3"
    assert info["version"]["build_flavor"] == "default"
    assert info["tagline"] == "You Know, for Search"
    assert len(info["cluster_uuid"]) == 22


def test_root_page_describes_the_same_cluster_as_the_cluster_api(client: Elasticsearch) -> None:
    info, health = client.info(), client.cluster.health()
    assert info["cluster_name"] == health["cluster_name"]
    assert info["cluster_uuid"] == client.cluster.state(metric="metadata")["metadata"]["cluster_uuid"]


def test_cluster_is_healthy(client: Elasticsearch) -> None:
    assert client.cluster.health(wait_for_status="yellow", timeout="10s")["timed_out"] is False
