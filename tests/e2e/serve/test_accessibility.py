"""axe-core finds no serious fault on any page, in both languages, widths and colour schemes."""

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.settings import PROJECT_ROOT
from pipeline.sources.raw import article_id

pytestmark = [pytest.mark.server, pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(600)]

ARTICLE = article_id(f"seeds/{next((PROJECT_ROOT / 'seeds').glob('004_*')).name}")
PAGES = [
    "/", "/en/?q=سوريا&place=سوريا", "/?q=%22zz yy%22", "/en/?page=0", f"/article/{ARTICLE}",
    f"/en/article/{ARTICLE}?removed=1", f"/article/{ARTICLE}?removed=1", "/runs", "/en/runs",
    "/run?id=manual__2018-10-16T02:00:00%2B00:00",
]  # fmt: skip


@pytest.mark.parametrize(("width", "dark"), [("desktop", False), ("phone", True)])
@pytest.mark.parametrize("path", PAGES)
def test_no_serious_fault(open_page: Callable[..., Any], path: str, width: str, dark: bool) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe (dev group) is not installed")
    page = open_page("/", width=width, dark=dark)
    page.goto(path) if path != "/en/?page=0" else page.set_content(page.request.get(path).text())
    found = axe.Axe().run(page).response["violations"]
    serious = [
        f"{fault['id']}: {fault['help']} {[node['html'][:150] for node in fault['nodes'][:3]]}"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
    assert serious == []
