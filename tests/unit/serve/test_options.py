from pathlib import Path

import pytest
from pydantic import SecretStr

from pipeline.errors import NeedsPersonError
from pipeline.serve.options import is_loopback, options
from pipeline.settings import Settings


def test_on_this_machine_alone_no_password_is_needed() -> None:
    chosen = options(Settings())
    assert (chosen.host, chosen.password, chosen.certificate) == ("127.0.0.1", None, None)
    assert {"localhost", "127.0.0.1", "[::1]"} <= chosen.hosts


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "news.example.org"])
def test_open_to_others_without_a_password_it_does_not_start(host: str) -> None:
    with pytest.raises(NeedsPersonError, match="FIHRIST_SERVE_PASSWORD_FILE"):
        options(Settings(serve_host=host))


def test_a_password_does_not_go_over_the_network_unencrypted() -> None:
    with pytest.raises(NeedsPersonError, match="TLS"):
        options(Settings(serve_host="0.0.0.0", serve_password=SecretStr("x")))


def test_behind_a_proxy_the_password_is_enough_and_any_address_is_no_name() -> None:
    chosen = options(
        Settings(
            serve_host="0.0.0.0",
            serve_password=SecretStr("x"),
            serve_behind_proxy=True,
            serve_hosts="News.Example.org, ",
        )
    )
    assert "news.example.org" in chosen.hosts
    assert "0.0.0.0" not in chosen.hosts


def test_half_a_certificate_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "cert.pem"
    file.touch()
    with pytest.raises(NeedsPersonError, match="go together"):
        options(Settings(serve_tls_cert=file))
    with pytest.raises(NeedsPersonError, match="SERVE_TLS_KEY names"):
        options(Settings(serve_tls_cert=file, serve_tls_key=tmp_path / "missing"))


def test_the_password_is_not_in_what_is_logged() -> None:
    assert "geheim" not in repr(options(Settings(serve_password=SecretStr("geheim"))))


def test_loopback_is_told_by_address() -> None:
    assert [is_loopback(host) for host in ("127.0.0.1", "127.3.4.5", "::1", "localhost")] == [True] * 4
    assert [is_loopback(host) for host in ("0.0.0.0", "localhost.example.org", "10.0.0.1")] == [False] * 3
