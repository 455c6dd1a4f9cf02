"""Lines that recur over the files of a source, through all steps against the real server."""

from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from pipeline.flow import steps
from pipeline.settings import settings

pytestmark = pytest.mark.server

PREFIX = "survey-"
PARAMS = {"source": "raw", "batch_size": 5, "retry_quarantined": False, "force": False}
SLOGAN = "قهوتنا على النار والخبر على الطاولة"
WIRE = (
    "أكدت الأمم المتحدة أن قافلة المساعدات وصلت إلى البلدة المحاصرة بعد مفاوضات استمرت ثلاثة أيام.",
    "خلفية القضية",
    "وقال المتحدث باسمها إن القافلة تضم أربعين شاحنة من الغذاء والدواء والوقود.",
    "ومن المقرر أن تصل قافلة ثانية خلال أسبوع إذا سمحت الأوضاع على الطريق.",
)
TOWNS = ("طرابلس", "صيدا", "بعلبك", "زحلة", "جبيل", "البترون", "النبطية", "صور", "عاليه", "بشري", "راشيا", "جونية")


def write(raw: Path, *towns: str) -> None:
    for town in towns:
        lines = (
            f"افتتاح مدرسة جديدة في {town} بعد عامين من الانتظار",
            f"افتتحت وزارة التربية في {town} مدرسة تضم عشرين صفا، وبلغت كلفتها نحو مليوني ليرة.",
            SLOGAN,
            f"وقال رئيس بلدية {town} إن المدرسة تستقبل تلاميذ القرى المجاورة من بداية العام المقبل.",
        )
        (raw / f"{town}.txt").write_text("\n".join(lines), encoding="utf-8")


def run(raw: Path, run_id: str) -> list[str]:
    """Do all steps of a run in their order, as the DAG does; return its batches."""
    batches = steps.survey(steps.discover(run_id, {"path": str(raw), **PARAMS}), run_id)
    for batch in batches:
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    steps.report(run_id, "news_nightly")
    return batches


def bodies(client: Elasticsearch) -> dict[str, str]:
    hits = client.search(index=f"{PREFIX}articles", size=100)["hits"]["hits"]
    return {hit["_source"]["source"]["path"]: hit["_source"]["body"] for hit in hits}


def test_what_recurs_is_not_in_the_index_and_the_article_says_why(raw: Path, client: Elasticsearch) -> None:
    write(raw, *TOWNS)
    run(raw, "night")
    found = bodies(client)
    assert len(found) == len(TOWNS)
    assert all(len(body.split("\n")) == 2 and SLOGAN not in body for body in found.values())
    hit = client.search(index=f"{PREFIX}articles", size=1)["hits"]["hits"][0]["_source"]
    assert "repeats in 12 of 12 files of this source" in {span["reason"] for span in hit["removed"]}


def test_a_wire_story_that_many_files_print_stays_whole(raw: Path, client: Elasticsearch) -> None:
    write(raw, *TOWNS)
    for number in range(8):
        lines = (f"قافلة مساعدات تصل إلى البلدة المحاصرة - النسخة {number}", *WIRE, SLOGAN)
        (raw / f"wire-{number}.txt").write_text("\n".join(lines), encoding="utf-8")
    run(raw, "night")
    printed = {name: body for name, body in bodies(client).items() if name.startswith("wire")}
    assert len(printed) == 8
    assert set(printed.values()) == {"\n".join(WIRE)}


def test_a_batch_of_an_earlier_run_that_is_done_again_comes_out_the_same(raw: Path, client: Elasticsearch) -> None:
    write(raw, *TOWNS[:5])
    (batch,) = run(raw, "first")
    before = bodies(client)
    assert all(SLOGAN in body for body in before.values()), "five files are too few to cut from within an article"
    write(raw, *TOWNS[5:])
    run(raw, "second")
    assert SLOGAN not in bodies(client)["جونية.txt"]
    steps.survey([batch], "first")
    steps.index(steps.enrich(steps.clean(batch), "first"), "first")
    client.indices.refresh(index=f"{PREFIX}articles")
    assert {name: body for name, body in bodies(client).items() if name in before} == before


def test_a_night_with_nothing_new_reads_and_learns_nothing(raw: Path) -> None:
    write(raw, *TOWNS)
    run(raw, "first")
    (store,) = Path(settings().artefacts_root, "learned").glob("*/*.jsonl")
    learned = store.read_bytes(), store.stat().st_mtime_ns
    assert run(raw, "second") == []
    assert (store.read_bytes(), store.stat().st_mtime_ns) == learned
