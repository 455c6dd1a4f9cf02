"""Say where a server may listen."""

import socket

from pipeline.embedded.elasticsearch.instance import HOST
from pipeline.errors import FihristError

USUAL = "9200-9299"
"""Elasticsearch takes the first free one of these itself: if we chose for it, another program could be faster."""


def choose_ports(configured: int, last: int | None = None) -> str:
    """Return the configured port, or if that is 0, the last one again and else the usual.

    Raises:
        FihristError: the configured port is taken.
    """
    if configured == 0:
        return f"{last},{USUAL}" if last else USUAL
    if is_free(configured):
        return str(configured)
    raise FihristError(
        f"Port {configured} on {HOST} is taken by another program: end that, or set FIHRIST_ES_PORT to another "
        "port (0 takes a free one)."
    )


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
