"""What is forgotten, and what is not."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from pipeline.flow import steps
from pipeline.flow.retention import Pruned, prune
from pipeline.index.bulk import load
from pipeline.index.names import IndexNames
from pipeline.ledger.entry import FileOutcome
from pipeline.ledger.runs import Root, known_roots
from pipeline.settings import settings
from pipeline.sources.listing import list_files
from pipeline.sources.raw import ListedFile

pytestmark = pytest.mark.server

PREFIX = "retention-"
NAMES = IndexNames(PREFIX)
PARAMS = {"source": None, "batch_size": 5, "retry_quarantined": False, "force": False}


def days_ago(days: int) -> str:
    return (datetime.now(UTC) - timedelta(days=days)).isoformat()


def remember_run(client: Elasticsearch, run_id: str, days: int, path: str, dag_id: str = "news_nightly") -> None:
    document = {"@timestamp": days_ago(days), "run_id": run_id, "dag_id": dag_id, "source": "raw", "path": path}
    load(client, NAMES.runs, [document], id_of=lambda run: str(run["run_id"]))


def remember_file(client: Elasticsearch, file: ListedFile, state: str, days: int) -> None:
    entry = FileOutcome(file, state).ledger_document(run_id="r", batch=None, attempts=1)
    load(client, NAMES.files, [{**entry, "@timestamp": days_ago(days)}], id_of=lambda one: str(one["article_id"]))


def gone(name: str) -> ListedFile:
    return ListedFile("raw", name, f"/gone/{name}", 1, datetime(2024, 1, 1, tzinfo=UTC))


def ids(client: Elasticsearch, index: str) -> set[str]:
    client.indices.refresh(index=index)
    return {hit["_id"] for hit in client.search(index=index, size=100)["hits"]["hits"]}


@pytest.fixture(autouse=True)
def _installed(raw: Path) -> None:
    steps.discover("empty", {"path": str(raw), **PARAMS})


def test_old_runs_are_forgotten_but_the_last_of_each_folder(raw: Path, client: Elasticsearch) -> None:
    remember_run(client, "old", 500, "/a")
    remember_run(client, "last of a", 400, "/a")
    remember_run(client, "old of b", 400, "/b")
    remember_run(client, "young", 10, "/b")
    remember_run(client, "rebuild", 400, "*", dag_id="news_rebuild")
    assert prune(client, NAMES, settings()) == Pruned((), 3, 0)
    assert ids(client, NAMES.runs) == {"last of a", "young"}
    assert known_roots(client, NAMES.runs) == [Root("raw", "/b"), Root("raw", "/a")], "the one read last first"


def test_a_file_is_forgotten_when_it_is_gone_never_was_an_article_and_long_ago(
    raw: Path, client: Elasticsearch
) -> None:
    (raw / "there.txt").write_text("؟", encoding="utf-8")
    (there,) = list_files(str(raw))
    remember_run(client, "run", 100, str(raw))
    remember_file(client, there, "quarantined", 200)
    remember_file(client, gone("bad"), "quarantined", 200)
    remember_file(client, gone("faulty"), "failed", 200)
    remember_file(client, gone("of late"), "quarantined", 10)
    remember_file(client, gone("article"), "indexed", 200)
    assert prune(client, NAMES, settings(), files=False).files == 0
    assert prune(client, NAMES, settings()).files == 2
    assert ids(client, NAMES.files) == {there.id, gone("of late").id, gone("article").id}


@pytest.mark.parametrize("unmounted", ["empty", "not there"])
def test_a_folder_that_may_just_not_be_mounted_lets_nothing_be_forgotten(
    raw: Path, client: Elasticsearch, unmounted: str
) -> None:
    remember_run(client, "run", 100, str(raw if unmounted == "empty" else raw / "not there"))
    remember_file(client, gone("bad"), "quarantined", 200)
    assert prune(client, NAMES, settings()).files == 0
    assert ids(client, NAMES.files) == {gone("bad").id}
