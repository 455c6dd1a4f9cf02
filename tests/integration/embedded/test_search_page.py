"""The search page in the background, as ``fihrist up`` starts it and ``fihrist down`` stops it."""

from pathlib import Path

import httpx
import psutil
import pytest

from pipeline.embedded.search_page import ensure_page, page_status, stop_page
from pipeline.settings import Settings

pytestmark = pytest.mark.server


def test_it_starts_once_answers_and_stops(
    elasticsearch_server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIHRIST_ES_URL", elasticsearch_server)
    settings = Settings(home=tmp_path, serve_port=0)
    running = ensure_page(settings, print)
    try:
        assert httpx.get(f"{running.url}/en/", timeout=30).status_code == 200
        assert ensure_page(settings, print) == running
    finally:
        assert stop_page(settings)
    assert not psutil.pid_exists(running.pid) or psutil.Process(running.pid).status() == psutil.STATUS_ZOMBIE
    assert page_status(settings) is None
    assert not stop_page(settings)
