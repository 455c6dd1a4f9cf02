"""The real DAG, run by a real Airflow scheduler with LocalExecutor against the real Elasticsearch."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_for
from pipeline.flow.manifest import run_folder
from pipeline.settings import PROJECT_ROOT, Settings

pytestmark = [pytest.mark.server, pytest.mark.airflow, pytest.mark.timeout(600)]

DAG_ID = "news_nightly"
SMTP = "airflow.providers.smtp.notifications.smtp.SmtpNotifier"
PREFIX = "e2e-"


class Operator:
    """Does what an operator does in Airflow: starts a run, waits, looks, clears."""

    def __init__(self, api: AirflowApi, settings: Settings, client: Elasticsearch, raw: Path) -> None:
        self.api, self.settings, self.client, self.raw = api, settings, client, raw

    def run(self, run_id: str, **params: object) -> str:
        self.api.trigger(DAG_ID, {"path": str(self.raw), **params}, run_id=run_id)
        return self.wait(run_id)

    def wait(self, run_id: str, seconds: float = 240) -> str:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            state = str(self.api.run(DAG_ID, run_id)["state"])
            if state in ("success", "failed"):
                return state
            time.sleep(0.5)
        raise TimeoutError(f"{run_id} is still {state} after {seconds} s")

    def tasks(self, run_id: str) -> dict[tuple[str, str], tuple[str, int]]:
        """State and number of tries of each task instance, by its name and its name in the grid."""
        instances = self.api.task_instances(DAG_ID, run_id)
        return {(t["task_id"], t["rendered_map_index"] or ""): (t["state"], t["try_number"]) for t in instances}

    def report(self, run_id: str) -> dict:
        return self.client.get(index=f"{PREFIX}ingest-runs", id=run_id)["_source"]

    def articles(self) -> dict[str, str]:
        """Run that wrote each article, by the name of its file."""
        self.client.indices.refresh(index=f"{PREFIX}articles")
        hits = self.client.search(index=f"{PREFIX}articles", size=100)["hits"]["hits"]
        return {hit["_source"]["source"]["path"]: hit["_source"]["pipeline"]["run_id"] for hit in hits}


@pytest.fixture(scope="module")
def operator(
    client: Elasticsearch,
    elasticsearch_server: str,
    remove_indices: Callable[[str], None],
    mail_server,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Operator]:
    remove_indices(PREFIX)
    root = tmp_path_factory.mktemp("e2e")
    raw = root / "raw"
    shutil.copytree(PROJECT_ROOT / "seeds", raw)
    settings = Settings(home=root / "home", es_url=elasticsearch_server)
    mail = {"notifier": SMTP, "arguments": {"to": "ops@example.org", "from_email": "fihrist@example.org"}}
    environment = {
        "FIHRIST_INDEX_PREFIX": PREFIX, "FIHRIST_RETRIES": "0", "FIHRIST_BATCH_SIZE": "2",
        "FIHRIST_NOTIFY": json.dumps([mail]), "AIRFLOW_CONN_SMTP_DEFAULT": mail_server.connection,
    }  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        with airflow_for(settings, print) as airflow:
            api = AirflowApi(airflow.url, *credentials(settings))
            api.wait_for_dag(DAG_ID)
            yield Operator(api, settings, client, raw)
    remove_indices(PREFIX)


def test_the_first_run_indexes_the_five_articles_in_named_batches(operator: Operator) -> None:
    assert operator.run("first") == "success"
    tasks = operator.tasks("first")
    assert tasks["survey", ""] == ("success", 1)
    for step in ("clean", "enrich", "index"):
        for batch in ("batch-0001", "batch-0002", "batch-0003"):
            assert tasks[f"batch.{step}", batch] == ("success", 1)
    assert operator.articles() == {file.name: "first" for file in operator.raw.iterdir()}
    counts = operator.report("first")["counts"]
    assert counts == {"indexed": 5, "unchanged": 0, "duplicate": 0, "quarantined": 0, "failed": 0}


def test_the_next_night_finds_nothing_new_and_writes_no_article(operator: Operator) -> None:
    before = operator.client.indices.stats(index=f"{PREFIX}articles")["_all"]["primaries"]["indexing"]["index_total"]
    assert operator.run("second") == "success"
    assert operator.tasks("second")["report", ""] == ("success", 1)
    assert operator.report("second")["counts"]["unchanged"] == 5
    after = operator.client.indices.stats(index=f"{PREFIX}articles")["_all"]["primaries"]["indexing"]["index_total"]
    assert after == before
    assert set(operator.articles().values()) == {"first"}


def test_a_survey_that_is_cleared_with_what_follows_changes_nothing(operator: Operator) -> None:
    snapshot = run_folder(operator.settings.artefacts_root, "first") / "repeated.json"
    before = snapshot.read_bytes()
    operator.api.clear(DAG_ID, "first", "survey", -1)
    assert operator.wait("first") == "success"
    assert operator.tasks("first")["survey", ""] == ("success", 2)
    assert snapshot.read_bytes() == before
    assert operator.report("first")["counts"]["indexed"] == 5


def test_clearing_a_failed_batch_redoes_just_that_batch(operator: Operator, mail_server) -> None:
    folder = run_folder(operator.settings.artefacts_root, "broken")
    obstacle = UPath(folder) / "batch-0002" / "clean.jsonl"  # a folder where the step wants to write its file
    obstacle.mkdir(parents=True)
    assert operator.run("broken", force=True) == "failed"
    tasks = operator.tasks("broken")
    assert tasks["batch.clean", "batch-0002"] == ("failed", 1)
    assert tasks["batch.index", "batch-0001"] == tasks["batch.index", "batch-0003"] == ("success", 1)
    assert tasks["report", ""] == ("failed", 1)
    assert operator.report("broken")["counts"]["failed"] == 2
    assert sorted(operator.articles().values()) == ["broken"] * 3 + ["first"] * 2, "the earlier articles stay"
    _expect_mail(mail_server, operator)

    obstacle.rmdir()
    map_index = next(
        task["map_index"]
        for task in operator.api.task_instances(DAG_ID, "broken")
        if (task["task_id"], task["state"]) == ("batch.clean", "failed")
    )
    operator.api.clear(DAG_ID, "broken", "batch.clean", map_index)
    assert operator.wait("broken") == "success"
    tasks = operator.tasks("broken")
    assert tasks["batch.clean", "batch-0002"] == ("success", 2)
    assert tasks["batch.clean", "batch-0001"] == tasks["batch.clean", "batch-0003"] == ("success", 1), "not done again"
    assert operator.report("broken")["counts"]["indexed"] == 5
    assert operator.articles() == {file.name: "broken" for file in operator.raw.iterdir()}, "none doubled, none lost"
    assert len(mail_server.mails) == 1, "the run is green now, as it always is: nothing to tell"


def _expect_mail(mail_server, operator: Operator) -> None:
    """One mail has come, of the one run that failed; Airflow has the same report."""
    deadline = time.monotonic() + 30  # the task tells once Airflow knows that it failed
    while not mail_server.mails and time.monotonic() < deadline:
        time.sleep(0.2)
    (mail,) = mail_server.mails
    assert mail["subject"] == "Fihrist: news_nightly broken failed"
    said = mail_server.html()
    assert "batch-0002 did not finish; clear what is red with downstream. clean: " in said
    assert f'href="{operator.api.url}/dags/news_nightly/runs/broken"' in said
    xcom = operator.api.call("GET", "/dags/news_nightly/dagRuns/broken/taskInstances/report/xcomEntries/report")
    assert "## Run broken: failed" in xcom["value"]
