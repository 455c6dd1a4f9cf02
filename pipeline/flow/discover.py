"""Discovery: compare the listing of a source with the ledger, and freeze the manifest of what is to be done."""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from upath import UPath

from pipeline import __version__
from pipeline.errors import BadInputError
from pipeline.flow.manifest import Manifest, Request, Task, freeze, frozen, run_folder
from pipeline.ledger.files import Known
from pipeline.sources.listing import list_files, source_name
from pipeline.sources.raw import ListedFile
from pipeline.sources.reading import file_sha256

log = logging.getLogger(__name__)

MAX_BATCHES = 1000
"""Batches in a run: below Airflow's ``max_map_length`` of 1,024; a larger source gets larger batches."""

Lookup = Callable[[list[ListedFile]], dict[str, Known]]
Touched = Callable[[list[ListedFile]], None]


def discover(request: Request, artefacts: str, lookup: Lookup, touched: Touched) -> tuple[UPath, Manifest]:
    """Freeze the run's manifest, or return the one that an earlier try froze.

    Args:
        request: what the run was asked to do.
        artefacts: folder or bucket of all runs.
        lookup: returns what the ledger knows of files.
        touched: told of files whose date changed but not their bytes, so that they need no hash next time.

    Raises:
        FihristError: the source does not exist or can't be listed.
    """
    folder = run_folder(artefacts, request.run_id)
    earlier = frozen(folder)
    if earlier:
        log.info("run %s: manifest was frozen before, with %d files", request.run_id, earlier.listed)
        return folder, earlier
    started_at = datetime.now(UTC)
    files = list(list_files(request.path, name=request.source))
    known = lookup(files)
    todo: list[Task] = []
    unchanged: list[ListedFile] = []
    redated: list[ListedFile] = []
    for file in files:
        past = known.get(file.id)
        if past is None or _is_due(past, request):
            todo.append(Task(file, past.attempts if past else 0))
        elif past.looks_like(file):
            unchanged.append(file)
        elif past.sha256 and _hash(file) == past.sha256:
            unchanged.append(file)
            redated.append(file)
        else:
            todo.append(Task(file))
    if redated:
        touched(redated)
    batch_size = max(request.batch_size, -(-len(todo) // MAX_BATCHES))
    manifest = freeze(
        folder,
        replace(request, batch_size=batch_size),
        started_at=started_at,
        source=request.source or source_name(request.path),
        todo=todo,
        unchanged=unchanged,
    )
    log.info(
        "run %s: %d files listed, %d unchanged, %d to do in %d batches",
        request.run_id, manifest.listed, len(unchanged), len(todo), len(manifest.batches),
    )  # fmt: skip
    return folder, manifest


def _is_due(past: Known, request: Request) -> bool:
    """Whether a file is done again although its bytes are the same."""
    if past.state == "quarantined":
        return request.force or request.retry_quarantined or past.pipeline_version != __version__
    return request.force or past.state == "failed"


def _hash(file: ListedFile) -> str | None:
    """SHA-256 of the file, or None where it can't be read now: reading it again in its batch says why."""
    try:
        return file_sha256(file)
    except BadInputError:
        return None
