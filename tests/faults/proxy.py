"""A TCP proxy on 127.0.0.1 that misbehaves on purpose, in front of a server that does not."""

import contextlib
import select
import socket
import struct
import threading
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

Kind = Literal["reset", "cut", "stall", "drip", "slow", "swallow", "deaf"]
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: closing sends RST."""


@dataclass
class Misbehaviour:
    """What happens to requests that contain some bytes, as often as told; all others pass."""

    kind: Kind
    """``reset``, ``cut``: the answer ends after some bytes, with RST or FIN; ``stall``: it never comes (half-open);
    ``drip``: it comes byte by byte; ``slow``: it comes late; ``swallow``: the request does not get there and the
    connection is reset; ``deaf``: the request is not even read."""
    when: bytes = b"_bulk"
    times: int = 1
    after: int = 20
    """Bytes of the answer that get through."""
    seconds: float = 0.0
    """Between two bytes (``drip``), or before the answer (``slow``)."""


class Proxy:
    """Stands between a client and a server as a context manager."""

    def __init__(self, url: str, misbehaviour: Misbehaviour) -> None:
        self._upstream = (urlsplit(url).hostname or "", urlsplit(url).port or 0)
        self._fault = misbehaviour
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._sockets: list[socket.socket] = [self._listener]
        self.happened = 0
        """How often it misbehaved."""
        self._closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> "Proxy":
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        for each in self._sockets:
            _close(each)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # closed: the block has ended
            while True:
                client, _ = self._listener.accept()
                self._sockets.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        """Pass bytes both ways; in one thread, because a socket that another thread waits for can't be closed."""
        struck = False
        with contextlib.suppress(OSError, ValueError):  # either side has gone, or was closed here
            server = socket.create_connection(self._upstream)
            self._sockets.append(server)
            while True:
                ready, _, _ = select.select([client, server], [], [])
                if client in ready:
                    struck = self._request(client, server) or struck
                if server in ready:
                    data = server.recv(65_536)
                    if struck:
                        self._misbehave(client, data)
                        struck = self._fault.kind != "slow"
                    else:
                        client.sendall(data)
                    if not data:
                        break
        _close(client)

    def _request(self, client: socket.socket, server: socket.socket) -> bool:
        """Pass a piece of a request on; return whether its answer is to be spoiled."""
        data = client.recv(65_536)
        if not data:
            raise ConnectionResetError
        if self._fault.when in data and self.happened < self._fault.times:
            self.happened += 1
            if self._fault.kind == "deaf":
                self._closing.wait()
            if self._fault.kind == "swallow":
                _reset(client)
            server.sendall(data)
            return True
        server.sendall(data)
        return False

    def _misbehave(self, client: socket.socket, answer: bytes) -> None:
        if self._fault.kind in ("reset", "cut"):
            client.sendall(answer[: self._fault.after])
            _reset(client) if self._fault.kind == "reset" else _close(client)
        elif self._fault.kind == "drip":
            for byte in answer:
                client.sendall(bytes([byte]))
                time.sleep(self._fault.seconds)
        elif self._fault.kind == "slow":
            time.sleep(self._fault.seconds)
            client.sendall(answer)


def _reset(connection: socket.socket) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    connection.close()


def _close(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
