"""With security on, users, roles and API keys work as on a full server: the plugin gives what their index needs."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from elasticsearch import ApiError, AuthenticationException, AuthorizationException, Elasticsearch

from pipeline.embedded.elasticsearch import temporary_server
from pipeline.embedded.elasticsearch.config import write_config
from pipeline.embedded.elasticsearch.instance import Instance
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.settings import Settings

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(900)]

PASSWORD = "only-for-this-test"


@pytest.fixture(scope="module")
def secure_url() -> Iterator[str]:
    """Address of a server that knows the user ``elastic`` with :data:`PASSWORD`."""
    machine = prepare_machine(Settings(), print)
    root = Path(tempfile.mkdtemp(prefix="secure-", dir=machine.distribution.parent))
    root.chmod(0o755)
    config = write_config(Instance(root, "0", "512m"), machine.distribution)
    environment = {**os.environ, "ES_JAVA_HOME": str(machine.jdk.home), "ES_PATH_CONF": str(config)}
    keystore = [str(machine.distribution / "bin/elasticsearch-keystore")]
    subprocess.run([*keystore, "create"], env=environment, check=True)
    add = [*keystore, "add", "--stdin", "bootstrap.password"]
    subprocess.run(add, input=PASSWORD.encode(), env=environment, check=True)
    try:
        with temporary_server(Settings(), print, root=root, extra={"xpack.security.enabled": "true"}) as server:
            _wait_for_the_index_of_users(server.url)
            yield server.url
    finally:
        shutil.rmtree(root)


def _wait_for_the_index_of_users(url: str, seconds: float = 60) -> None:
    """Make a first user: while a server makes its index of users, it answers 503 to every login."""
    deadline = time.monotonic() + seconds
    with Elasticsearch(url, basic_auth=("elastic", PASSWORD)) as client:
        while True:
            try:
                client.security.put_user(username="first", password=PASSWORD, roles=[])
                client.cluster.health(index=".security", wait_for_status="yellow", timeout=f"{seconds}s")
                return
            except ApiError as error:
                if error.status_code != 503 or time.monotonic() > deadline:
                    raise
                time.sleep(0.5)


@pytest.fixture
def admin(secure_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(secure_url, basic_auth=("elastic", PASSWORD)) as client:
        yield client


def test_stranger_and_wrong_password_are_refused(secure_url: str) -> None:
    with Elasticsearch(secure_url) as stranger, pytest.raises(AuthenticationException):
        stranger.info()
    with Elasticsearch(secure_url, basic_auth=("elastic", "wrong")) as client, pytest.raises(AuthenticationException):
        client.info()


def test_user_gets_what_the_role_allows_and_no_more(secure_url: str, admin: Elasticsearch) -> None:
    admin.security.put_role(name="reader", indices=[{"names": ["readable"], "privileges": ["read"]}])
    admin.security.put_user(username="huda", password=PASSWORD, roles=["reader"], email="huda@example.org")
    admin.index(index="readable", document={"title": "فهرس"}, refresh=True)
    with Elasticsearch(secure_url, basic_auth=("huda", PASSWORD)) as huda:
        assert huda.search(index="readable")["hits"]["total"]["value"] == 1
        with pytest.raises(AuthorizationException, match="indices:data/write"):
            huda.index(index="readable", document={})
        with pytest.raises(AuthorizationException, match="cluster:monitor/main"):
            huda.info()


def test_root_page_opens_with_the_privilege_to_monitor(secure_url: str, admin: Elasticsearch) -> None:
    key = admin.security.create_api_key(name="watcher", role_descriptors={"r": {"cluster": ["monitor"], "indices": []}})
    with Elasticsearch(secure_url, api_key=key["encoded"]) as watcher:
        assert watcher.info()["version"]["number"] == "9.5.3"
