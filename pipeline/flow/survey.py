"""The survey: which lines recur over the files of a source, learned from a sample of the run's files of it.

A nightly run has one source, a rebuild has all. What is remembered of a source lives beside the runs' folders, in
``<artefacts>/learned/<source>-<hash>/<run>.jsonl``: bounded windows of sketches (see :mod:`pipeline.clean.repetition`).
There is one, the last run's, unless runs were at work side by side: each writes its own, made of all that it found, and
then deletes those, so that none is lost; merging them in any order gives the same. What this run learned is frozen in
its own folder, ``repeated.json``, so that a re-run of any step reads the same.
"""

import logging
from bisect import insort
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Final

from upath import UPath

from pipeline.clean.repetition.learn import learn
from pipeline.clean.repetition.repeated import Repeated
from pipeline.clean.repetition.sketch import Sketch, sketch
from pipeline.clean.repetition.window import merge
from pipeline.errors import BadInputError, SourceGoneError
from pipeline.flow.artefacts import read_json, read_records, write_json, write_records
from pipeline.flow.manifest import Manifest, batch_tasks, file_name
from pipeline.sources.raw import ListedFile, article_id
from pipeline.sources.reading import read_file

log = logging.getLogger(__name__)

SAMPLE: Final = 500
"""Files that are read for the survey, of however many are new."""
_MOST_BYTES: Final = 1024 * 1024
"""Larger files are no articles in a layout, and would cost more than they tell."""


def survey(folder: UPath, manifest: Manifest) -> dict[str, Repeated]:
    """Sample the run's files, add them to what is remembered of their source, and freeze what recurs in each source.

    The files with the smallest ids are the sample: ids are hashes, so this is a random choice and always the same one.
    The store is written before the snapshot; a survey that was killed in between adds the same files again, which
    changes nothing.
    """
    earlier = surveyed(folder)
    if earlier is not None:
        log.info("run %s: surveyed before", manifest.request.run_id)
        return earlier
    repeated = {
        source: _learned(_store(folder.parent, source), folder.name, files, manifest.started_at)
        for source, files in _samples(folder, manifest).items()
    }
    write_json(folder / "repeated.json", {source: found.record() for source, found in repeated.items()})
    for source, found in repeated.items():
        log.info("run %s: %d lines recur over the files of %s", manifest.request.run_id, len(found.shares), source)
    return repeated


def surveyed(folder: UPath) -> dict[str, Repeated] | None:
    """Return what the run's survey froze, by source, or None where there was no survey."""
    snapshot = folder / "repeated.json"
    if not snapshot.exists():
        return None
    return {source: Repeated.from_record(record) for source, record in read_json(snapshot).items()}


def _samples(folder: UPath, manifest: Manifest) -> dict[str, list[ListedFile]]:
    """Return the files to read, by source: those with the smallest ids."""
    smallest: dict[str, list[tuple[str, ListedFile]]] = {}
    for name in manifest.batches:
        for task in batch_tasks(folder / name):
            file = task.file
            if file.size <= _MOST_BYTES:
                insort(held := smallest.setdefault(file.source, []), (file.id, file), key=itemgetter(0))
                del held[SAMPLE:]
    return {source: [file for _, file in held] for source, held in smallest.items()}


def _learned(store: UPath, run: str, files: list[ListedFile], seen_at: str) -> Repeated:
    """Add files to what is remembered of their source, and return what recurs in it."""
    new = list(_sketches(files, seen_at))
    windows = _remembered(store)
    window = merge(new, *windows.values())
    if new:
        own = store / f"{run}.jsonl"
        write_records(own, (entry.record() for entry in window))
        for file in windows:
            if file != own:
                file.unlink(missing_ok=True)
    log.info("%d files surveyed, %d remembered in %s", len(new), len(window), store.name)
    return learn(window)


def _store(artefacts: UPath, source: str) -> UPath:
    """Return the folder of a source: its name for people, a hash for names that look the same once made safe."""
    return artefacts / "learned" / f"{file_name(source)[:60]}-{article_id(source)[:8]}"


def _sketches(files: Iterable[ListedFile], seen_at: str) -> Iterator[Sketch]:
    for file in files:
        try:
            yield sketch(read_file(file), seen_at)
        except BadInputError as error:
            log.info("%s is left out of the survey: %s", file.uri, error.reason)
        except SourceGoneError:
            raise
        except Exception:  # one file of a sample is not worth the night; cleaning it will count what is wrong
            log.exception("%s is left out of the survey", file.uri)


def _remembered(store: UPath) -> dict[UPath, list[Sketch]]:
    """Return the windows of earlier runs; one that can't be read is learned anew, because the night must go on."""
    windows: dict[UPath, list[Sketch]] = {}
    while unread := [file for file in _windows(store) if file not in windows]:
        for file in unread:
            try:
                windows[file] = [Sketch.from_record(record) for record in read_records(file)]
            except FileNotFoundError:  # another run has just taken it over into its own, which is found next
                continue
            except ValueError as error:
                log.warning("%s can't be read (%s); it is learned anew from this run on", file, error)
                windows[file] = []
    return windows


def _windows(store: UPath) -> list[UPath]:
    return [file for file in store.iterdir() if file.name.endswith(".jsonl")] if store.exists() else []
