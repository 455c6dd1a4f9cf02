"""The manifest: which files a run does, in which batches; frozen once, so that every re-run of a task reads the same.

A run has a folder of its own::

    <artefacts>/<run>/manifest.json            what was asked, what was found
    <artefacts>/<run>/unchanged.jsonl          files that need nothing
    <artefacts>/<run>/missing.json             ids of files that are gone, and of such as came back
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
    batch_size: int = 8000
    """Files in a batch, at most: see :func:`pipeline.flow.discover.batch_size`."""
    retry_quarantined: bool = False
    """Do quarantined files again."""
    force: bool = False
    """Do every file, whatever the ledger knows of it."""
    only_failed: bool = False
    """Do only files that failed (or, with :attr:`only_quarantined`, either)."""
    only_quarantined: bool = False
    older_than: str | None = None
    """Do only files that a version of Fihrist before this one did last."""
    pattern: str | None = None
    """Look only at files whose path below the root matches (``2024/*.txt``; ``*`` also matches ``/``)."""
    prune: bool = False
    """Remove the articles of files that are gone, instead of marking them."""
    accept_missing: bool = False
    """Believe that files are gone, however many they are."""


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
    unsettled: int = 0
    """Files that were still being written, and are left for the next run; :attr:`listed` does not count them."""
    warnings: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Besides:
    """What discovery found besides files to do and unchanged ones."""

    gone: tuple[str, ...] = ()
    """Articles whose files are gone, by id."""
    returned: tuple[str, ...] = ()
    """Articles whose files were gone, and are there again."""
    unsettled: int = 0
    warnings: tuple[str, ...] = ()


def run_folder(artefacts: str, run_id: str) -> UPath:
    """Return the folder of a run."""
    return UPath(artefacts) / file_name(run_id)


def file_name(name: str) -> str:
    """Return a name as a file's; characters that some file systems refuse are replaced."""
    return re.sub(r"[^\w.-]", "_", name)


def freeze(
    folder: UPath,
    request: Request,
    *,
    started_at: datetime,
    source: str,
    todo: list[Task],
    unchanged: list[ListedFile],
    besides: Besides = Besides(),
) -> Manifest:
    """Write the manifest of a run; its own file last, so that it exists only when all of it does."""
    batches = [
        (f"batch-{number:04}", todo[start : start + request.batch_size])
        for number, start in enumerate(range(0, len(todo), request.batch_size), start=1)
    ]
    for name, tasks in batches:
        write_records(folder / name / "files.jsonl", ({"attempts": t.attempts, **record_of(t.file)} for t in tasks))
    write_records(folder / "unchanged.jsonl", map(record_of, unchanged))
    write_json(folder / "missing.json", {"gone": besides.gone, "returned": besides.returned})
    manifest = Manifest(
        request=request,
        started_at=started_at.isoformat(),
        source=source,
        listed=len(todo) + len(unchanged),
        unchanged=len(unchanged),
        batches=tuple(name for name, _ in batches),
        unsettled=besides.unsettled,
        warnings=besides.warnings,
    )
    write_json(folder / "manifest.json", asdict(manifest))
    return manifest


def frozen(folder: UPath) -> Manifest | None:
    """Return the run's manifest, or None where it is not frozen yet."""
    file = folder / "manifest.json"
    if not file.exists():
        return None
    values = read_json(file)
    return Manifest(
        **{
            **values,
            "request": Request(**values["request"]),
            "batches": tuple(values["batches"]),
            "warnings": tuple(values.get("warnings", ())),
        }
    )


def batch_tasks(batch: UPath) -> Iterator[Task]:
    """Yield the files of a batch."""
    for values in read_records(batch / "files.jsonl"):
        attempts = values.pop("attempts")
        yield Task(listed_file(values), attempts)


def unchanged_files(folder: UPath) -> Iterator[ListedFile]:
    """Yield the run's files that needed nothing."""
    return (listed_file(values) for values in read_records(folder / "unchanged.jsonl"))


def record_of(file: ListedFile) -> dict[str, Any]:
    """Return a listed file as JSON values (``asdict`` takes ten times as long, and there may be a million)."""
    return {
        "source": file.source,
        "path": file.path,
        "location": file.location,
        "size": file.size,
        "modified_at": file.modified_at,
    }


def listed_file(values: dict[str, Any]) -> ListedFile:
    """Return the listed file from its JSON values."""
    return ListedFile(**{**values, "modified_at": datetime.fromisoformat(values["modified_at"])})
