"""Connecting to Kibana: who is let in, over which certificate, and what each fault is called."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.embedded.elasticsearch.certificates import make_certificates
from pipeline.kibana.client import Kibana
from pipeline.kibana.errors import KibanaAccessError, KibanaError, RefusedError
from tests.unit.kibana.kibana_server import KibanaServer

Connect = Callable[..., Kibana]


def ready(kibana: Kibana, seconds: float = 0.0) -> str:
    return kibana.wait_until_ready(seconds, lambda _: None)


@pytest.fixture
def tls(tmp_path: Path, connect: Connect) -> Iterator[SimpleNamespace]:
    """A Kibana with TLS, and the authority that signed its certificate."""
    made = make_certificates()
    files = SimpleNamespace(server=tmp_path / "server.pem", authority=tmp_path / "ca.pem", other=tmp_path / "other.pem")
    files.server.write_bytes(made.key + made.certificate)
    files.authority.write_bytes(made.authority)
    files.other.write_bytes(make_certificates().authority)
    kibana = KibanaServer()
    running = kibana.start(files.server)
    files.kibana = kibana
    yield files
    running.shutdown()
    running.server_close()


def test_tells_the_version_of_a_kibana_that_is_ready(connect: Connect) -> None:
    assert ready(connect()) == "9.5.3"


def test_waits_while_kibana_starts_and_says_so_once(server: KibanaServer, connect: Connect) -> None:
    server.trouble("status", times=3, status=503, body={"message": "Kibana server is not ready yet"})
    told: list[str] = []
    assert connect().wait_until_ready(10, told.append) == "9.5.3"
    assert told == ["waiting for Kibana: Kibana answered 503: Kibana server is not ready yet"]


def test_waits_while_kibana_is_unavailable_and_takes_a_degraded_one(server: KibanaServer, connect: Connect) -> None:
    server.level = "critical"
    with pytest.raises(KibanaError, match=r"not ready within 0 s: http://.* says that it is critical"):
        ready(connect())
    server.level = "degraded"
    assert ready(connect()) == "9.5.3"


def test_waiting_is_bounded_even_where_kibana_stalls(server: KibanaServer, connect: Connect) -> None:
    server.trouble("status", seconds=5)
    started = time.monotonic()
    with pytest.raises(KibanaError, match=r"not ready within 0\.5 s: .* did not answer within 0\.2 s"):
        ready(connect(timeout=0.2), 0.5)
    assert time.monotonic() - started < 3


def test_nothing_there_is_told_with_the_address(connect: Connect) -> None:
    with pytest.raises(KibanaError, match=r"Nothing answers at http://127\.0\.0\.1:9"):
        ready(connect(kibana_url="http://127.0.0.1:9"))


@pytest.mark.parametrize("version", ["8.19.2", "9.4.1"])
def test_an_old_kibana_is_refused_with_what_is_needed(server: KibanaServer, connect: Connect, version: str) -> None:
    server.version = version
    with pytest.raises(KibanaError, match=rf"is Kibana {version}; 9\.5 or newer is needed"):
        ready(connect())


@pytest.mark.parametrize("version", ["9.5.0", "9.12.0", "10.0.0-SNAPSHOT"])
def test_newer_kibanas_are_taken(server: KibanaServer, connect: Connect, version: str) -> None:
    server.version = version
    assert ready(connect()) == version


def test_user_and_password_let_in(server: KibanaServer, connect: Connect) -> None:
    server.login("huda", "open-sesame")
    assert ready(connect(kibana_user="huda", kibana_password="open-sesame")) == "9.5.3"


def test_an_api_key_lets_in_and_goes_before_a_password(server: KibanaServer, connect: Connect) -> None:
    server.authorization = "ApiKey aWQ6c2VjcmV0"
    assert ready(connect(kibana_api_key="aWQ6c2VjcmV0", kibana_password="other")) == "9.5.3"


def test_a_key_may_stand_in_a_file(server: KibanaServer, connect: Connect, tmp_path: Path) -> None:
    server.authorization = "ApiKey aWQ6c2VjcmV0"
    (tmp_path / "key").write_text("aWQ6c2VjcmV0\n")
    assert ready(connect(kibana_api_key_file=tmp_path / "key")) == "9.5.3"


@pytest.mark.parametrize("given", [{"kibana_password": "wrong"}, {"kibana_api_key": "wrong"}])
def test_wrong_credentials_are_told_at_once_and_not_repeated(
    server: KibanaServer, connect: Connect, given: dict[str, str]
) -> None:
    server.login("elastic", "right")
    started = time.monotonic()
    with pytest.raises(KibanaAccessError, match="refused the credentials: FIHRIST_KIBANA_API_KEY, or") as caught:
        ready(connect(**given), 60)
    assert time.monotonic() - started < 5, "waiting would not make them right"
    assert "wrong" not in str(caught.value).replace("missing, wrong or expired", "")


def test_missing_credentials_are_told_where_the_status_is_public(server: KibanaServer, connect: Connect) -> None:
    server.login("elastic", "right")
    with pytest.raises(KibanaAccessError, match="does not know who asks: set FIHRIST_KIBANA_API_KEY"):
        ready(connect(), 60)


def test_a_key_withdrawn_meanwhile_ends_the_work(server: KibanaServer, connect: Connect) -> None:
    kibana = connect()
    ready(kibana)
    server.login("elastic", "changed")
    with pytest.raises(KibanaAccessError, match="refused the credentials"):
        kibana.get("spaces/space/fihrist")


def test_403_says_what_is_needed(server: KibanaServer, connect: Connect) -> None:
    server.trouble("dashboards", status=403, body={"message": "Unable to get dashboard"})
    with pytest.raises(
        RefusedError, match=r"\(Unable to get dashboard\); it needs 'all' on the space fihrist"
    ) as caught:
        connect().get("dashboards/x")
    assert caught.value.status == 403


def test_404_is_nothing(connect: Connect) -> None:
    assert connect("default").get("dashboards/x") is None


def test_a_login_page_is_no_kibana_api(server: KibanaServer, connect: Connect) -> None:
    server.trouble("status", times=1, status=302)
    with pytest.raises(KibanaAccessError, match=r"sends us to /login: is FIHRIST_KIBANA_URL right"):
        ready(connect())
    server.trouble("status", times=1, status=200, body="<html>")
    with pytest.raises(KibanaAccessError, match="is not Kibana"):
        ready(connect())
    server.trouble("dashboards", times=1, status=200, body="<html>")
    with pytest.raises(KibanaAccessError, match="is not Kibana"):
        connect().get("dashboards/x")


def test_a_base_path_stands_before_the_space(server: KibanaServer, connect: Connect) -> None:
    assert connect("desk", kibana_url="https://news.example/kibana/").target.path == "/kibana/s/desk"


@pytest.mark.parametrize("url", ["", "kibana:5601", "ftp://kibana"])
def test_an_address_that_is_none_is_told(connect: Connect, url: str) -> None:
    with pytest.raises(KibanaAccessError, match="has to be Kibana's address"):
        connect(kibana_url=url)


def test_a_password_in_the_address_is_refused_and_not_repeated(connect: Connect) -> None:
    with pytest.raises(KibanaAccessError, match="give it as FIHRIST_KIBANA_PASSWORD") as caught:
        connect(kibana_url="https://elastic:open-sesame@kibana")
    assert "open-sesame" not in str(caught.value)


def test_no_secret_goes_unencrypted_over_a_network(connect: Connect) -> None:
    with pytest.raises(KibanaAccessError, match=r"http://kibana:5601 would get the password or key unencrypted"):
        connect(kibana_url="http://kibana:5601", kibana_password="open-sesame")


def test_the_right_authority_is_trusted(tls: SimpleNamespace, connect: Connect) -> None:
    tls.kibana.login("elastic", "open-sesame")
    given = {"kibana_url": tls.kibana.url, "kibana_ca": tls.authority, "kibana_password": "open-sesame"}
    assert ready(connect(**given)) == "9.5.3"


@pytest.mark.parametrize("authority", ["other", None])
def test_another_authority_is_not_trusted_and_told_at_once(
    tls: SimpleNamespace, connect: Connect, authority: str | None
) -> None:
    kibana = connect(kibana_url=tls.kibana.url, kibana_ca=authority and getattr(tls, authority), kibana_password="x")
    started = time.monotonic()
    with pytest.raises(KibanaAccessError, match=r"is not trusted: FIHRIST_KIBANA_CA has to be the authority"):
        ready(kibana, 60)
    assert time.monotonic() - started < 5
    assert tls.kibana.asked == 0, "nothing was sent to a server that is not trusted"


def test_a_file_that_is_no_certificate_is_told(tls: SimpleNamespace, connect: Connect, tmp_path: Path) -> None:
    (tmp_path / "text.pem").write_text("no certificate")
    for name in ("text.pem", "absent.pem"):
        with pytest.raises(KibanaAccessError, match=rf"names .*{name}, which is no file of certificates"):
            connect(kibana_url=tls.kibana.url, kibana_ca=tmp_path / name)


def test_http_for_https_and_the_other_way_round_are_told(
    tls: SimpleNamespace, server: KibanaServer, connect: Connect
) -> None:
    with pytest.raises(KibanaAccessError, match=r"wants TLS: FIHRIST_KIBANA_URL has to begin with https://"):
        ready(connect(kibana_url=tls.kibana.url.replace("https", "http")))
    with pytest.raises(KibanaAccessError, match=r"answers without TLS: FIHRIST_KIBANA_URL has to begin with http://"):
        ready(connect(kibana_url=server.url.replace("http", "https")))
