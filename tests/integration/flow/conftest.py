"""A folder of raw files for the steps, which work on the test's own server, folder and indices."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.settings import settings


@pytest.fixture
def raw(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    elasticsearch_server: str,
    remove_indices: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Path]:
    """An empty folder of raw files; the module's ``PREFIX`` stands before the names of its indices."""
    prefix = request.module.PREFIX
    environment = {
        "HOME": str(tmp_path / "home"),
        "ES_URL": elasticsearch_server,
        "INDEX_PREFIX": prefix,
        "SETTLE_SECONDS": "0",  # all files here are fresh, and whole
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"FIHRIST_{name}", value)
    settings.cache_clear()
    remove_indices(prefix)
    folder = tmp_path / "raw"
    folder.mkdir()
    yield folder
    settings.cache_clear()
    remove_indices(prefix)
