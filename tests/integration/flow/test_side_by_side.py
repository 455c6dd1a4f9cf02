"""Runs side by side, in processes of their own: nothing lost, nothing doubled, index and ledger agree."""

import multiprocessing
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.flow import steps
from pipeline.flow.artefacts import read_records
from pipeline.flow.load import index_batch
from pipeline.flow.steps import RunFailedError, cluster
from pipeline.settings import settings
from pipeline.sources.raw import article_id
from tests.integration.flow.newsroom import Newsroom, article, run_steps

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(300)]

PREFIX = "sidebyside-"
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def newsroom(raw: Path, client: Elasticsearch) -> Newsroom:
    return Newsroom(raw, client, PREFIX)


def worker(start: Any, run_id: str, path: Path, asked: dict[str, Any]) -> None:
    start.wait(120)
    run_steps(run_id, path, **asked)


def side_by_side(path: Path, **runs: dict[str, Any]) -> None:
    """Run these at once, each in a process; all must end well."""
    start = SPAWN.Barrier(len(runs))
    processes = [SPAWN.Process(target=worker, args=(start, name, path, asked)) for name, asked in runs.items()]
    for process in processes:
        process.start()
    for process in processes:
        process.join(200)
    assert [process.exitcode for process in processes] == [0] * len(processes)


def agree(room: Newsroom) -> None:
    """Index and ledger tell the same of every file, and of its bytes."""
    articles = {path: (document["source"]["sha256"], document["duplicate_of"]) for path, document in
                room.articles().items()}  # fmt: skip
    assert articles == {path: (entry["sha256"], entry["duplicate_of"]) for path, entry in room.ledger().items()}


def test_two_runs_of_one_source_begin_on_an_empty_cluster_and_do_each_file_once(newsroom: Newsroom) -> None:
    for number in range(6):
        newsroom.write(f"{number}.txt", article(f"المشروع رقم {number}"))
    newsroom.write("copy.txt", article("المشروع رقم 3"))
    side_by_side(newsroom.raw, one={"batch_size": 2}, two={"batch_size": 3})
    assert len(newsroom.articles()) == 7
    assert sorted(newsroom.states().values()) == ["duplicate", *["indexed"] * 6]
    agree(newsroom)
    reports = [newsroom.client.get(index=newsroom.names.runs, id=run)["_source"] for run in ("one", "two")]
    assert [sum(report["counts"].values()) for report in reports] == [7, 7]
    assert newsroom.night()["counts"]["unchanged"] == 7


def test_what_two_surveys_of_one_source_learn_is_remembered_of_both(newsroom: Newsroom) -> None:
    for name in ("a1", "a2", "a3", "b1", "b2", "b3"):
        newsroom.write(f"{name}.txt", article(name))
    side_by_side(newsroom.raw, a={"pattern": "a*"}, b={"pattern": "b*"})
    files = UPath(settings().artefacts_root, "learned").glob("*/*.jsonl")
    remembered = {record["id"] for file in files for record in read_records(file)}
    assert remembered == {article_id(f"raw/{name}.txt") for name in ("a1", "a2", "a3", "b1", "b2", "b3")}


def test_a_night_a_retry_and_a_prune_at_once_come_to_what_is_there(newsroom: Newsroom) -> None:
    for number in range(6):
        newsroom.write(f"{number}.txt", article(f"المشروع رقم {number}"))
    newsroom.write("bad.txt", "؟؟؟")
    newsroom.night()
    (newsroom.raw / "0.txt").unlink()
    (newsroom.raw / "1.txt").rename(newsroom.raw / "moved.txt")
    newsroom.write("2.txt", article("الخبر بعد تحديثه"))
    side_by_side(newsroom.raw, night={}, pruning={"prune": True}, retry={"only_quarantined": True})
    newsroom.night(prune=True)
    assert newsroom.articles().keys() == {"2.txt", "3.txt", "4.txt", "5.txt", "moved.txt"}
    assert newsroom.ledger().keys() == {*newsroom.articles(), "bad.txt"}
    assert newsroom.states()["bad.txt"] == "quarantined"


def test_a_run_that_was_overtaken_by_one_with_newer_bytes_leaves_nothing_stale(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", article("النسخة الأولى"))
    params = {"path": str(newsroom.raw), "source": "raw"}
    (old,) = steps.survey(steps.discover("slow", params), "slow")
    steps.enrich(steps.clean(old), "slow")
    newsroom.write("a.txt", article("النسخة الثانية"))
    newsroom.night()

    late = _Overtaken(cluster()[0], lambda: run_steps("meanwhile", newsroom.raw, force=True))
    index_batch(UPath(old), late, newsroom.names, "slow")  # type: ignore[arg-type]
    steps.link_duplicates("slow")
    with pytest.raises(RunFailedError, match="index/overtaken"):
        steps.report("slow", "news_nightly")
    assert newsroom.ledger()["a.txt"]["reason"] == "overtaken"
    assert newsroom.night()["counts"]["indexed"] == 1
    assert "الثانية" in newsroom.articles()["a.txt"]["body"]
    agree(newsroom)


class _Overtaken:
    """A client whose second bulk request, the ledger's, is sent late: another run does everything before it."""

    def __init__(self, client: Elasticsearch, meanwhile: Any) -> None:
        self._client, self._meanwhile, self._requests = client, meanwhile, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def options(self, **options: Any) -> "_Overtaken":
        self._client = self._client.options(**options)
        return self

    def bulk(self, **request: Any) -> Any:
        self._requests += 1
        if self._requests == 2:
            self._meanwhile()
        return self._client.bulk(**request)
