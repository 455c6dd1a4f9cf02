"""A page, a Chromium, and what they complain about."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from tests.e2e.serve.browser import arguments, chromium, serving
from tests.integration.serve.installation import installation

PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def site(client: Elasticsearch, elasticsearch_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the search page over the five seeds, a copy and a hostile article."""
    folder = tmp_path_factory.mktemp("serve")
    with installation(client, elasticsearch_server, folder) as settings, serving(settings) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright; without either the tests are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright (dev group) is not installed")
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: install one (apt: chromium) or set FIHRIST_TEST_CHROMIUM")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=path, args=arguments())
        yield browser
        browser.close()


@pytest.fixture
def open_page(site: str, browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page of the site; at the end nothing may have gone wrong in it: no script error, no policy violated."""
    contexts, complaints = [], []

    def opened(path: str, *, width: str = "desktop", dark: bool = False, scripts: bool = True) -> Any:
        context = browser.new_context(
            viewport=PHONE if width == "phone" else DESKTOP,
            has_touch=width == "phone",
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            base_url=site,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("dialog", lambda dialog: (complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: None if request.url.startswith(site) else complaints.append(request.url))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []
