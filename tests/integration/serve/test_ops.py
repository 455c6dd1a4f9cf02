"""What ops see of runs and quarantine; and with whose rights all of it is read."""

import shutil
from typing import Any

import pytest
from starlette.testclient import TestClient

from pipeline.errors import NeedsPersonError
from pipeline.serve.access import open_access
from pipeline.serve.app import create_app
from pipeline.serve.options import options
from pipeline.serve.site import Site
from pipeline.settings import Settings

pytestmark = pytest.mark.server


def test_runs_are_listed_with_plots_and_a_link_to_airflow(page: TestClient) -> None:
    html = page.get("/en/runs").text
    assert html.count('<figure class="plot">') == 3
    assert 'class="bar quarantined"' in html
    assert "http://127.0.0.1:8080/dags/news_nightly/runs/manual__2018-10-16T02%3A00%3A00%2B00%3A00" in html


def test_quarantined_files_are_shown_by_reason_with_their_beginning(page: TestClient) -> None:
    html = page.get("/runs").text
    assert "clean/binary" in html
    assert "odd/binary.txt" in html
    assert "···&lt;script&gt;alert(3)" in html


def test_one_run_shows_counts_stages_and_what_was_cut(page: TestClient) -> None:
    html = page.get("/en/run", params={"id": "manual__2018-10-16T02:00:00+00:00"}).text
    assert "Seconds by stage" in html
    assert "donation" in html


def test_before_the_first_run_the_pages_say_what_to_do(indexed: Settings) -> None:
    fresh = indexed.model_copy(update={"index_prefix": "test-serve-none-"})
    with TestClient(
        create_app(Site(open_access(fresh), fresh, None), options(fresh)), base_url="http://localhost"
    ) as page:
        assert "fihrist run" in page.get("/en/").text
        assert "fihrist run" in page.get("/en/runs").text


def test_when_the_cluster_goes_away_a_sentence_says_so(indexed: Settings) -> None:
    access = open_access(indexed)
    gone = access.articles.__class__("http://127.0.0.1:9", max_retries=0)
    site = Site(type(access)(gone, gone, access.names), indexed, None)
    with TestClient(create_app(site, options(indexed)), base_url="http://localhost") as page:
        for path in ("/en/?q=x", "/en/runs", "/en/article/x", "/suggest?q=xx"):
            answer = page.get(path)
            assert answer.status_code == 503
            assert "Elasticsearch" in answer.text
    access.close()


def test_a_key_that_could_write_is_refused(secure: Any, tmp_path: Any) -> None:
    with pytest.raises(NeedsPersonError, match="could write"):
        open_access(secure.as_("pipeline").model_copy(update={"serve_keys": tmp_path}))


def test_with_the_keys_of_staff_and_ops_every_page_works(secure: Any) -> None:
    site = Site(open_access(secure.settings), secure.settings, None)
    with TestClient(create_app(site, options(Settings())), base_url="http://localhost") as page:
        assert [page.get(path).status_code for path in ("/", "/suggest?q=دم", "/runs")] == [200] * 3


def test_without_the_key_of_ops_staff_search_and_runs_say_what_is_missing(secure: Any, tmp_path: Any) -> None:
    shutil.copy(secure.settings.security_folder / "staff.key", tmp_path / "staff.key")
    staff = secure.as_("staff").model_copy(update={"serve_keys": tmp_path})
    with TestClient(
        create_app(Site(open_access(staff), staff, None), options(Settings())), base_url="http://localhost"
    ) as page:
        assert page.get("/").status_code == 200
        refused = page.get("/en/runs")
        assert refused.status_code == 403
        assert "FIHRIST_SERVE_KEYS" in refused.text
