from pathlib import Path

import pytest
from upath import UPath

from pipeline.enrich.duplicates import signature
from pipeline.errors import NeedsPersonError
from pipeline.flow.artefacts import Record, write_records
from pipeline.flow.keys import FILE, entries_of, keys_of, links_within


def document(id_: str, body: str, day: int) -> Record:
    keys = signature(body)
    return {
        "id": id_, "@timestamp": f"2024-05-{day:02}T00:00:00", "content_sha256": f"sha256 of {id_}",
        "duplicate_bands": list(keys.bands), "duplicate_signature": keys.signature, "body": body,
    }  # fmt: skip


STORY = " ".join(f"كلمة{n}" for n in range(80))
OTHER = " ".join(f"غيرها{n}" for n in range(80))


def batch(folder: Path, *documents: Record) -> UPath:
    write_records(UPath(folder) / FILE, map(keys_of, documents))
    return UPath(folder)


def test_keys_come_back_as_the_document_has_them(tmp_path: Path) -> None:
    ((content, entry),) = entries_of(batch(tmp_path, document("a", STORY, 1)))
    keys = signature(STORY)
    assert (content, entry.id, entry.timestamp) == ("sha256 of a", "a", "2024-05-01T00:00:00")
    assert (entry.bands, entry.signature, entry.duplicate_of) == (keys.bands, keys.signature, None)


def test_within_a_batch_copies_have_the_earliest_as_their_head(tmp_path: Path) -> None:
    articles = [document("late", STORY, 3), document("other", OTHER, 1), document("early", STORY + " مزيد", 2)]
    assert links_within(batch(tmp_path, *articles)) == {"late": "early"}


def test_a_batch_without_articles_has_no_links(tmp_path: Path) -> None:
    assert links_within(batch(tmp_path)) == {}


def test_a_batch_that_an_earlier_version_enriched_says_what_to_clear(tmp_path: Path) -> None:
    with pytest.raises(NeedsPersonError, match="clear its `enrich`"):
        links_within(UPath(tmp_path))
