"""What a step takes, left in the run's folder: the report adds up the seconds, benchmarks also read the rest."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from upath import UPath

from pipeline.flow.artefacts import read_json, write_json

_PEAK_UNIT = 1024**2 if sys.platform == "darwin" else 1024
"""``ru_maxrss`` in a megabyte (2²⁰ bytes): bytes on macOS, kilobytes on Linux."""


class Clock:
    """Runs from when it is made."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._before = time.process_time()

    def took(self) -> dict[str, float]:
        """Return what has been used since: ``seconds``, and ``cpu_seconds`` of them on the processor.

        ``cpu_before`` is what the process had used by then: to start, to import, to load knowledge. ``peak_mb`` is the
        most memory (resident, 2²⁰ bytes) that the process has had, what it shares with its parent included.
        """
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PEAK_UNIT
        return {
            "seconds": round(time.perf_counter() - self._started, 3),
            "cpu_seconds": round(time.process_time() - self._before, 3),
            "cpu_before": round(self._before, 3),
            "peak_mb": round(peak, 1),
        }


@contextmanager
def timed(folder: UPath, stage: str) -> Iterator[None]:
    """Leave what a stage took that a run does once in ``<stage>.json``; a block that raises leaves no trace.

    What it took when it was done before is added.
    """
    clock = Clock()
    yield
    took = clock.took()
    file = folder / f"{stage}.json"
    if file.exists():
        before = read_json(file)
        took["seconds"] = round(took["seconds"] + before["seconds"], 3)
        took["cpu_seconds"] = round(took["cpu_seconds"] + before["cpu_seconds"], 3)
    write_json(file, took)


class SoFar:
    """Tells those who watch how many files of a batch a stage has done so far: ``<stage>.so-far``, once a second.

    Only on a local disk: in a bucket each telling would cost a request. It may be stale or torn; it decides nothing.
    """

    def __init__(self, batch: UPath, stage: str) -> None:
        self._file = so_far_file(batch, stage)
        self._told = time.monotonic()

    def tell(self, files: int) -> None:
        """Tell it, unless that was done a moment ago."""
        now = time.monotonic()
        if self._file and now - self._told >= 1:
            self._told = now
            self._file.write_text(str(files), encoding="ascii")

    def ended(self) -> None:
        """Tell nothing any more."""
        if self._file:
            self._file.unlink(missing_ok=True)


def so_far_file(batch: UPath, stage: str) -> UPath | None:
    """Return where a stage tells how far it is; None where it does not."""
    return batch / f"{stage}.so-far" if batch.protocol in ("", "file") else None
