"""What must hold for the document of any bytes whatever."""

import time
import unicodedata
from datetime import UTC, datetime

import orjson

from pipeline.clean.cleaner import clean
from pipeline.enrich.article import Article
from pipeline.enrich.enrich import enrich
from pipeline.errors import BadInputError
from pipeline.sources.raw import ListedFile
from pipeline.sources.reading import raw_file

SECONDS = 1.0
SECONDS_PER_BYTE = 1.0 / 100_000

_REREAD = frozenset({"mojibake", "entity"})
"""Repairs after which other characters stand than before."""


def check(data: bytes, *, timed: bool = True) -> str | None:
    """Make a document of a file's bytes and check it; return why it was refused, or None.

    Raises:
        AssertionError: the document is unsound, or it took too long.
        Exception: anything but BadInputError that the pipeline raised is a fault of ours.
    """
    started = time.process_time()
    listed = ListedFile("fuzz", "a.txt", "a.txt", len(data), datetime(2024, 3, 5, tzinfo=UTC))
    try:
        raw = raw_file(listed, data)
        cleaned = clean(raw)
        document = Article(raw.provenance, cleaned, enrich(cleaned)).document("run")
    except BadInputError as error:
        return error.reason
    seconds = time.process_time() - started
    assert not timed or seconds < SECONDS + SECONDS_PER_BYTE * len(data), f"{seconds:.1f} s for {len(data):,} bytes"
    assert document["body"].strip()
    for mention in document["mentions"]:
        assert document[mention["field"]][mention["start"] : mention["end"]] == mention["text"]
    orjson.dumps(document)
    if raw.format == "text" and not _REREAD & {repair.kind for repair in cleaned.repairs}:
        assert _is_drawn_from(_seen(document["body"]), _seen(raw.text)), "the body holds what the file does not"
    return None


def load_knowledge() -> None:
    """Load what the first article loads, so that it is not held against the first file."""
    check("قال رئيس الوزراء التونسي في مدينة صفاقس اليوم إن المستشفى جاهز.".encode(), timed=False)
    check("<html><p>قال رئيس الوزراء التونسي في مدينة صفاقس اليوم إن المستشفى جاهز.".encode(), timed=False)


def _seen(text: str) -> str:
    """Return what the eye sees as signs: no spaces, no marks, no controls, shapes and ligatures taken apart."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] not in "ZMC")


def _is_drawn_from(part: str, whole: str) -> bool:
    """Say whether the characters of one text stand in the other, in their order."""
    rest = iter(whole)
    return all(char in rest for char in part)
