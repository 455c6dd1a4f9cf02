"""Each kind of bad file by itself: read, cleaned and enriched in bounded time, or refused with its reason."""

import time
from pathlib import Path

import orjson
import pytest

from pipeline.clean.cleaner import clean
from pipeline.enrich.article import Article
from pipeline.enrich.enrich import enrich
from pipeline.errors import BadInputError
from pipeline.sources.listing import list_files
from pipeline.sources.reading import read_file
from tests.bad_input import KINDS
from tests.bad_input.kind import Document, Kind

_UNSEEN = frozenset(map(chr, [*range(9), *range(11, 32), 0x7F, 0x200B, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF]))
_SECONDS = 2.0
_SECONDS_PER_BYTE = 1.0 / 100_000


def document_of(path: Path) -> Document:
    """Do with one file what a run does with it."""
    (listed,) = list_files(str(path), name="raw")
    raw = read_file(listed)
    cleaned = clean(raw)
    return Article(raw.provenance, cleaned, enrich(cleaned)).document("run")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.listed], ids=lambda kind: kind.name)
def test_it_becomes_a_sound_document_or_is_refused_with_its_reason_in_bounded_time(kind: Kind, tmp_path: Path) -> None:
    path = kind.path(tmp_path)
    kind.make(path)
    started = time.process_time()
    if kind.reason:
        with pytest.raises(BadInputError) as refused:
            document_of(path)
        assert refused.value.reason == kind.reason
        assert "; " in str(refused.value) or "," in str(refused.value), "it says what to do"
    else:
        document = document_of(path)
        assert not _UNSEEN & set(document["body"] + (document["title"] or ""))
        assert orjson.loads(orjson.dumps(document)), "it can be sent"
        if kind.check:
            kind.check(document)
    assert time.process_time() - started < _SECONDS + _SECONDS_PER_BYTE * path.stat().st_size


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 100


def test_only_files_are_listed(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.mkdir()
    for kind in KINDS:
        if not kind.listed:
            kind.make(kind.path(folder))
    assert list(list_files(str(folder))) == []
