import socket
import ssl
import threading
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.certificates import (
    DAYS,
    Certificates,
    certificates_for,
    days_left,
    make_certificates,
)


@pytest.fixture(scope="module")
def made() -> Certificates:
    return make_certificates()


def handshake(made: Certificates, authority: bytes, name: str, folder: Path) -> None:
    """Greet a server that has the certificate, as a client that trusts the authority."""
    (folder / "node.pem").write_bytes(made.key + made.certificate)
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(folder / "node.pem")
    client = ssl.create_default_context(cadata=authority.decode())
    here, there = socket.socketpair()

    def serve() -> None:
        try:
            server.wrap_socket(there, server_side=True).close()
        except ssl.SSLError:
            there.close()  # the client has refused

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        client.wrap_socket(here, server_hostname=name).close()
    finally:
        here.close()
        thread.join()


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "::1"])
def test_clients_that_know_the_authority_trust_the_server_on_this_machine(
    made: Certificates, name: str, tmp_path: Path
) -> None:
    handshake(made, made.authority, name, tmp_path)


def test_another_name_is_refused(made: Certificates, tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(made, made.authority, "es.example.org", tmp_path)


def test_another_authority_of_the_same_name_is_refused(made: Certificates, tmp_path: Path) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(made, make_certificates().authority, "127.0.0.1", tmp_path)


def test_the_authority_signs_no_other_authority_and_its_key_is_not_kept(made: Certificates) -> None:
    assert made.key.count(b"PRIVATE KEY") == 2
    assert b"PRIVATE KEY" not in made.authority + made.certificate


def test_days_are_counted_to_the_end(made: Certificates) -> None:
    assert days_left(made.certificate) == days_left(made.authority) == DAYS - 1


def test_servers_of_one_authority_are_each_trusted_by_their_own_names_only(tmp_path: Path) -> None:
    first, second = certificates_for([["elasticsearch", "elasticsearch-2"], ["kibana"]])
    assert first.authority == second.authority and first.key != second.key
    handshake(first, second.authority, "elasticsearch-2", tmp_path)
    with pytest.raises(ssl.SSLCertVerificationError, match="Hostname mismatch"):
        handshake(second, first.authority, "elasticsearch", tmp_path)
