import socket

import pytest

from pipeline.index.refusals import certificate_fault, credentials_fault, speaks_tls

HERE = "https://es.example.org:9200"


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("API key: api key is expired", "has expired"),
        ("API key: api key [x] has been invalidated", "was withdrawn"),
        ("API key: unable to find apikey with id x", "knows no such API key"),
        ("API key: invalid credentials for API key [x]", "its secret is another"),
        ("unable to authenticate user [huda] for REST request [/]", "user name or password"),
        ("missing authentication credentials for REST request [/]", "it wants credentials"),
        ("something of a later version", "missing, wrong, expired or withdrawn"),
    ],
)
def test_each_reason_of_a_401_has_its_meaning(said: str, meaning: str) -> None:
    body = {"error": {"type": "security_exception", "additional_unsuccessful_credentials": said}, "status": 401}
    assert meaning in credentials_fault(HERE, body)
    assert credentials_fault(HERE, body).startswith(f"{HERE} refused the credentials: ")


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("certificate verify failed: unable to get local issuer certificate", "is not trusted"),
        ("certificate verify failed: self-signed certificate in certificate chain", "is not trusted"),
        ("certificate verify failed: Hostname mismatch, certificate is not valid for 'x'", "is for another host"),
        ("certificate verify failed: IP address mismatch, certificate is not valid for '127.0.0.2'", "another host"),
        ("certificate verify failed: certificate has expired", "has expired: renew it"),
        ("certificate verify failed: certificate is not yet valid", "is not valid yet"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number", "answers without TLS"),
        ("[SSL] record layer failure", "answers without TLS"),
    ],
)
def test_each_fault_of_a_certificate_has_its_meaning(said: str, meaning: str) -> None:
    fault = certificate_fault(HERE, f"TLS error caused by: SSLError({said} (_ssl.c:1006))")
    assert fault is not None
    assert meaning in fault


def test_a_broken_connection_is_no_fault_of_the_certificate() -> None:
    assert certificate_fault(HERE, "EOF occurred in violation of protocol (_ssl.c:1006)") is None


def test_an_address_that_nobody_listens_on_does_not_speak_tls() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert not speaks_tls(f"http://127.0.0.1:{free.getsockname()[1]}")
    assert not speaks_tls("Elasticsearch")
