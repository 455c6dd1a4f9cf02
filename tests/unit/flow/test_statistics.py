from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson

from pipeline.flow.statistics import Statistics, origin_of
from pipeline.ledger.entry import FileOutcome
from pipeline.sources.raw import ListedFile

FILE = ListedFile("raw", "a.txt", "/raw/a.txt", 10, datetime(2024, 5, 1, tzinfo=UTC))


def document(words: int = 100, **changed: Any) -> dict[str, Any]:
    return {
        "source": {"name": "raw", "path": "daraa24/a.txt"}, "language": "ar", "word_count": words,
        "title": "عنوان", "title_inferred": False,
        "published_at": "2024-05-01", "removed": [{"kind": "share", "text": "شارك"}, {"kind": "share", "text": "انشر"}],
        "removed_kinds": ["share"], "repairs": [{"kind": "tatweel"}], **changed,
    }  # fmt: skip


def counted(documents: Iterable[dict[str, Any]], *outcomes: FileOutcome) -> Statistics:
    found = Statistics()
    for one in documents:
        found.count_article(one)
    for outcome in outcomes:
        found.count_file(outcome)
    return found


def test_spans_characters_and_articles_are_counted_by_kind_of_boilerplate() -> None:
    found = counted([document(), document()])
    assert (found.removed_kinds["share"], found.removed_characters["share"], found.removed_files["share"]) == (4, 16, 2)
    assert found.repairs == {"tatweel": 2}


def test_an_inferred_title_is_not_one_that_the_file_states() -> None:
    found = counted([document(title_inferred=True), document(title=None), document(), document(published_at=None)])
    assert found.lacking == {"title": 2, "date": 1}


def test_reasons_are_counted_with_their_stage() -> None:
    quarantined = FileOutcome(FILE, "quarantined", stage="clean", reason="empty")
    found = counted([document()], quarantined, FileOutcome(FILE, "indexed"))
    assert (found.states, found.reasons) == ({"quarantined": 1, "indexed": 1}, {"clean/empty": 1})


def test_batches_add_up_through_their_json() -> None:
    total = Statistics()
    for words in ([10, 20], [900]):
        total.add(orjson.loads(orjson.dumps(counted(map(document, words)).record())))
    assert (total.articles, total.median_words, total.languages) == (3, 20.0, {"ar": 3})


def test_batches_of_an_earlier_version_count_what_they_have() -> None:
    total = Statistics()
    total.add({"states": {"indexed": 2}, "removed_kinds": {"share": 1}, "seconds": 1.0, "files": 2})
    assert (total.states, total.articles, total.median_words) == ({"indexed": 2}, 0, 0.0)


def test_an_origin_is_the_folder_below_the_root_unless_it_is_a_date() -> None:
    assert [origin_of(path) for path in ("daraa24/2024/a.txt", "عنب بلدي/a.txt", "2024-05-01/a.txt", "a.txt")] == [
        "daraa24", "عنب بلدي", None, None,
    ]  # fmt: skip
    assert counted([document(), document()]).origins == {"daraa24": 2}
