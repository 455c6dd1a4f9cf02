"""Run the page's server until it is told to stop."""

import socket

import uvicorn

from pipeline.errors import FihristError
from pipeline.serve.access import open_access
from pipeline.serve.app import create_app
from pipeline.serve.options import Options, is_loopback
from pipeline.serve.site import Site
from pipeline.serve.suggest import known_names
from pipeline.settings import Settings

_AT_ONCE = 64
"""Requests served at once; others are told to come back."""


def serve(settings: Settings, options: Options, listener: socket.socket, airflow_url: str | None) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        settings: name a cluster.
        options: checked.
        listener: from :func:`listen`; it may be open before the cluster is.
        airflow_url: where runs can be looked at.

    Raises:
        FihristError: the cluster can't be reached, or the keys are not for reading.
    """
    known_names()  # read once, now, so that the first reader who types does not wait
    site = Site(open_access(settings), settings, airflow_url)
    certificate, key = options.certificate or (None, None)
    config = uvicorn.Config(
        create_app(site, options),
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
        limit_concurrency=_AT_ONCE,
        timeout_keep_alive=5,
        h11_max_incomplete_event_size=32_768,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )
    uvicorn.Server(config).run(sockets=[listener])


def listen(options: Options) -> socket.socket:
    """Return a socket that listens as the options say; on loopback on a free one if their port is taken.

    Raises:
        FihristError: the address is not this machine's, or its port is taken.
    """
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    fixed = not is_loopback(options.host)  # others have been told the port
    for port in (options.port,) if fixed else (options.port, 0):
        listener = socket.socket(family)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((options.host, port))
        except OSError as error:
            listener.close()
            refused = error
            continue
        listener.listen(128)
        return listener
    raise FihristError(f"The search page can't listen on {options.host}, port {options.port}: {refused.strerror}.")


def address(options: Options, listener: socket.socket) -> str:
    """Return the page's address as people type it."""
    host = f"[{options.host}]" if ":" in options.host else options.host
    return f"{'https' if options.certificate else 'http'}://{host}:{listener.getsockname()[1]}"
