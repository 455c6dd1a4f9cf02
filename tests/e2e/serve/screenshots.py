"""Take the README's pictures of the search page over the five samples: ``python -m tests.e2e.serve.screenshots``.

Needs Playwright, a Chromium, and an Elasticsearch (``FIHRIST_TEST_ES_URL``, or one is started).
"""

import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from elasticsearch import Elasticsearch
from playwright.sync_api import sync_playwright

from pipeline.embedded.elasticsearch import temporary_server
from pipeline.settings import PROJECT_ROOT, Settings
from pipeline.sources.raw import article_id
from tests.e2e.serve.browser import arguments, chromium, serving
from tests.integration.serve.installation import SEED_RUN, installation

FOLDER = PROJECT_ROOT / "docs" / "images"
SIZE = {"width": 960, "height": 580}
ARTICLES = [f"/article/{article_id(f'seeds/{file.name}')}" for file in sorted((PROJECT_ROOT / "seeds").glob("*.txt"))]
SHOTS = {
    "search": ("/?q=القوات الأمريكية في سوريا", SIZE, None),
    "search-english": ("/en/?q=دمشق&place=سوريا", SIZE, None),
    "search-phone": ("/?q=القوات الأمريكية في سوريا", {"width": 390, "height": 760}, None),
    "runs": ("/runs", SIZE, None),
    "article": (ARTICLES[0], SIZE, None),
    **{f"removed-{number}": (f"{path}?removed=1", SIZE, "#removed") for number, path in enumerate(ARTICLES)},
}


def main() -> None:
    """Write the pictures into ``docs/images``."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        url = os.environ.get("FIHRIST_TEST_ES_URL") or stack.enter_context(temporary_server(Settings(), print)).url
        client = stack.enter_context(Elasticsearch(url))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        settings = stack.enter_context(installation(client, url, folder))
        client.delete(index=f"{settings.index_prefix}articles", id="hostile", refresh=True)
        client.update(
            index=f"{settings.index_prefix}ingest-runs", id=SEED_RUN, doc={"path": "seeds/"}, refresh=True
        )  # so that no picture shows a path of this machine
        site = stack.enter_context(serving(settings.model_copy(update={"source_path": str(PROJECT_ROOT / "seeds")})))
        browser = stack.enter_context(sync_playwright()).chromium.launch(executable_path=chromium(), args=arguments())
        for name, (path, size, part) in SHOTS.items():
            page = browser.new_page(viewport=size, base_url=site)
            page.goto(path)
            if part:
                page.locator(part).evaluate("part => part.scrollIntoView({behavior: 'instant'})")
            page.screenshot(path=FOLDER / f"{name}.png")
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
