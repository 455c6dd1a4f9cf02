"""What becomes of files from night to night: gone, back, moved, touched, rewritten, late; in index and ledger."""

import os
import time
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from pipeline.flow import steps
from pipeline.flow.absence import ManyMissingError
from pipeline.flow.steps import RunFailedError
from pipeline.ledger.files import mark_failed
from pipeline.settings import settings
from pipeline.sources import listing
from pipeline.sources.raw import article_id
from tests.integration.flow.newsroom import Newsroom, article

pytestmark = pytest.mark.server

PREFIX = "nights-"
TOPICS = {"a.txt": "إصلاح الجسر القديم", "b.txt": "سوق السمك الجديد", "c.txt": "حافلات المدارس"}


@pytest.fixture
def newsroom(raw: Path, client: Elasticsearch) -> Newsroom:
    room = Newsroom(raw, client, PREFIX)
    for name, topic in TOPICS.items():
        room.write(name, article(topic))
    room.night()
    return room


def test_a_large_listing_is_looked_up_unless_the_ledger_has_nothing_of_its_source(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("pipeline.ledger.files._LOOKUP", 2)
    asked = []
    mget = Elasticsearch.mget
    monkeypatch.setattr(Elasticsearch, "mget", lambda self, **request: asked.append(request) or mget(self, **request))
    newsroom.raw.rename(tmp_path / "mounted elsewhere")
    request = {"path": str(tmp_path / "mounted elsewhere"), "source": "raw"}
    assert steps.discover("again", request) == []
    assert len(asked) >= 2
    asked.clear()
    (batch,) = steps.discover("another", {**request, "source": "another"})
    assert batch.endswith("batch-0001")
    assert asked == []


def test_an_article_whose_file_is_gone_stays_and_is_marked_until_it_comes_back(newsroom: Newsroom) -> None:
    text, times = (newsroom.raw / "b.txt").read_text(encoding="utf-8"), (newsroom.raw / "b.txt").stat()
    (newsroom.raw / "b.txt").unlink()
    report = newsroom.night()
    assert (report["manifest"], report["missing"]) == (2, {"marked": 1, "returned": 0, "moved": 0, "removed": 0})
    assert newsroom.states() == {"a.txt": "indexed", "b.txt": "(indexed)", "c.txt": "indexed"}
    since = newsroom.ledger()["b.txt"]["missing_since"]
    assert newsroom.articles()["b.txt"]["source"]["missing_since"] == since
    assert newsroom.night()["missing"]["marked"] == 0, "it was told once"
    assert newsroom.ledger()["b.txt"]["missing_since"] == since

    newsroom.write("b.txt", text)
    os.utime(newsroom.raw / "b.txt", (times.st_atime, times.st_mtime))
    report = newsroom.night()
    assert (report["counts"]["unchanged"], report["missing"]["returned"]) == (3, 1)
    assert set(newsroom.states().values()) == {"indexed"}
    assert newsroom.articles()["b.txt"]["source"]["missing_since"] is None


def test_a_file_that_comes_back_with_other_bytes_is_done_again(newsroom: Newsroom) -> None:
    (newsroom.raw / "b.txt").unlink()
    newsroom.night()
    newsroom.write("b.txt", article("ترميم المسرح البلدي"))
    assert newsroom.night()["counts"]["indexed"] == 1
    assert newsroom.states()["b.txt"] == "indexed"
    assert "missing_since" not in newsroom.articles()["b.txt"]["source"]
    assert "المسرح" in newsroom.articles()["b.txt"]["body"]


def test_prune_removes_articles_whose_files_are_gone_tonight_or_before(newsroom: Newsroom) -> None:
    (newsroom.raw / "b.txt").unlink()
    newsroom.night()
    (newsroom.raw / "c.txt").unlink()
    report = newsroom.night(prune=True)
    assert report["missing"] == {"marked": 0, "returned": 0, "moved": 0, "removed": 2}
    assert newsroom.articles().keys() == newsroom.ledger().keys() == {"a.txt"}


def test_the_duplicates_of_a_removed_article_get_another_head(newsroom: Newsroom) -> None:
    for name in ("d.txt", "e.txt"):
        newsroom.write(name, article(TOPICS["a.txt"]))
    newsroom.night()
    assert [newsroom.states()[name] for name in ("a.txt", "d.txt", "e.txt")].count("duplicate") == 2
    (head,) = (name for name in ("a.txt", "d.txt", "e.txt") if newsroom.states()[name] == "indexed")
    (newsroom.raw / head).unlink()
    newsroom.night(prune=True)
    left = {"a.txt", "d.txt", "e.txt"} - {head}
    assert sorted(newsroom.states()[name] for name in left) == ["duplicate", "indexed"]
    heads = {newsroom.articles()[name]["duplicate_of"] for name in left} - {None}
    assert heads <= {newsroom.articles()[name]["id"] for name in left}


def test_a_moved_file_has_one_article_under_its_new_name(newsroom: Newsroom) -> None:
    (newsroom.raw / "2024").mkdir()
    (newsroom.raw / "b.txt").rename(newsroom.raw / "2024" / "b.txt")
    report = newsroom.night()
    assert report["missing"] == {"marked": 0, "returned": 0, "moved": 1, "removed": 0}
    assert newsroom.states() == {"a.txt": "indexed", "2024/b.txt": "indexed", "c.txt": "indexed"}
    assert newsroom.articles().keys() == {"a.txt", "2024/b.txt", "c.txt"}
    assert newsroom.articles()["2024/b.txt"]["duplicate_of"] is None
    assert newsroom.ledger()["2024/b.txt"]["moved_from"] == "raw/b.txt"


def test_a_file_that_is_copied_is_no_move_while_both_are_there(newsroom: Newsroom) -> None:
    newsroom.write("copy.txt", article(TOPICS["b.txt"]))
    assert newsroom.night()["missing"]["moved"] == 0
    assert len(newsroom.articles()) == 4


def test_a_folder_that_can_t_be_read_is_not_gone(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.write("2024/d.txt", article("حديقة الحيوان"))
    newsroom.night()
    real = listing._entries

    def refuses(folder: str) -> list[os.DirEntry[str]]:
        if folder.endswith("2024"):
            raise PermissionError(13, "Permission denied")
        return real(folder)

    monkeypatch.setattr(listing, "_entries", refuses)
    report = newsroom.night()
    assert report["missing"]["marked"] == 0
    assert "could not be listed, first 2024" in " ".join(report["warnings"])
    assert newsroom.states()["2024/d.txt"] == "indexed"


def test_a_disk_that_is_not_mounted_deletes_nothing(newsroom: Newsroom) -> None:
    for number in range(12):
        newsroom.write(f"{number}.txt", article(f"الموضوع رقم {number}"))
    newsroom.night()
    for file in list(newsroom.raw.iterdir())[1:]:
        file.unlink()
    report = newsroom.night()
    assert report["missing"]["marked"] == 0
    assert "14 of the 15 files" in " ".join(report["warnings"])
    with pytest.raises(ManyMissingError, match=r"is its disk mounted\? Nothing was done"):
        newsroom.night(prune=True)
    for file in newsroom.raw.iterdir():
        file.unlink()
    with pytest.raises(ManyMissingError, match="15 of the 15 files"):
        newsroom.night()
    assert len(newsroom.articles()) == 15
    assert newsroom.night(accept_missing=True)["missing"]["marked"] == 15
    assert newsroom.night(prune=True)["missing"]["removed"] == 15
    assert newsroom.articles() == {}


def test_a_folder_of_the_same_name_elsewhere_takes_nothing_for_gone(newsroom: Newsroom, tmp_path: Path) -> None:
    here, newsroom.raw = newsroom.raw, tmp_path / "elsewhere"
    newsroom.write("z.txt", article("معرض الكتاب"))
    assert newsroom.night()["missing"]["marked"] == 0
    newsroom.raw = here
    assert newsroom.night()["missing"]["marked"] == 0
    assert set(newsroom.states().values()) == {"indexed"}


def test_a_source_that_is_mounted_elsewhere_is_the_same(newsroom: Newsroom, tmp_path: Path) -> None:
    newsroom.raw.rename(tmp_path / "moved")
    newsroom.raw = tmp_path / "moved"
    assert newsroom.night()["counts"]["unchanged"] == 3
    (newsroom.raw / "a.txt").unlink()
    assert newsroom.night()["missing"]["marked"] == 1


def test_a_late_file_with_an_old_date_is_found_and_a_touched_one_costs_a_hash(newsroom: Newsroom) -> None:
    newsroom.write("late.txt", article("الأرشيف القديم"))
    os.utime(newsroom.raw / "late.txt", (0, 0))
    newsroom.touch("a.txt")
    counts = newsroom.night()["counts"]
    assert (counts["indexed"], counts["unchanged"]) == (1, 3)


def test_a_file_that_is_still_being_written_is_left_for_the_next_run(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIHRIST_SETTLE_SECONDS", "2")
    settings.cache_clear()
    for name in ("growing.txt", "fresh.txt"):
        (newsroom.raw / name).write_text(article(name), encoding="utf-8")

    def meanwhile(seconds: float) -> None:
        assert seconds == 2
        (newsroom.raw / "growing.txt").write_text(article("الخبر كاملا"), encoding="utf-8")

    with monkeypatch.context() as patch:
        patch.setattr(time, "sleep", meanwhile)
        report = newsroom.night()
    assert (report["manifest"], report["unsettled"], report["counts"]["indexed"]) == (4, 1, 1)
    assert "still being written" in " ".join(report["warnings"])
    newsroom.touch("growing.txt")
    assert newsroom.night()["counts"]["indexed"] == 1
    assert "كاملا" in newsroom.articles()["growing.txt"]["body"]


def test_a_retry_does_only_what_was_asked_for(newsroom: Newsroom) -> None:
    newsroom.write("bad.txt", "؟؟؟")
    newsroom.write("2024/bad.txt", "!!!")
    newsroom.night()
    mark_failed(newsroom.client, newsroom.names.files, reason="test", messages={article_id("raw/a.txt"): "for a test"})
    newsroom.client.indices.refresh(index=newsroom.names.files)
    newsroom.write("new.txt", article("خبر جديد"))

    def counts(**asked: object) -> dict[str, int]:
        return {state: number for state, number in newsroom.night(**asked)["counts"].items() if number}

    assert counts(only_quarantined=True, pattern="2024/*") == {"quarantined": 1}
    assert counts(only_quarantined=True, older_than="0.0.1") == {}
    assert counts(older_than="99", pattern="?.txt") == {"indexed": 3}
    mark_failed(newsroom.client, newsroom.names.files, reason="test", messages={article_id("raw/a.txt"): "for a test"})
    newsroom.client.indices.refresh(index=newsroom.names.files)
    assert counts(only_failed=True, only_quarantined=True) == {"indexed": 1, "quarantined": 2}
    assert "new.txt" not in newsroom.ledger(), "it is no retry's"
    assert counts() == {"indexed": 1, "unchanged": 5}


def test_a_step_that_settles_what_is_gone_can_be_done_again(newsroom: Newsroom) -> None:
    (newsroom.raw / "a.txt").rename(newsroom.raw / "z.txt")
    (newsroom.raw / "b.txt").unlink()
    before = newsroom.night()["missing"]
    steps.link_duplicates("night-2")
    assert steps.report("night-2", "news_nightly")["missing"] == before
    assert newsroom.states() == {"z.txt": "indexed", "b.txt": "(indexed)", "c.txt": "indexed"}


def test_a_run_whose_last_step_did_not_end_is_red(newsroom: Newsroom) -> None:
    newsroom.write("d.txt", article("ملعب الحي"))
    for batch in steps.survey(steps.discover("half", {"path": str(newsroom.raw), "source": "raw"}), "half"):
        steps.index(steps.enrich(steps.clean(batch), "half"), "half")
    with pytest.raises(RunFailedError, match="clear its red task 'link_duplicates'"):
        steps.report("half", "news_nightly")
