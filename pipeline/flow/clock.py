"""The time that a stage takes which a run does once, left in the run's folder for the report."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from upath import UPath

from pipeline.flow.artefacts import read_json, write_json


@contextmanager
def timed(folder: UPath, stage: str) -> Iterator[None]:
    """Add the seconds of the block to those in ``<stage>.json``; a block that raises leaves no trace."""
    started = time.perf_counter()
    yield
    file = folder / f"{stage}.json"
    before = read_json(file)["seconds"] if file.exists() else 0.0
    write_json(file, {"seconds": round(before + time.perf_counter() - started, 3)})
