"""A Kibana that runs, and settings that lead to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.kibana.client import Kibana
from pipeline.settings import Settings
from tests.unit.kibana.kibana_server import KibanaServer


@pytest.fixture
def server() -> Iterator[KibanaServer]:
    """A Kibana without security; whatever it was sent must have fitted the API."""
    kibana = KibanaServer()
    running = kibana.start()
    yield kibana
    running.shutdown()
    running.server_close()
    assert kibana.faults == []


@pytest.fixture
def connect(server: KibanaServer, tmp_path: Path) -> Iterator[Callable[..., Kibana]]:
    """Make clients of the server, impatient ones."""
    made: list[Kibana] = []

    def connected(space: str = "fihrist", *, timeout: float = 5.0, **settings: Any) -> Kibana:
        given = {"kibana_url": server.url, "home": tmp_path, **settings}
        made.append(Kibana(Settings(_env_file=None, **given), space, timeout=timeout, pause=0.01))
        return made[-1]

    yield connected
    for kibana in made:
        kibana.__exit__()
