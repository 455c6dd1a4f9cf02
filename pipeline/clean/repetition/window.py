"""The window: the newest sketches of a source, as many as fit; the same whatever the order in which they came."""

from collections.abc import Iterable
from typing import Final

from pipeline.clean.repetition.sketch import Sketch

MOST_FILES: Final = 1000
"""Files in a source's window: about a megabyte, five at most."""


def merge(*windows: Iterable[Sketch], most: int = MOST_FILES) -> list[Sketch]:
    """Return the newest sketches of all windows, newest first.

    A file has one place: its newest sketch. So merging is commutative and associative, and merging the same run twice
    is the same as merging it once.
    """
    newest: dict[str, Sketch] = {}
    for window in windows:
        for sketch in window:
            other = newest.get(sketch.id)
            if other is None or _age(other) < _age(sketch):
                newest[sketch.id] = sketch
    return sorted(newest.values(), key=_age, reverse=True)[:most]


def _age(sketch: Sketch) -> tuple[str, str, list[tuple[int, int]]]:
    """What sketches are ordered by: the run, and within it the identity, which is as good as random."""
    return sketch.seen_at, sketch.id, sorted(sketch.lines.items())
