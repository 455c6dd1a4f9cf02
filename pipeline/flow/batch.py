"""The three steps of a batch: clean → enrich → index; each reads what the step before left and leaves its own.

A step may be killed at any instruction and run again: it reads frozen input, and its artefacts appear whole. One
file's trouble never stops the others: bad input is quarantined, an unexpected error counts as failed and is retried in
the next run.
"""

import heapq
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any, Literal, TypeVar

from pydantic import TypeAdapter
from upath import UPath

from pipeline.clean.article import CleanArticle
from pipeline.clean.cleaner import clean
from pipeline.enrich.article import Article
from pipeline.enrich.enrich import enrich
from pipeline.errors import BadInputError, SourceGoneError
from pipeline.flow.artefacts import read_records, write_json, write_records
from pipeline.flow.clock import Clock, SoFar
from pipeline.flow.manifest import Task, batch_tasks, listed_file
from pipeline.flow.ready import ready
from pipeline.flow.statistics import SLOWEST
from pipeline.flow.survey import surveyed
from pipeline.ledger.entry import FileOutcome
from pipeline.logs import about
from pipeline.sources.raw import ListedFile, Provenance
from pipeline.sources.reading import read_file

log = logging.getLogger(__name__)

_PROVENANCE = TypeAdapter(Provenance)
_CLEAN = TypeAdapter(CleanArticle)

Item = TypeVar("Item")


def clean_batch(batch: UPath) -> UPath:
    """Read and clean the files of a batch.

    Raises:
        SourceGoneError: the whole source is gone; when it is there again, the step does all of the batch.
        ArtefactError: what came out can't be written.
    """
    repeated = surveyed(batch.parent) or {}

    def one(task: Task) -> dict[str, Any]:
        raw = read_file(task.file)
        cleaned = clean(raw, repeated.get(task.file.source))
        return {"file": task.file, "source": raw.provenance, "clean": cleaned}

    _step("clean", batch, batch_tasks(batch), one, lambda task: task.file)
    return batch


def enrich_batch(batch: UPath, run_id: str) -> UPath:
    """Enrich the cleaned articles of a batch into documents."""

    def one(record: dict[str, Any]) -> dict[str, Any]:
        source = _PROVENANCE.validate_python(record["source"])
        cleaned = _CLEAN.validate_python(record["clean"])
        article = Article(source, cleaned, enrich(cleaned))
        return {"file": record["file"], "document": article.document(run_id)}

    _step("enrich", batch, read_records(batch / "clean.jsonl"), one, lambda record: listed_file(record["file"]))
    return batch


def problems(batch: UPath) -> Iterator[FileOutcome]:
    """Yield the outcomes of the files that cleaning or enriching could not take further."""
    for stage in ("clean", "enrich"):
        for record in read_records(batch / f"{stage}.problems.jsonl"):
            yield outcome_of(record)


def outcome_of(record: dict[str, Any]) -> FileOutcome:
    """Return a file's outcome from its JSON values."""
    return FileOutcome(**{**record, "file": listed_file(record["file"])})


def _step(
    stage: Literal["clean", "enrich"],
    batch: UPath,
    items: Iterable[Item],
    one: Callable[[Item], dict[str, Any]],
    file_of: Callable[[Item], ListedFile],
) -> None:
    """Do one step for each item, and write what came out, what did not, and how long it took.

    What comes out is written as it comes, so that the size of a batch costs no memory.
    """
    ready(stage)
    clock, so_far = Clock(), SoFar(batch, stage)
    (batch / "index.json").unlink(missing_ok=True)  # a batch that is being redone has not come to its end
    left: list[FileOutcome] = []
    times: list[tuple[float, str]] = []

    def done() -> Iterator[dict[str, Any]]:
        for item in items:
            began = time.perf_counter()
            try:
                record = one(item)
            except BadInputError as error:
                with about(file=file_of(item).uri):
                    log.info("quarantined: %s: %s", error.reason, error)
                left.append(_outcome(file_of(item), "quarantined", stage, error.reason, str(error), error.sha256))
            except SourceGoneError:
                raise
            except Exception as error:  # a fault of ours in one file must not stop the others
                with about(file=file_of(item).uri):
                    log.exception("%s failed", stage)
                left.append(_outcome(file_of(item), "failed", stage, type(error).__name__, str(error)))
            else:
                yield record
            times.append((time.perf_counter() - began, file_of(item).uri))
            so_far.tell(len(times))

    write_records(batch / f"{stage}.jsonl", done())
    write_records(batch / f"{stage}.problems.jsonl", (asdict(outcome) for outcome in left))
    slowest = [{"seconds": round(spent, 3), "uri": uri} for spent, uri in heapq.nlargest(SLOWEST, times)]
    took = clock.took()
    write_json(batch / f"{stage}.json", {**took, "files": len(times), "slowest": slowest})
    so_far.ended()
    log.info(
        "%s: %s: %d done, %d left out, %.1f s", batch.name, stage, len(times) - len(left), len(left), took["seconds"]
    )


def _outcome(
    file: ListedFile, state: Any, stage: str, reason: str, message: str, sha256: str | None = None
) -> FileOutcome:
    return FileOutcome(file, state, sha256=sha256, stage=stage, reason=reason, message=message[:1000])
