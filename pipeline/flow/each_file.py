"""Do a stage of a batch for each of its files: what came out, what did not and why, and how long it took.

One file's trouble never stops the others: bad input is quarantined, an unexpected error counts as failed and is retried
in the next run. Files may be done some at a time; if that fails as a whole, each is done alone, so that the right one
is blamed.
"""

import heapq
import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Generic, Literal, NamedTuple, TypeVar

from upath import UPath

from pipeline.errors import BadInputError, SourceGoneError
from pipeline.flow.artefacts import ArtefactError, Record, write_json, write_records
from pipeline.flow.clock import Clock, SoFar
from pipeline.flow.ready import ready
from pipeline.flow.statistics import SLOWEST
from pipeline.ledger.entry import FileOutcome
from pipeline.logs import about
from pipeline.sources.raw import ListedFile

log = logging.getLogger(__name__)

Stage = Literal["clean", "enrich"]
Content = TypeVar("Content")


class Item(NamedTuple, Generic[Content]):
    """A file of a batch, and what the stage needs of it."""

    file: ListedFile
    size: int
    """How much work it is, in any unit: what a group takes is shared out by it."""
    content: Content


Groups = Iterable[list[Item[Content]]]
Work = Callable[[list[Item[Content]]], Sequence[Record | Exception]]
"""Returns the records of a group, one a file; instead of one, why there is none."""


def some_at_a_time(items: Iterable[Item[Content]], *, most: int, size: int) -> Iterator[list[Item[Content]]]:
    """Yield items in groups of so many, of such a size together; a larger one by itself."""
    group: list[Item[Content]] = []
    together = 0
    for item in items:
        if group and (len(group) == most or together + item.size > size):
            yield group
            group, together = [], 0
        group.append(item)
        together += item.size
    if group:
        yield group


def each_file(stage: Stage, batch: UPath, groups: Groups[Content], work: Work[Content]) -> None:
    """Do a stage, and write ``<stage>.jsonl``, ``<stage>.problems.jsonl`` and ``<stage>.json``.

    What comes out is written as it comes, so that the size of a batch costs no memory.

    Args:
        stage: The stage.
        batch: The batch's folder.
        groups: The files.
        work: See :data:`Work`.

    Raises:
        SourceGoneError: the work says so.
        ArtefactError: what came out can't be written, or the work says so.
    """
    ready(stage)
    clock, so_far = Clock(), SoFar(batch, stage)
    (batch / "index.json").unlink(missing_ok=True)  # a batch that is being redone has not come to its end
    left: list[FileOutcome] = []
    times: list[tuple[float, str]] = []

    def done(group: list[Item[Content]]) -> list[Record]:
        began = time.perf_counter()
        try:
            outcomes = work(group)
        except (SourceGoneError, ArtefactError):
            raise
        except Exception as error:  # noqa: BLE001 - a fault of ours in one file must not stop the others
            if len(group) > 1:
                return [record for item in group for record in done([item])]
            outcomes = [error]
        records: list[Record] = []
        for item, outcome in zip(group, outcomes, strict=True):
            if isinstance(outcome, Exception):
                left.append(_blamed(stage, item.file, outcome))
            else:
                records.append(outcome)
        spent = (time.perf_counter() - began) / (sum(item.size for item in group) or 1)
        times.extend((spent * item.size, item.file.uri) for item in group)
        so_far.tell(len(times))
        return records

    write_records(batch / f"{stage}.jsonl", (record for group in groups for record in done(group)))
    write_records(batch / f"{stage}.problems.jsonl", (asdict(outcome) for outcome in left))
    slowest = [{"seconds": round(spent, 3), "uri": uri} for spent, uri in heapq.nlargest(SLOWEST, times)]
    took = clock.took()
    write_json(batch / f"{stage}.json", {**took, "files": len(times), "slowest": slowest})
    so_far.ended()
    log.info(
        "%s: %s: %d done, %d left out, %.1f s", batch.name, stage, len(times) - len(left), len(left), took["seconds"]
    )


def _blamed(stage: Stage, file: ListedFile, error: Exception) -> FileOutcome:
    """Log why a file could not be taken further, and return its outcome."""
    message = str(error)[:1000]
    if isinstance(error, BadInputError):
        with about(file=file.uri):
            log.info("quarantined: %s: %s", error.reason, error)
        return FileOutcome(file, "quarantined", sha256=error.sha256, stage=stage, reason=error.reason, message=message)
    with about(file=file.uri):
        log.error("%s failed", stage, exc_info=error)
    return FileOutcome(file, "failed", stage=stage, reason=type(error).__name__, message=message)
