"""The port of a server that does not choose it itself: a free one, and whether the server got it."""

import socket

import psutil

from pipeline.errors import FihristError


class PortTakenError(FihristError):
    """Another program took the port after it was found free."""


def free_port(preferred: int) -> int:
    """Return a TCP port of 127.0.0.1 that nobody listens on now: the preferred one if it can be had."""
    for port in (preferred, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            found: int = probe.getsockname()[1]
            return found
    raise FihristError("127.0.0.1 has no free port left; end some programs")


def has_port(pid: int, port: int) -> bool:
    """Say whether it is this process, or a child of it, that listens on a port: two servers may have wanted it."""
    try:
        process = psutil.Process(pid)
        family = [process, *process.children(recursive=True)]
        return any(
            connection.status == psutil.CONN_LISTEN and connection.laddr.port == port
            for member in family
            for connection in member.net_connections("tcp")
        )
    except psutil.NoSuchProcess:
        return False
