"""The survey: which lines recur over the files of this source, learned from a sample of the run's files.

What is remembered of a source lives beside the runs' folders, in ``<artefacts>/learned/<source>-<hash>.jsonl``: a
bounded window of sketches (see :mod:`pipeline.clean.repetition`). What this run learned from it is frozen in the run's
own folder, ``repeated.json``, so that a re-run of any step reads the same.
"""

import logging
from collections.abc import Iterable, Iterator
from typing import Final

from upath import UPath

from pipeline.clean.repetition.learn import learn
from pipeline.clean.repetition.repeated import Repeated
from pipeline.clean.repetition.sketch import Sketch, sketch
from pipeline.clean.repetition.window import merge
from pipeline.errors import BadInputError
from pipeline.flow.artefacts import read_json, read_records, write_json, write_records
from pipeline.flow.manifest import Manifest, batch_tasks, file_name
from pipeline.sources.raw import ListedFile, article_id
from pipeline.sources.reading import read_file

log = logging.getLogger(__name__)

SAMPLE: Final = 500
"""Files that are read for the survey, of however many are new."""
_MOST_BYTES: Final = 1024 * 1024
"""Larger files are no articles in a layout, and would cost more than they tell."""


def survey(folder: UPath, manifest: Manifest) -> Repeated:
    """Sample the run's files, add them to what is remembered of their source, and freeze what recurs.

    The files with the smallest ids are the sample: ids are hashes, so this is a random choice and always the same one.
    The store is written before the snapshot; a survey that was killed in between adds the same files again, which
    changes nothing.
    """
    snapshot = folder / "repeated.json"
    if snapshot.exists():
        log.info("run %s: surveyed before", manifest.request.run_id)
        return Repeated.from_record(read_json(snapshot))
    store = _store(folder.parent, manifest.source)
    files = (task.file for name in manifest.batches for task in batch_tasks(folder / name))
    new = list(_sketches(files, manifest.started_at))
    window = merge(_remembered(store), new)
    if new:
        write_records(store, (entry.record() for entry in window))
    repeated = learn(window)
    write_json(snapshot, repeated.record())
    log.info(
        "run %s: %d files surveyed, %d remembered; %d lines recur over the files of %s",
        manifest.request.run_id, len(new), len(window), len(repeated.shares), manifest.source,
    )  # fmt: skip
    return repeated


def surveyed(folder: UPath) -> Repeated | None:
    """Return what the run's survey froze, or None where there was none: a run of an earlier version."""
    snapshot = folder / "repeated.json"
    return Repeated.from_record(read_json(snapshot)) if snapshot.exists() else None


def _store(artefacts: UPath, source: str) -> UPath:
    """Return the file of a source: its name for people, a hash for names that look the same once made safe."""
    return artefacts / "learned" / f"{file_name(source)[:60]}-{article_id(source)[:8]}.jsonl"


def _sketches(files: Iterable[ListedFile], seen_at: str) -> Iterator[Sketch]:
    small = (file for file in files if file.size <= _MOST_BYTES)
    for file in sorted(small, key=lambda file: file.id)[:SAMPLE]:
        try:
            yield sketch(read_file(file), seen_at)
        except BadInputError as error:
            log.info("%s is left out of the survey: %s", file.uri, error.reason)
        except Exception:  # one file of a sample is not worth the night; cleaning it will count what is wrong
            log.exception("%s is left out of the survey", file.uri)


def _remembered(store: UPath) -> list[Sketch]:
    """Return the window of earlier runs; a store that can't be read is learned anew, because the night must go on."""
    if not store.exists():
        return []
    try:
        return [Sketch.from_record(record) for record in read_records(store)]
    except ValueError as error:
        log.warning("%s can't be read (%s); it is learned anew from this run on", store, error)
        return []
