"""Files that can't become articles, through all steps against the real server: each is quarantined with its reason."""

from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from pipeline.errors import FihristError
from pipeline.flow import steps
from pipeline.sources.listing import list_files
from tests.bad_input import KINDS

pytestmark = pytest.mark.server

PREFIX = "badinput-"
GOOD = "أعلنت وزارة الصحة في تونس اليوم افتتاح مستشفى جديد في مدينة صفاقس، وقال الوزير إن العمل فيه يبدأ الشهر المقبل."
PARAMS = {"source": "raw", "batch_size": 20, "retry_quarantined": False, "force": False}


def run(raw: Path, run_id: str = "night") -> dict:
    """Do all steps of a run in their order, as the DAG does."""
    batches = steps.survey(steps.discover(run_id, {"path": str(raw), **PARAMS}), run_id)
    for batch in batches:
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    return steps.report(run_id, "news_nightly")


def ledger(client: Elasticsearch) -> dict[str, tuple[str, str | None]]:
    hits = client.search(index=f"{PREFIX}ingest-files", size=1000)["hits"]["hits"]
    return {hit["_source"]["path"]: (hit["_source"]["state"], hit["_source"]["reason"]) for hit in hits}


def test_every_kind_of_bad_file_ends_in_its_state_and_stops_no_other(raw: Path, client: Elasticsearch) -> None:
    for kind in KINDS:
        kind.make(kind.path(raw))
    report = run(raw)
    paths = {listed.location: listed.path for listed in list_files(str(raw), name="raw")}
    wanted = {
        paths[str(kind.path(raw))]: ("quarantined", kind.reason) if kind.reason else ("indexed", None)
        for kind in KINDS
        if kind.listed
    }
    # Sound ones are copies of one article, so all but the first are flagged.
    found = {path: (state.replace("duplicate", "indexed"), why) for path, (state, why) in ledger(client).items()}
    assert found == wanted
    assert sum(report["counts"].values()) == len(wanted)
    assert report["counts"]["failed"] == 0


def test_a_file_that_vanishes_between_listing_and_reading_is_quarantined(raw: Path, client: Elasticsearch) -> None:
    for name in ("stays.txt", "vanishes.txt"):
        (raw / name).write_text(GOOD.replace("صفاقس", name), encoding="utf-8")
    (batch,) = steps.discover("night", {"path": str(raw), **PARAMS})
    (raw / "vanishes.txt").unlink()
    steps.index(steps.enrich(steps.clean(batch), "night"), "night")
    steps.link_duplicates("night")
    assert steps.report("night", "news_nightly")["counts"]["quarantined"] == 1
    assert ledger(client) == {"stays.txt": ("indexed", None), "vanishes.txt": ("quarantined", "vanished")}


def test_a_quarantined_file_is_left_alone_until_its_bytes_change(raw: Path, client: Elasticsearch) -> None:
    (raw / "late.txt").write_bytes(b"")
    assert run(raw, "first")["counts"]["quarantined"] == 1
    assert run(raw, "second")["counts"]["unchanged"] == 1
    (raw / "late.txt").write_text(GOOD, encoding="utf-8")
    assert run(raw, "third")["counts"]["indexed"] == 1
    assert ledger(client) == {"late.txt": ("indexed", None)}


def test_the_same_story_of_two_outlets_is_indexed_twice_and_flagged_once(raw: Path, client: Elasticsearch) -> None:
    story = " ".join(f"{GOOD} {number}" for number in range(4))
    (raw / "a.txt").write_text(story, encoding="utf-8")
    (raw / "b.txt").write_text(story + " نقلاً عن الوكالة.", encoding="utf-8")
    report = run(raw)
    assert (report["counts"]["indexed"], report["counts"]["duplicate"]) == (1, 1)
    articles = client.search(index=f"{PREFIX}articles", size=10)["hits"]["hits"]
    heads = {hit["_source"]["source"]["path"]: hit["_source"]["duplicate_of"] for hit in articles}
    assert sorted(head is None for head in heads.values()) == [False, True]


def test_a_source_that_does_not_exist_is_refused_with_what_to_do(raw: Path) -> None:
    with pytest.raises(FihristError, match="give an existing folder"):
        steps.discover("night", {"path": str(raw / "missing"), **PARAMS})
