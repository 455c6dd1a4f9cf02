"""The embedded server with security: closed to strangers, and kept so by commands that are not told again."""

import stat
from pathlib import Path
from typing import Any

import httpx
import pytest
from elasticsearch import AuthenticationException, AuthorizationException, Elasticsearch

from pipeline.embedded.elasticsearch import ensure_server, server_status
from pipeline.embedded.elasticsearch.certificates import DAYS, days_left

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]


def test_strangers_are_refused(secure: Any) -> None:
    authority = str(secure.settings.es_ca)
    with Elasticsearch(secure.url, ca_certs=authority) as stranger, pytest.raises(AuthenticationException):
        stranger.info()
    wrong = ("elastic", "wrong")
    with (
        Elasticsearch(secure.url, ca_certs=authority, basic_auth=wrong) as client,
        pytest.raises(AuthenticationException),
    ):
        client.info()


def test_nobody_is_served_without_tls(secure: Any) -> None:
    with pytest.raises(httpx.HTTPError):
        httpx.get(secure.url.replace("https:", "http:"), timeout=5)


def test_user_gets_what_the_role_allows_and_no_more(secure: Any) -> None:
    """Users and their passwords need the plugin's ``pattern_capture`` and ``uax_url_email`` in the security index."""
    with secure.admin as admin:
        admin.security.put_role(name="reader", indices=[{"names": ["readable"], "privileges": ["read"]}])
        admin.security.put_user(username="huda", password="only-a-test", roles=["reader"], email="huda@example.org")
        admin.index(index="readable", document={"title": "فهرس"}, refresh=True)
        huda = admin.options(basic_auth=("huda", "only-a-test"))
        assert huda.search(index="readable")["hits"]["total"]["value"] == 1
        with pytest.raises(AuthorizationException, match="indices:data/write"):
            huda.index(index="readable", document={})
        with pytest.raises(AuthorizationException, match="cluster:monitor/main"):
            huda.info()
        admin.security.delete_user(username="huda")
        admin.indices.delete(index="readable")


def test_the_next_command_finds_it_secure_without_being_told(secure: Any) -> None:
    untold = secure.settings.model_copy(update={"es_url": None, "es_security": None})
    running = server_status(untold)
    assert running
    assert running.secure
    assert ensure_server(untold).pid == running.pid


def test_private_files_are_private(secure: Any) -> None:
    folder: Path = secure.settings.security_folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "elastic.password").stat().st_mode) == 0o600
    (key,) = secure.settings.home.rglob("node.key")
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert days_left((folder / "ca.crt").read_bytes()) == DAYS - 1
