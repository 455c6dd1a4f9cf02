"""How a run that links near-duplicates takes the state of the index: of its own articles, and of others'."""

from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.flow import linking, steps
from pipeline.flow.artefacts import read_records
from pipeline.flow.manifest import run_folder
from pipeline.index.duplicates import StoredArticles
from pipeline.settings import settings
from pipeline.sources.raw import article_id
from tests.integration.flow.newsroom import Newsroom, article, run_steps

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(300)]

PREFIX = "linking-"
STORY = article("إصلاح الجسر القديم")


@pytest.fixture
def newsroom(raw: Path, client: Elasticsearch) -> Newsroom:
    return Newsroom(raw, client, PREFIX)


def until_linking(run_id: str, room: Newsroom, **asked: Any) -> list[str]:
    """Do a run's steps before it links; return its batches."""
    batches = steps.survey(steps.discover(run_id, {"path": str(room.raw), "source": "raw", **asked}), run_id)
    for batch in batches:
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    return batches


def heads(room: Newsroom) -> dict[str, str | None]:
    """The heads of all articles, both by path; index and ledger must agree."""
    path_of = {found["id"]: path for path, found in room.articles().items()}
    found = {path: path_of.get(found["duplicate_of"]) for path, found in room.articles().items()}
    assert found == {path: path_of.get(entry["duplicate_of"]) for path, entry in room.ledger().items()}
    return found


def test_a_first_run_asks_for_no_bands(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.write("a.txt", STORY)
    newsroom.write("b.txt", STORY)
    newsroom.write("c.txt", article("سوق السمك الجديد"))
    until_linking("first", newsroom, batch_size=1)
    asked = []
    search = Elasticsearch.search
    monkeypatch.setattr(
        Elasticsearch, "search", lambda self, **request: asked.append(request) or search(self, **request)
    )
    steps.link_duplicates("first")
    assert heads(newsroom) == {"a.txt": None, "b.txt": "a.txt", "c.txt": None}
    assert "duplicate_bands" not in str(asked)


def test_copies_of_a_batch_are_loaded_as_such_and_linking_writes_nothing(newsroom: Newsroom) -> None:
    for name in ("a.txt", "b.txt"):
        newsroom.write(name, STORY)
    until_linking("first", newsroom)
    newsroom.client.indices.refresh(index=[newsroom.names.articles, newsroom.names.files])
    assert heads(newsroom) == {"a.txt": None, "b.txt": "a.txt"}
    assert newsroom.states() == {"a.txt": "indexed", "b.txt": "duplicate"}
    stored = StoredArticles(newsroom.client, newsroom.names.articles)
    before = stored.writes()
    steps.link_duplicates("first")
    assert stored.writes() == before
    assert heads(newsroom) == {"a.txt": None, "b.txt": "a.txt"}
    assert steps.report("first", "news_nightly")["counts"]["duplicate"] == 1


def test_an_article_that_is_written_again_keeps_its_head_until_linking_knows_better(newsroom: Newsroom) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        newsroom.write(name, STORY)
    newsroom.night()
    newsroom.write("b.txt", article("سوق السمك الجديد"))
    newsroom.write("c.txt", article("سوق السمك الجديد"))
    until_linking("next", newsroom)
    newsroom.client.indices.refresh(index=[newsroom.names.articles, newsroom.names.files])
    assert heads(newsroom) == {"a.txt": None, "b.txt": "a.txt", "c.txt": "a.txt"}
    steps.link_duplicates("next")
    assert heads(newsroom) == {"a.txt": None, "b.txt": None, "c.txt": "b.txt"}


def test_copies_of_an_earlier_runs_article_are_found(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", STORY)
    newsroom.night()
    newsroom.write("b.txt", STORY)
    newsroom.write("c.txt", article("سوق السمك الجديد"))
    newsroom.night()
    assert heads(newsroom) == {"a.txt": None, "b.txt": "a.txt", "c.txt": None}


def test_an_article_that_another_run_has_overwritten_is_no_original_any_more(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", STORY)
    newsroom.write("b.txt", STORY)
    until_linking("slow", newsroom)
    newsroom.write("a.txt", article("سوق السمك الجديد"))
    until_linking("quick", newsroom)  # and is killed before it links
    steps.link_duplicates("slow")
    assert heads(newsroom) == {"a.txt": None, "b.txt": None}


def test_what_the_index_does_not_hold_is_no_original(newsroom: Newsroom) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        newsroom.write(name, STORY)
    until_linking("first", newsroom)
    newsroom.client.delete(index=newsroom.names.articles, id=article_id("raw/a.txt"))
    steps.link_duplicates("first")
    assert newsroom.articles()["b.txt"]["duplicate_of"] is None
    assert newsroom.articles()["c.txt"]["duplicate_of"] == article_id("raw/b.txt")


def test_copies_in_a_batch_that_did_not_come_to_its_end_are_linked_but_not_reported(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", STORY)
    newsroom.write("b.txt", STORY)
    _, second = until_linking("first", newsroom, batch_size=1)
    (Path(second) / "index.json").unlink()
    steps.link_duplicates("first")
    assert newsroom.articles()["b.txt"]["duplicate_of"] == article_id("raw/a.txt")
    assert list(read_records(run_folder(settings().artefacts_root, "first") / "duplicates.jsonl")) == []


def test_a_run_that_links_while_another_does_looks_again(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """It finds b to be the head; before it writes so, another run brings the earlier a, and links all three."""
    newsroom.write("sub/a.txt", STORY)
    (newsroom.raw / "sub").rename(newsroom.raw.parent / "later")
    newsroom.write("b.txt", STORY)
    newsroom.write("c.txt", STORY)
    until_linking("slow", newsroom)
    (newsroom.raw.parent / "later").rename(newsroom.raw / "sub")
    mark, runs = linking.mark_duplicates, iter(["meanwhile"])

    def late(*arguments: Any) -> None:
        for run_id in runs:
            run_steps(run_id, newsroom.raw)
        mark(*arguments)

    monkeypatch.setattr(linking, "mark_duplicates", late)
    steps.link_duplicates("slow")
    assert heads(newsroom) == {"sub/a.txt": None, "b.txt": "sub/a.txt", "c.txt": "sub/a.txt"}


def test_every_write_to_the_index_is_counted(newsroom: Newsroom) -> None:
    newsroom.write("a.txt", STORY)
    newsroom.night()
    stored = StoredArticles(newsroom.client, newsroom.names.articles)
    before = stored.writes()
    stored.record({article_id("raw/a.txt"): "x"})
    stored.record({article_id("raw/a.txt"): None})
    newsroom.client.delete(index=newsroom.names.articles, id=article_id("raw/a.txt"))
    assert stored.writes() == before + 3
