"""What every panel, control, session and layer asks, asked of the real server that holds the five samples."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from elasticsearch import Elasticsearch

from pipeline.errors import FihristError
from pipeline.flow import steps
from pipeline.index.names import IndexNames
from pipeline.kibana.ask import Answer, ask
from pipeline.kibana.objects import KibanaObject, load_objects
from pipeline.kibana.questions import questions
from pipeline.kibana.requests import search_body
from pipeline.settings import PROJECT_ROOT, settings

pytestmark = pytest.mark.server

PREFIX = "kibana-"
OBJECTS = load_objects()


@pytest.fixture(scope="module")
def samples(
    tmp_path_factory: pytest.TempPathFactory, elasticsearch_server: str, remove_indices: Callable[[str], None]
) -> Iterator[None]:
    """The five samples and one file that can't become an article, through all steps of a run."""
    folder = tmp_path_factory.mktemp("kibana")
    raw = shutil.copytree(PROJECT_ROOT / "seeds", folder / "raw")
    (raw / "picture.txt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF" + os.urandom(500))
    remove_indices(PREFIX)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"HOME": str(folder), "ES_URL": elasticsearch_server, "INDEX_PREFIX": PREFIX}.items():
            patch.setenv(f"FIHRIST_{name}", value)
        settings.cache_clear()
        request = {"path": str(raw), "source": "raw", "batch_size": 4, "retry_quarantined": False, "force": False}
        for batch in steps.survey(steps.discover("night", request), "night"):
            steps.index(steps.enrich(steps.clean(batch), "night"), "night")
        steps.link_duplicates("night")
        counts = steps.report("night", "news_nightly")["counts"]
        assert counts == {"indexed": 5, "unchanged": 0, "duplicate": 0, "quarantined": 1, "failed": 0}
        yield
    settings.cache_clear()
    remove_indices(PREFIX)


@pytest.fixture(scope="module")
def answers(samples: None, client: Elasticsearch) -> list[Answer]:
    names = IndexNames(PREFIX)
    client.indices.refresh(index=[names.articles, names.files, names.runs])
    return list(ask(client, OBJECTS, PREFIX))


def test_every_one_is_asked(answers: list[Answer]) -> None:
    assert [answer.where for answer in answers] == [asked.where for item in OBJECTS for asked in questions(item)]
    assert len(answers) > 40


def test_every_one_gets_data(answers: list[Answer]) -> None:
    empty = [f"{answer.where}: {answer.fault or 'nothing'}" for answer in answers if not answer.filled]
    assert empty == []


def test_numbers_are_those_of_the_samples(answers: list[Answer]) -> None:
    documents = {answer.where.split("/")[1]: answer.documents for answer in answers}
    assert documents["newsroom.json: articles-by-day"] == 5
    assert documents["places.json: articles"] == 5
    assert documents["articles-by-outlet.json"] == 1
    assert documents["quarantined-files.json"] == documents["pipeline.json: failures"] == 1
    assert documents["pipeline.json: sources"] == 6
    assert documents["pipeline.json: runs"] == 1


def test_what_the_server_refuses_is_told_and_the_others_are_asked(samples: None, client: Elasticsearch) -> None:
    """The checks of fields refuse this before; here they are left out, and the server must refuse it too."""
    view = next(item for item in OBJECTS if item.id == "fihrist-articles")
    source = {"type": "data_view_reference", "ref_id": view.id}
    wrong = [
        {
            "type": "vis",
            "id": field,
            "config": {"data_source": source, "metrics": [{"operation": "average", "field": field}]},
        }
        for field in ("outlet", "word_count")
    ]
    found = list(ask(client, [view, KibanaObject("dashboards", "x", {"panels": wrong})], PREFIX))
    assert "[outlet] of type [keyword] is not supported for aggregation [avg]" in (found[0].fault or "")
    assert (found[0].filled, found[1].filled) == (False, True)


def test_without_indices_it_says_what_makes_them(client: Elasticsearch) -> None:
    with pytest.raises(FihristError, match=r"There is no index kibana-nothing-articles yet: 'fihrist run' makes it"):
        list(ask(client, OBJECTS, "kibana-nothing-"))


def test_the_command_asks_the_cluster_that_is_set(samples: None) -> None:
    command = [sys.executable, "-m", "pipeline.cli", "kibana", "check", "--json"]
    result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    report = json.loads(result.stdout)
    assert report["faults"] == []
    assert all(answer["filled"] for answer in report["answers"])
    assert len(report["answers"]) > 40


def test_a_panel_s_buckets_are_those_of_the_samples(answers: list[Answer], client: Elasticsearch) -> None:
    newsroom = next(item for item in OBJECTS if item.name == "newsroom")
    asked = {question.where.split(": ")[1]: question for question in questions(newsroom)}
    found = {}
    for panel in ("countries", "languages", "copies"):
        body = search_body(asked[panel], "@timestamp")
        found[panel] = client.search(index=f"{PREFIX}articles", **body)["aggregations"]
    (arabic,) = found["languages"]["g0"]["buckets"]
    assert (arabic["key"], arabic["doc_count"]) == ("ar", 5)
    assert found["countries"]["g0"]["buckets"][0] == {"key": "SY", "doc_count": 5}
    assert found["copies"] == {"m0": {"doc_count": 0}}
