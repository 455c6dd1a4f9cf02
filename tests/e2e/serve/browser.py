"""A real Chromium for the tests of the search page, and the page's own server in a thread."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from pipeline.serve.access import open_access
from pipeline.serve.app import create_app
from pipeline.serve.options import options
from pipeline.serve.server import address, listen
from pipeline.serve.site import Site
from pipeline.settings import Settings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


def chromium() -> str | None:
    """Path of a Chromium: ``FIHRIST_TEST_CHROMIUM``, or one that the system has; None where there is none."""
    return os.environ.get("FIHRIST_TEST_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def arguments() -> list[str]:
    """Arguments of Chromium; its sandbox does not work for root."""
    return [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The page's address while its server runs."""
    chosen = options(settings.model_copy(update={"serve_port": 0}))
    listener = listen(chosen)
    site = Site(open_access(settings), settings, None)
    server = uvicorn.Server(uvicorn.Config(create_app(site, chosen), log_level="warning", server_header=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield address(chosen, listener)
    finally:
        server.should_exit = True
        thread.join(10)
