"""Discovery: compare the listing of a source with the ledger, and freeze the manifest of what is to be done."""

import logging
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from upath import UPath

from pipeline.errors import BadInputError
from pipeline.flow.absence import Absence, find_absent
from pipeline.flow.manifest import Besides, Manifest, Request, Task, freeze, frozen, run_folder
from pipeline.flow.selection import Selection
from pipeline.ledger.files import Known
from pipeline.sources.listing import folder_of, list_files, look_again, source_name
from pipeline.sources.raw import ListedFile
from pipeline.sources.reading import file_sha256

log = logging.getLogger(__name__)

MAX_BATCHES = 1000
"""Batches in a run: below Airflow's ``max_map_length`` of 1,024; a larger source gets larger batches."""

_SPREAD = 4
"""Batches for each core that even a smaller run has, as far as they hold :data:`_LEAST` files each."""
_LEAST = 500

Lookup = Callable[[list[ListedFile]], dict[str, Known]]
Touched = Callable[[list[ListedFile]], None]
Present = Callable[[str, str], dict[str, Known]]


@dataclass(frozen=True, slots=True)
class Care:
    """How discovery guards against what is not as it looks."""

    settle_seconds: float = 0.0
    """A local file that was modified so recently is looked at twice."""
    missing_share: float = 0.5
    """See :func:`~pipeline.flow.absence.find_absent`."""


def discover(
    request: Request,
    artefacts: str,
    lookup: Lookup,
    touched: Touched,
    present: Present = lambda source, root: {},
    care: Care = Care(),
) -> tuple[UPath, Manifest]:
    """Freeze the run's manifest, or return the one that an earlier try froze.

    Args:
        request: what the run was asked to do.
        artefacts: folder or bucket of all runs.
        lookup: returns what the ledger knows of files.
        touched: told of files whose date or place changed but not their bytes, so that they need no hash next time.
        present: returns what the ledger knows of the files that were there when a source was listed last, given its
            name and root; by default nothing, so that nothing is taken for gone.
        care: see :class:`Care`.

    Raises:
        FihristError: the source does not exist or can't be listed.
        ManyMissingError: so much is gone that the source may not be the one it was.
    """
    folder = run_folder(artefacts, request.run_id)
    earlier = frozen(folder)
    if earlier:
        log.info("run %s: manifest was frozen before, with %d files", request.run_id, earlier.listed)
        return folder, earlier
    started_at = datetime.now(UTC)
    source = request.source or source_name(request.path)
    skipped: list[str] = []
    files = {
        file.id: file for file in list_files(request.path, name=source, pattern=request.pattern, skipped=skipped.append)
    }
    selection = Selection(request)
    root = folder_of(request.path)
    held = present(source, root) if root else {}
    known = held | lookup([file for id_, file in files.items() if id_ not in held])
    absence = (
        Absence()
        if selection.is_narrow or not held
        else find_absent(held, files.keys(), skipped, request, care.missing_share)
    )
    todo: list[Task] = []
    unchanged: list[ListedFile] = []
    seen: list[ListedFile] = []
    for id_, file in files.items():
        past = known.get(id_)
        if selection.is_narrow and not selection.takes(past):
            continue
        if past is None or selection.is_due(past):
            todo.append(Task(file, past.attempts if past else 0))
        elif past.looks_like(file):
            unchanged.append(file)
            if past.missing or past.root != file.root:
                seen.append(file)
        elif past.sha256 and _hash(file) == past.sha256:
            unchanged.append(file)
            seen.append(file)
        else:
            todo.append(Task(file))
    settled = list(_settled(todo, care.settle_seconds))
    besides = Besides(
        gone=absence.ids,
        returned=tuple(id_ for id_ in files if (past := known.get(id_)) and past.missing),
        unsettled=len(todo) - len(settled),
        warnings=tuple(_warnings(absence, skipped, len(todo) - len(settled))),
    )
    back = [file for file in seen if known[file.id].missing]
    if others := [file for file in seen if not known[file.id].missing]:
        touched(others)  # before the manifest is frozen: a try that is killed here does it again
    manifest = freeze(
        folder,
        replace(request, batch_size=batch_size(request.batch_size, len(settled))),
        started_at=started_at,
        source=source,
        todo=settled,
        unchanged=unchanged,
        besides=besides,
    )
    if back:
        touched(back)  # only now: else another try would not know any more that they came back
    log.info(
        "run %s: %d files listed, %d unchanged, %d to do in %d batches, %d gone, %d came back",
        request.run_id, manifest.listed, len(unchanged), len(settled), len(manifest.batches),
        len(besides.gone), len(besides.returned),
    )  # fmt: skip
    return folder, manifest


def batch_size(asked: int, files: int, cores: int = os.cpu_count() or 1) -> int:
    """Return the size of batches: as asked, but smaller where few batches would leave cores of this machine idle.

    And larger where there would be more than :data:`MAX_BATCHES`.
    """
    spread = max(_LEAST, -(-files // (_SPREAD * cores)))
    return max(min(asked, spread), -(-files // MAX_BATCHES))


def _settled(todo: list[Task], seconds: float) -> Iterable[Task]:
    """Leave out files that are still being written: fresh ones are looked at again after so many seconds."""
    horizon = datetime.now(UTC) - timedelta(seconds=seconds)
    if seconds and any(task.file.modified_at > horizon for task in todo):
        time.sleep(seconds)
    for task in todo:
        if not seconds or task.file.modified_at <= horizon or look_again(task.file) == task.file:
            yield task
        else:
            log.info("%s is still being written; it is left for the next run", task.file.uri)


def _warnings(absence: Absence, skipped: list[str], unsettled: int) -> Iterable[str]:
    if absence.warning:
        yield absence.warning
    if places := sorted({path.rstrip("/") for path in skipped}):
        yield f"{len(places)} places could not be listed, first {places[0]}: what is there is left as it is"
    if unsettled:
        yield f"{unsettled} files were still being written; the next run does them"


def _hash(file: ListedFile) -> str | None:
    """SHA-256 of the file, or None where it can't be read now: reading it again in its batch says why."""
    try:
        return file_sha256(file)
    except BadInputError:
        return None
