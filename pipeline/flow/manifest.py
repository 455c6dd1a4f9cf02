"""The manifest: which files a run does, in which batches; frozen once, so that every re-run of a task reads the same.

A run has a folder of its own::

    <artefacts>/<run>/manifest.json            what was asked, what was found
    <artefacts>/<run>/unchanged.jsonl          files that need nothing
    <artefacts>/<run>/repeated.json            lines that recur in this source (see :mod:`pipeline.flow.survey`)
    <artefacts>/<run>/batch-0001/files.jsonl   the files of a batch, then what each step left:
    <artefacts>/<run>/batch-0001/clean.jsonl   clean.json, enrich.jsonl … (see :mod:`pipeline.flow.batch`)
"""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from upath import UPath

from pipeline.flow.artefacts import read_json, read_records, write_json, write_records
from pipeline.sources.raw import ListedFile


@dataclass(frozen=True, slots=True)
class Request:
    """What a run was asked to do."""

    run_id: str
    path: str
    """Folder, file or bucket of raw files."""
    source: str | None = None
    """Name of the source; None: the folder's name."""
    batch_size: int = 500
    retry_quarantined: bool = False
    """Do quarantined files again."""
    force: bool = False
    """Do every file, whatever the ledger knows of it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to do, and what was known of it."""

    file: ListedFile
    attempts: int = 0
    """Earlier attempts that the ledger knows of."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run found: all the files that it answers for."""

    request: Request
    started_at: str
    source: str
    listed: int
    unchanged: int
    batches: tuple[str, ...] = field(default_factory=tuple)
    """Names of the batches' folders."""


def run_folder(artefacts: str, run_id: str) -> UPath:
    """Return the folder of a run."""
    return UPath(artefacts) / file_name(run_id)


def file_name(name: str) -> str:
    """Return a name as a file's; characters that some file systems refuse are replaced."""
    return re.sub(r"[^\w.-]", "_", name)


def freeze(
    folder: UPath, request: Request, *, started_at: datetime, source: str, todo: list[Task], unchanged: list[ListedFile]
) -> Manifest:
    """Write the manifest of a run; its own file last, so that it exists only when all of it does."""
    batches = [
        (f"batch-{number:04}", todo[start : start + request.batch_size])
        for number, start in enumerate(range(0, len(todo), request.batch_size), start=1)
    ]
    for name, tasks in batches:
        write_records(folder / name / "files.jsonl", ({"attempts": t.attempts, **asdict(t.file)} for t in tasks))
    write_records(folder / "unchanged.jsonl", (asdict(file) for file in unchanged))
    manifest = Manifest(
        request=request,
        started_at=started_at.isoformat(),
        source=source,
        listed=len(todo) + len(unchanged),
        unchanged=len(unchanged),
        batches=tuple(name for name, _ in batches),
    )
    write_json(folder / "manifest.json", asdict(manifest))
    return manifest


def frozen(folder: UPath) -> Manifest | None:
    """Return the run's manifest, or None where it is not frozen yet."""
    file = folder / "manifest.json"
    if not file.exists():
        return None
    values = read_json(file)
    return Manifest(**{**values, "request": Request(**values["request"]), "batches": tuple(values["batches"])})


def batch_tasks(batch: UPath) -> Iterator[Task]:
    """Yield the files of a batch."""
    for values in read_records(batch / "files.jsonl"):
        attempts = values.pop("attempts")
        yield Task(listed_file(values), attempts)


def unchanged_files(folder: UPath) -> Iterator[ListedFile]:
    """Yield the run's files that needed nothing."""
    return (listed_file(values) for values in read_records(folder / "unchanged.jsonl"))


def listed_file(values: dict[str, Any]) -> ListedFile:
    """Return the listed file from its JSON values."""
    return ListedFile(**{**values, "modified_at": datetime.fromisoformat(values["modified_at"])})
