"""Drift as a run meets it: the nights before are in a real ledger."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.flow.manifest import Manifest, Request
from pipeline.flow.publish import note_drift
from pipeline.flow.report import Report
from pipeline.index import templates
from pipeline.index.bulk import load
from pipeline.index.names import IndexNames

pytestmark = pytest.mark.server

NOW = datetime(2024, 5, 31, 2, tzinfo=UTC)
NAMES = IndexNames("drift-")


def run(ago: int, articles: int, *, source: str = "raw", version: str = "1", **asked: Any) -> dict[str, Any]:
    """The document of an ordinary nightly run, unless something else was asked of it."""
    request = Request(f"{source}-{ago}", f"/{source}", **asked)
    started = (NOW - timedelta(days=ago)).isoformat()
    report = Report(Manifest(request, started, source, listed=articles, unchanged=0))
    report.states["indexed"] = articles
    report.statistics.words += [300] * articles
    report.statistics.languages["ar"] = articles
    report.slowest = [{"stage": "clean", "uri": "raw/a.txt", "seconds": 1.5}]
    return {**report.document("news_nightly"), "pipeline_version": version}


@pytest.fixture
def ledger(client: Elasticsearch, remove_indices: Callable[[str], None]) -> Iterator[Callable[..., None]]:
    remove_indices(NAMES.prefix)
    templates.install(client, NAMES)

    def write(*runs: dict[str, Any]) -> None:
        assert {outcome.state for outcome in load(client, NAMES.runs, runs, id_of=lambda run: run["run_id"])} == {
            "loaded"
        }

    yield write
    remove_indices(NAMES.prefix)


def test_a_source_that_dried_up_is_told_and_the_ledger_takes_it(client: Elasticsearch, ledger) -> None:
    ledger(*(run(ago, 100) for ago in range(1, 20)), *(run(ago, 0, source="other") for ago in range(1, 20)))
    tonight = run(0, 0)
    note_drift(tonight, client, NAMES.runs)
    assert tonight["drift"] == [{"what": "volume", "name": "", "usual": 100, "now": 0}]
    assert tonight["warnings"][0].startswith("raw: no articles, fewer than usual on this weekday, 100 → 0")
    ledger(tonight)


def test_runs_of_another_kind_are_neither_judged_nor_compared_with(client: Elasticsearch, ledger) -> None:
    ledger(*(run(ago, 100, force=True) for ago in range(1, 20)))
    for tonight in (run(0, 0), run(0, 0, retry_quarantined=True)):
        note_drift(tonight, client, NAMES.runs)
        assert tonight["drift"] == []


def test_only_nights_before_a_run_count_so_that_its_report_can_be_made_again(client: Elasticsearch, ledger) -> None:
    ledger(*(run(ago, 100) for ago in range(20)))
    again = run(19, 0)
    note_drift(again, client, NAMES.runs)
    assert again["drift"] == []


def test_an_update_of_fihrist_is_told_with_the_change_that_it_may_explain(client: Elasticsearch, ledger) -> None:
    ledger(*(run(ago, 100) for ago in range(1, 20)))
    tonight = run(0, 10, version="2")
    note_drift(tonight, client, NAMES.runs)
    assert tonight["warnings"][-1] == "Fihrist was updated since the night before, 1 → 2"


def test_the_first_night_has_nothing_to_compare_with(client: Elasticsearch, ledger) -> None:
    tonight = run(0, 100)
    client.indices.create(index=NAMES.runs)
    note_drift(tonight, client, NAMES.runs)
    assert tonight["drift"] == []
