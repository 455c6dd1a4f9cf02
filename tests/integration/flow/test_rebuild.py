"""A rebuild through all its steps against the real server, with what may happen meanwhile."""

import itertools
import random
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from elastic_transport import Transport, TransportError
from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import FihristError, NeedsPersonError
from pipeline.flow import rebuild_steps, steps
from pipeline.flow.manifest import run_folder
from pipeline.flow.rebuild_steps import ChecksFailedError
from pipeline.flow.rollback import rollback
from pipeline.flow.steps import RunFailedError
from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.names import IndexNames
from pipeline.settings import settings

pytestmark = pytest.mark.server

PREFIX = "rebuild-"
NAMES = IndexNames(PREFIX)
NIGHT = {"source": None, "batch_size": 3, "retry_quarantined": False, "force": False}
REBUILD = {"path": None, "source": None, "batch_size": 3, "accept": False}
TOWNS = ("طرابلس", "صيدا", "بعلبك", "زحلة", "جبيل", "البترون", "النبطية")


LATE = "وأضاف مراسل الصحيفة أن الخبر وصل ليلا من مصادر محلية عدة، وأن تفاصيل أخرى تنشر في الصباح."
WORDS = re.findall(
    r"\w+",
    "المدرسة السوق الطريق الجسر المستشفى الميناء البلدية الوزير المهندس المزارع الطبيب المعلم الماء الكهرباء القمح "
    "الزيتون البحر الجبل النهر الشتاء الصيف الميزانية المشروع العمال السكان التجار الأطفال النساء الشباب اللجنة",
)
VERBS = re.findall(r"\w+", "افتتح زار ناقش أعلن رمم بنى طلب شكر انتقد وعد وزع درس قرر راقب حذر")


def write(raw: Path, *towns: str, news: str = "") -> None:
    """Write an article about each town; no two are alike."""
    for town in towns:
        chance = random.Random(town)
        lines = [f"مدرسة جديدة في {town}"]
        for _ in range(4):
            words = " ".join(f"{chance.choice(VERBS)} {chance.choice(WORDS)} {chance.choice(WORDS)}" for _ in range(6))
            lines.append(f"في {town} {words} مدرسة.")
        (raw / f"{town}.txt").write_text("\n".join([*lines, news]), encoding="utf-8")


def night(raw: Path, run_id: str) -> None:
    """Do all steps of a nightly run, as the DAG does."""
    for batch in steps.survey(steps.discover(run_id, {"path": str(raw), **NIGHT}), run_id):
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    steps.report(run_id, "news_nightly")


def fill(run_id: str, **params: Any) -> None:
    """Do a rebuild's steps up to its checks."""
    for batch in steps.survey(rebuild_steps.discover(run_id, {**REBUILD, **params}), run_id):
        rebuild_steps.index(steps.enrich(steps.clean(batch), run_id), run_id)


def finish(run_id: str, *, accept: bool = False) -> dict[str, Any]:
    rebuild_steps.carry_over(run_id)
    rebuild_steps.link_duplicates(run_id)
    rebuild_steps.check(run_id, accept=accept)
    rebuild_steps.go_live(run_id)
    return rebuild_steps.report(run_id)


def rebuild(run_id: str, **params: Any) -> dict[str, Any]:
    fill(run_id, **params)
    return finish(run_id, accept=bool(params.get("accept")))


def articles(client: Elasticsearch, index: str = NAMES.articles) -> dict[str, dict[str, Any]]:
    client.indices.refresh(index=index)
    hits = client.search(index=index, size=100)["hits"]["hits"]
    return {hit["_source"]["source"]["path"]: hit["_source"] for hit in hits}


def made_by(client: Elasticsearch) -> dict[str, str]:
    return {path.removesuffix(".txt"): found["pipeline"]["run_id"] for path, found in articles(client).items()}


def ledger(client: Elasticsearch) -> dict[str, dict[str, Any]]:
    client.indices.refresh(index=NAMES.files)
    hits = client.search(index=NAMES.files, size=100)["hits"]["hits"]
    return {hit["_source"]["path"].removesuffix(".txt"): hit["_source"] for hit in hits}


@pytest.fixture
def archive(raw: Path) -> Path:
    """A folder of articles that a night has indexed."""
    write(raw, *TOWNS)
    night(raw, "night")
    return raw


@pytest.fixture
def other(raw: Path) -> Path:
    """A second folder, empty."""
    folder = raw.with_name("other")
    folder.mkdir()
    return folder


def test_a_rebuild_reads_all_files_of_all_sources_into_the_next_generation(
    archive: Path, other: Path, client: Elasticsearch
) -> None:
    write(other, "صور")
    night(other, "another night")
    document = rebuild("rebuild")
    assert aliases.live(client, NAMES) == NAMES.generation(2)
    assert aliases.previous(client, NAMES) == NAMES.generation(1)
    assert made_by(client) == dict.fromkeys([*TOWNS, "صور"], "rebuild")
    assert document["state"] == "success"
    assert document["manifest"] == sum(document["counts"].values()) == 8
    held = client.indices.get_settings(index=NAMES.generation(2))[NAMES.generation(2)]["settings"]["index"]
    assert held["refresh_interval"] == "30s"
    assert {entry["run_id"] for entry in ledger(client).values()} == {"rebuild"}
    assert steps.discover("next", {"path": str(archive), **NIGHT}) == [], "the ledger knows that nothing is to be done"


def test_with_a_path_only_that_folder_is_read_and_the_rest_is_taken_over(
    archive: Path, other: Path, client: Elasticsearch
) -> None:
    write(other, "صور")
    night(other, "another night")
    document = rebuild("rebuild", path=str(other))
    assert made_by(client) == {**dict.fromkeys(TOWNS, "night"), "صور": "rebuild"}
    assert document["counts"] == {"indexed": 1, "unchanged": 7, "duplicate": 0, "quarantined": 0, "failed": 0}
    assert any("7 articles of 'raw' were taken over" in warning for warning in document["warnings"])


def test_an_article_whose_file_is_gone_is_taken_over_without_fields_that_are_mapped_no_more(
    archive: Path, client: Elasticsearch
) -> None:
    live = NAMES.generation(1)
    client.indices.put_mapping(index=live, properties={"old_field": {"type": "keyword"}})
    id_ = ledger(client)["صيدا"]["article_id"]
    client.update(index=live, id=id_, doc={"old_field": "x"})
    (archive / "صيدا.txt").unlink()
    document = rebuild("rebuild")
    assert "old_field" not in articles(client)["صيدا.txt"]
    assert made_by(client) == {**dict.fromkeys(TOWNS, "rebuild"), "صيدا": "night"}
    assert document["counts"]["unchanged"] == 1
    assert document["manifest"] == sum(document["counts"].values()) == 7
    assert ledger(client)["صيدا"]["state"] == "indexed"


def test_a_night_that_ends_while_a_rebuild_runs_is_in_the_result(archive: Path, client: Elasticsearch) -> None:
    fill("rebuild")
    write(archive, "صور")
    write(archive, "زحلة", news=LATE)
    night(archive, "meanwhile")
    finish("rebuild")
    assert made_by(client) == {**dict.fromkeys(TOWNS, "rebuild"), "صور": "meanwhile", "زحلة": "meanwhile"}
    assert LATE in articles(client)["زحلة.txt"]["body"]
    assert ledger(client)["زحلة"]["run_id"] == "meanwhile", "the later run's entry stays"
    assert steps.discover("next", {"path": str(archive), **NIGHT}) == []


def test_a_night_that_is_overtaken_by_the_swap_is_in_the_result(archive: Path, client: Elasticsearch) -> None:
    """One batch is written before the swap and one after it, and both before the ledger hears of them."""
    fill("rebuild")
    write(archive, "صور", "عاليه", "راشيا", "بشري")
    first, second = steps.survey(steps.discover("late", {"path": str(archive), **NIGHT}), "late")
    for batch in (first, second):
        steps.enrich(steps.clean(batch), "late")
    rebuild_steps.carry_over("rebuild")
    rebuild_steps.link_duplicates("rebuild")
    steps.index(first, "late")
    rebuild_steps.check("rebuild")
    rebuild_steps.go_live("rebuild")
    steps.index(second, "late")
    steps.link_duplicates("late")
    assert steps.report("late", "news_nightly")["counts"]["indexed"] == 4
    rebuild_steps.report("rebuild")
    assert made_by(client) == {
        **dict.fromkeys(TOWNS, "rebuild"), **dict.fromkeys(["صور", "عاليه", "راشيا", "بشري"], "late"),
    }  # fmt: skip


def test_nights_that_follow_each_other_during_a_rebuild_lose_nothing(archive: Path, client: Elasticsearch) -> None:
    """Whatever a night's writes and the swap meet in: here they meet by chance."""
    expected, nights = set(TOWNS), 0
    swapped = threading.Event()

    def nightly() -> None:
        nonlocal nights
        last = False
        while not last:
            last = swapped.is_set()
            town = f"حي {nights}"
            write(archive, town)
            expected.add(town)
            night(archive, f"meanwhile-{nights}")
            nights += 1

    writer = threading.Thread(target=nightly)
    fill("rebuild")
    writer.start()
    try:
        finish("rebuild")
    finally:
        swapped.set()
        writer.join()
    assert nights >= 2
    assert set(made_by(client)) == expected == set(ledger(client))
    assert steps.discover("next", {"path": str(archive), **NIGHT}) == []


def test_an_unread_file_that_no_night_has_seen_is_in_the_result_and_in_the_ledger(
    archive: Path, client: Elasticsearch
) -> None:
    write(archive, "صور")
    assert rebuild("rebuild")["counts"]["indexed"] == 8
    assert ledger(client)["صور"]["state"] == "indexed"


def test_until_it_goes_live_the_ledger_and_the_alias_are_as_they_were(archive: Path, client: Elasticsearch) -> None:
    before = ledger(client)
    fill("rebuild")
    rebuild_steps.carry_over("rebuild")
    rebuild_steps.link_duplicates("rebuild")
    rebuild_steps.check("rebuild")
    assert ledger(client) == before
    assert aliases.live(client, NAMES) == NAMES.generation(1)
    assert rebuild_steps.discover("rebuild", REBUILD), "discovery done again returns what it froze"
    assert [g.number for g in aliases.generations(client, NAMES)] == [1, 2]


def test_every_step_may_be_done_twice(archive: Path, client: Elasticsearch) -> None:
    write(archive, "صور")
    (archive / "صيدا.txt").unlink()
    for _ in range(2):
        fill("rebuild")
    for step in ("carry_over", "link_duplicates", "check", "go_live", "report"):
        for _ in range(2):
            document = getattr(rebuild_steps, step)("rebuild")
    assert made_by(client) == {**dict.fromkeys([*TOWNS, "صور"], "rebuild"), "صيدا": "night"}
    assert document["counts"] == {"indexed": 7, "unchanged": 1, "duplicate": 0, "quarantined": 0, "failed": 0}
    assert [g.state for g in aliases.generations(client, NAMES)] == ["previous", "live"]


class KilledError(BaseException):
    """Ends a step as a kill would: nothing of ours catches it."""


def killed_again_and_again(step: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch) -> int:
    """Do a step that is killed after its first request, then after its second … until it comes to its end."""
    perform = Transport.perform_request
    for allowed in itertools.count():
        left = iter(range(allowed))

        def perform_or_die(self: Transport, *arguments: Any, left: Iterator[int] = left, **options: Any) -> Any:
            if next(left, None) is None:
                raise KilledError
            return perform(self, *arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(Transport, "perform_request", perform_or_die)
            try:
                step("rebuild")
            except KilledError:
                continue
            return allowed
    raise AssertionError("unreachable: the loop above is endless")


def test_a_rebuild_that_is_killed_after_each_request_comes_to_the_same_end(
    archive: Path, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill("rebuild")
    write(archive, "صور")
    write(archive, "زحلة", news=LATE)
    (archive / "صيدا.txt").unlink()
    night(archive, "meanwhile")
    requests = sum(
        killed_again_and_again(getattr(rebuild_steps, step), monkeypatch)
        for step in ("carry_over", "link_duplicates", "check", "go_live")
    )
    assert requests > 50
    document = rebuild_steps.report("rebuild")
    assert made_by(client) == {**dict.fromkeys(TOWNS, "rebuild"), "صور": "meanwhile", "زحلة": "meanwhile"}
    assert document["state"] == "success"
    assert {entry["state"] for entry in ledger(client).values()} == {"indexed"}
    assert [g.state for g in aliases.generations(client, NAMES)] == ["previous", "live"]


def test_near_duplicates_are_linked_within_the_new_index(archive: Path, client: Elasticsearch) -> None:
    text = (archive / "صيدا.txt").read_text(encoding="utf-8") * 3
    (archive / "a.txt").write_text(text, encoding="utf-8")
    (archive / "b.txt").write_text(text, encoding="utf-8")
    night(archive, "copies")
    before = {path: found["duplicate_of"] for path, found in articles(client).items()}
    assert any(before.values())
    (archive / "a.txt").unlink()  # one of the two is taken over, the other made anew
    document = rebuild("rebuild")
    assert {path: found["duplicate_of"] for path, found in articles(client).items()} == before
    states = {path: entry["state"] for path, entry in ledger(client).items()}
    assert {path.removesuffix(".txt") for path, head in before.items() if head} == {
        path for path, state in states.items() if state == "duplicate"
    }
    assert document["manifest"] == sum(document["counts"].values())


def test_a_search_never_fails_and_the_count_never_falls(archive: Path, client: Elasticsearch) -> None:
    stop, counts, faults = threading.Event(), [], []

    def keep_searching() -> None:
        while not stop.is_set():
            try:
                counts.append(client.search(index=NAMES.articles, query={"match": {"body": "مدرسة"}})["hits"]["total"])
            except (ApiError, TransportError) as error:
                faults.append(error)

    reader = threading.Thread(target=keep_searching)
    reader.start()
    rebuild("first")
    write(archive, "صور")
    rebuild("second")
    stop.set()
    reader.join()
    totals = [total["value"] for total in counts]
    assert not faults
    assert len(totals) > 20
    assert totals == sorted(totals)
    assert (totals[0], totals[-1]) == (7, 8)


@pytest.fixture
def lacking(archive: Path, client: Elasticsearch) -> Iterator[str]:
    """A rebuild whose index has lost an article after it was filled."""
    fill("bad")
    rebuild_steps.carry_over("bad")
    rebuild_steps.link_duplicates("bad")
    client.delete(index=NAMES.generation(2), id=ledger(client)["صيدا"]["article_id"])
    yield "bad"


def test_a_failed_check_leaves_the_alias_and_says_what_differs(lacking: str, client: Elasticsearch) -> None:
    before = ledger(client)
    with pytest.raises(ChecksFailedError, match=r"lacks 1 articles of batch-000\d.*left alone.*clear the task"):
        rebuild_steps.check(lacking)
    with pytest.raises(RunFailedError, match=rf"{NAMES.generation(2)} did not go live; staff search .*000001"):
        rebuild_steps.report(lacking)
    assert aliases.live(client, NAMES) == NAMES.generation(1)
    assert ledger(client) == before
    assert client.get(index=NAMES.runs, id=lacking)["_source"]["state"] == "failed"


def test_clearing_what_a_check_names_resumes_the_rebuild(lacking: str, client: Elasticsearch) -> None:
    with pytest.raises(ChecksFailedError):
        rebuild_steps.check(lacking)
    for batch in sorted(run_folder(settings().artefacts_root, lacking).glob("batch-*")):
        rebuild_steps.index(str(batch), lacking)
    assert finish(lacking)["state"] == "success"
    assert made_by(client) == dict.fromkeys(TOWNS, lacking)


def test_the_next_rebuild_removes_what_a_failed_one_left(lacking: str, client: Elasticsearch) -> None:
    fill("next")
    assert [g.index for g in aliases.generations(client, NAMES)] == [NAMES.generation(1), NAMES.generation(2)]
    assert finish("next")["state"] == "success"
    client.indices.delete(index=NAMES.generation(1))


def test_a_cleared_task_whose_index_is_gone_does_not_make_it_again(lacking: str, client: Elasticsearch) -> None:
    aliases.remove_leftovers(client, NAMES)
    with pytest.raises(NeedsPersonError, match="has been deleted meanwhile; begin anew"):
        rebuild_steps.carry_over(lacking)
    assert not client.indices.exists(index=NAMES.generation(2))


def test_files_that_became_bad_are_a_loss_that_must_be_accepted(archive: Path, client: Elasticsearch) -> None:
    (archive / "صيدا.txt").write_bytes(b"%PDF-1.7 " + b"\x00\x01" * 50)
    fill("bad")
    rebuild_steps.carry_over("bad")
    rebuild_steps.link_duplicates("bad")
    with pytest.raises(ChecksFailedError, match=r"1 of 7 articles that the ledger knows .*first raw/صيدا\.txt"):
        rebuild_steps.check("bad")
    document = rebuild("accepted", accept=True)
    assert "صيدا.txt" not in articles(client)
    assert ledger(client)["صيدا"]["state"] == "quarantined"
    assert document["counts"]["quarantined"] == 1
    assert any("first raw/صيدا.txt" in warning for warning in document["warnings"])


def test_articles_that_came_out_much_shorter_keep_an_index_from_going_live(
    archive: Path, client: Elasticsearch, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill("bad")
    rebuild_steps.carry_over("bad")
    client.indices.refresh(index=NAMES.generation(2))
    for found in articles(client, NAMES.generation(2)).values():
        client.update(index=NAMES.generation(2), id=found["id"], doc={"word_count": 5})
    rebuild_steps.link_duplicates("bad")
    with pytest.raises(ChecksFailedError, match="5 words on average"):
        rebuild_steps.check("bad")


def test_a_rebuild_is_the_cure_of_drift_and_of_other_analysis(archive: Path, client: Elasticsearch) -> None:
    live = NAMES.generation(1)
    client.indices.put_mapping(index=live, properties={"surplus": {"type": "keyword"}}, meta={"analysis": "older"})
    with pytest.raises(NeedsPersonError, match=r"drifted in 1 places.*fihrist index rebuild"):
        steps.discover("refused", {"path": str(archive), **NIGHT})
    rebuild("rebuild")
    assert templates.analysis_is_current(client, NAMES)
    assert steps.discover("next", {"path": str(archive), **NIGHT}) == []


def test_a_night_with_other_analysis_goes_on_and_says_so(archive: Path, client: Elasticsearch) -> None:
    client.indices.put_mapping(index=NAMES.generation(1), meta={"analysis": "older"})
    night(archive, "next")
    run = client.get(index=NAMES.runs, id="next")["_source"]
    assert run["state"] == "success"
    assert run["warnings"] == [steps.OTHER_ANALYSIS]


def test_back_and_forward_again_loses_nothing_that_came_since(archive: Path, client: Elasticsearch) -> None:
    rebuild("rebuild")
    write(archive, "صور")
    write(archive, "زحلة", news=LATE)
    night(archive, "after")
    back = rollback(client, NAMES)
    assert (back.index, back.carried, back.refused) == (NAMES.generation(1), 2, 0)
    assert made_by(client) == {**dict.fromkeys(TOWNS, "night"), "صور": "after", "زحلة": "after"}
    write(archive, "عاليه")
    night(archive, "between")
    assert rollback(client, NAMES).index == NAMES.generation(2)
    assert made_by(client) == {
        **dict.fromkeys(TOWNS, "rebuild"), "صور": "after", "زحلة": "after", "عاليه": "between",
    }  # fmt: skip


def test_what_the_older_mapping_does_not_take_is_done_again_by_the_next_run(
    archive: Path, client: Elasticsearch
) -> None:
    rebuild("rebuild")
    write(archive, "صور")
    night(archive, "after")
    id_ = ledger(client)["صور"]["article_id"]
    document = client.get(index=NAMES.generation(2), id=id_)["_source"]
    client.indices.delete(index=NAMES.generation(1))
    body = templates.render_template()
    body["mappings"]["properties"]["section"] = {"type": "date"}
    client.indices.create(index=NAMES.generation(1), **body, aliases={NAMES.previous: {}})
    load(client, NAMES.generation(2), [{**document, "section": "محليات"}])
    assert rollback(client, NAMES).refused == 1
    assert (ledger(client)["صور"]["state"], ledger(client)["صور"]["reason"]) == ("failed", "rolled-back")


def test_there_must_be_something_to_rebuild_from_and_to_go_back_to(raw: Path, client: Elasticsearch) -> None:
    with pytest.raises(NeedsPersonError, match="no run has read a folder yet"):
        rebuild_steps.discover("none", REBUILD)
    with pytest.raises(FihristError, match="no previous index"):
        rollback(client, NAMES)
