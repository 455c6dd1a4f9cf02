"""The first two steps of a batch: clean → enrich; each reads what the step before left and leaves its own.

A step may be killed at any instruction and run again: it reads frozen input, and its artefacts appear whole.
"""

from collections.abc import Iterator
from typing import Any

from pydantic import TypeAdapter
from upath import UPath

from pipeline.clean.article import CleanArticle
from pipeline.clean.cleaner import cleaning
from pipeline.enrich.article import Article
from pipeline.enrich.enrich import enrich_all
from pipeline.errors import BadInputError
from pipeline.flow.artefacts import Record, read_records, records_file
from pipeline.flow.each_file import Item, each_file, some_at_a_time
from pipeline.flow.keys import FILE, keys_of
from pipeline.flow.manifest import batch_tasks, listed_file
from pipeline.flow.survey import surveyed
from pipeline.in_step import Steps, in_step
from pipeline.ledger.entry import FileOutcome
from pipeline.sources.raw import ListedFile, Provenance
from pipeline.sources.reading import read_file

_PROVENANCE = TypeAdapter(Provenance)
_CLEAN = TypeAdapter(CleanArticle)
TOGETHER = 40
"""Files that are cleaned, and articles that are enriched, at a stroke, which takes a fifth less time; more save hardly
more."""
_BYTES = 300_000
"""Of the files together: more would only take memory, and large pages gain nothing."""
_CHARACTERS = 50_000
"""Of the bodies together."""


def clean_batch(batch: UPath) -> UPath:
    """Read and clean the files of a batch.

    Raises:
        SourceGoneError: the whole source is gone; when it is there again, the step does all of the batch.
        ArtefactError: what came out can't be written.
    """
    repeated = surveyed(batch.parent) or {}

    def steps(file: ListedFile) -> Steps[Record]:
        raw = read_file(file)
        yield
        article = yield from cleaning(raw, repeated.get(file.source))
        return {"file": file, "source": raw.provenance, "clean": article}

    def work(items: list[Item[None]]) -> list[Record | BadInputError]:
        return in_step(steps(item.file) for item in items)

    files = (Item(task.file, task.file.size, None) for task in batch_tasks(batch))
    each_file("clean", batch, some_at_a_time(files, most=TOGETHER, size=_BYTES), work)
    return batch


def enrich_batch(batch: UPath, run_id: str) -> UPath:
    """Enrich the cleaned articles of a batch into documents, and leave the keys of their near-duplicates beside them.

    Raises:
        ArtefactError: what came out can't be written.
    """

    def work(items: list[Item[Record]]) -> list[Record]:
        cleaned = [_CLEAN.validate_python(item.content["clean"]) for item in items]
        sources = [_PROVENANCE.validate_python(item.content["source"]) for item in items]
        articles = map(Article, sources, cleaned, enrich_all(cleaned))
        documents = [article.document(run_id) for article in articles]
        for document in documents:
            keep(keys_of(document))
        return [
            {"file": item.content["file"], "document": document}
            for item, document in zip(items, documents, strict=True)
        ]

    records = read_records(batch / "clean.jsonl")
    files = (Item(listed_file(record["file"]), len(record["clean"]["body"]), record) for record in records)
    with records_file(batch / FILE) as keep:
        each_file("enrich", batch, some_at_a_time(files, most=TOGETHER, size=_CHARACTERS), work)
    return batch


def problems(batch: UPath) -> Iterator[FileOutcome]:
    """Yield the outcomes of the files that cleaning or enriching could not take further."""
    for stage in ("clean", "enrich"):
        for record in read_records(batch / f"{stage}.problems.jsonl"):
            yield outcome_of(record)


def outcome_of(record: dict[str, Any]) -> FileOutcome:
    """Return a file's outcome from its JSON values."""
    return FileOutcome(**{**record, "file": listed_file(record["file"])})
