import socket

import pytest

from pipeline.embedded.elasticsearch.port import choose_ports, is_free
from pipeline.errors import FihristError


@pytest.fixture
def listener() -> socket.socket:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_configured_port_is_the_only_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert choose_ports(port, last=9207) == str(port)


def test_configured_port_that_is_taken_is_refused(listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with pytest.raises(FihristError, match=f"Port {port} on 127.0.0.1 is taken.*FIHRIST_ES_PORT"):
        choose_ports(port)


def test_without_configuration_the_last_port_is_tried_first() -> None:
    assert choose_ports(0) == "9200-9299"
    assert choose_ports(0, last=9207) == "9207,9200-9299"


def test_listener_on_all_addresses_takes_the_port_too() -> None:
    with socket.create_server(("0.0.0.0", 0)) as server:
        assert not is_free(server.getsockname()[1])


def test_port_of_closed_connections_is_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = server.accept()
            accepted.close()  # the server's side closes first, and so keeps the port in TIME_WAIT
    assert is_free(port)
