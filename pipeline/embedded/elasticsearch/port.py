"""Find the port that a server listens on."""

import socket
from collections.abc import Iterable

from pipeline.embedded.elasticsearch.instance import HOST
from pipeline.errors import FihristError

USUAL = range(9200, 9300)
"""Where Elasticsearch itself would look for a free one."""


def choose_port(configured: int, last: int | None = None, usual: Iterable[int] = USUAL) -> int:
    """Return the configured port, or if that is 0, the last one again or the first free one of the usual.

    Raises:
        FihristError: the configured port, or every one of the usual, is taken.
    """
    if configured:
        if is_free(configured):
            return configured
        raise FihristError(
            f"Port {configured} on {HOST} is taken by another program: end that, or set FIHRIST_ES_PORT to another "
            "port (0 takes a free one)."
        )
    for port in ([last] if last else []) + list(usual):
        if is_free(port):
            return port
    raise FihristError(f"No free port for Elasticsearch on {HOST}: set FIHRIST_ES_PORT.")


def is_free(port: int) -> bool:
    """Return whether nothing listens on that port of 127.0.0.1."""
    with socket.socket() as probe:
        # Closed connections of a server that just ended don't make a port taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
