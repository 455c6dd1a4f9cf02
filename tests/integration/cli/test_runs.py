"""``fihrist runs``: the ledger of runs as an operator, and as a watchdog, asks for it."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from typer.testing import CliRunner, Result
from upath import UPath

from pipeline.cli.app import app
from pipeline.cli.closing import print_closing_table
from pipeline.errors import FihristError
from pipeline.flow.manifest import Manifest, Request, freeze
from pipeline.flow.publish import write_report
from pipeline.flow.report import Report, make_report
from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.names import IndexNames
from pipeline.settings import Settings, settings

pytestmark = pytest.mark.server

NAMES = IndexNames("cliruns-")


@pytest.fixture
def ledger(
    client: Elasticsearch,
    elasticsearch_server: str,
    remove_indices: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Callable[..., None]]:
    """Writes a run that finished so many hours ago."""
    remove_indices(NAMES.prefix)
    templates.install(client, NAMES)
    aliases.ensure(client, NAMES)
    for name, value in (("ES_URL", elasticsearch_server), ("INDEX_PREFIX", NAMES.prefix), ("HOME", str(tmp_path))):
        monkeypatch.setenv(f"FIHRIST_{name}", value)
    settings.cache_clear()

    def write(hours: float, state: str = "success") -> None:
        moment = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
        report = Report(Manifest(Request(f"run-{hours:g}", "/raw"), moment, "raw", listed=3, unchanged=3))
        report.states["unchanged"] = 3
        run = {**report.document("news_nightly"), "@timestamp": moment, "finished_at": moment, "state": state}
        load(client, NAMES.runs, [run], id_of=lambda run: run["run_id"])
        client.indices.refresh(index=NAMES.runs)

    yield write
    settings.cache_clear()
    remove_indices(NAMES.prefix)


def runs(*options: str) -> Result:
    return CliRunner().invoke(app, ["runs", *options])


def test_last_shows_the_report_of_the_newest_run(ledger) -> None:
    ledger(30)
    ledger(5, "failed")
    shown = runs("--last").output
    assert "Run run-5: failed" in shown
    assert "run-30" not in shown
    assert "unchanged" in shown


def test_a_run_is_shown_by_its_id_and_an_unknown_one_is_an_error(ledger) -> None:
    ledger(30)
    ledger(5)
    assert "Run run-30: success" in runs("--run", "run-30").output
    assert isinstance(runs("--run", "nobody").exception, FihristError)


def test_last_as_json_is_the_document(ledger) -> None:
    ledger(5)
    assert json.loads(runs("--last", "--json").stdout)["run_id"] == "run-5"


@pytest.mark.parametrize(("state", "hours", "code"), [("success", 25, 0), ("success", 27, 1), ("failed", 1, 1)])
def test_a_watchdog_learns_whether_a_run_succeeded_of_late(ledger, state: str, hours: float, code: int) -> None:
    ledger(hours, state)
    result = runs("--max-age", "26")
    assert result.exit_code == code
    assert ("no run succeeded in the last 26 hours" in result.stderr) == bool(code)


def test_a_run_that_the_ledger_did_not_take_is_shown_from_its_folder(
    client: Elasticsearch, ledger, tmp_path: Path
) -> None:
    folder = UPath(tmp_path) / "run"
    manifest = freeze(
        folder, Request("lost", "/raw"), started_at=datetime.now(UTC), source="raw", todo=[], unchanged=[]
    )
    with pytest.raises(FihristError, match="run lost has no report"):
        print_closing_table(client, Settings(index_prefix=NAMES.prefix), folder, "lost", 1.0, quiet=True)
    write_report(folder, make_report(folder, manifest).document("news_nightly"))
    document = print_closing_table(client, Settings(index_prefix=NAMES.prefix), folder, "lost", 1.0, quiet=True)
    assert (document["run_id"], document["state"]) == ("lost", "failed")
