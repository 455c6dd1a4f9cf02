"""Geometry of the plots, which templates draw as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.ledger.entry import STATES

WIDTH, HEIGHT = 600.0, 120.0
"""Of a plot, in its own units."""
_GAP = 0.25
"""Between bars, as a share of a bar's room."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that stands for a value."""

    x: float
    y: float
    width: float
    height: float
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars side by side, each a stack of boxes, and the value at the upper edge."""

    columns: tuple[tuple[Box, ...], ...]
    top: float


def plot(columns: Sequence[Sequence[tuple[str, float]]]) -> Plot:
    """Return bars, each a stack of parts with their kinds and values, as high as the highest allows."""
    top = max((sum(value for _, value in parts) for parts in columns), default=0.0)
    room = WIDTH / max(len(columns), 10)
    return Plot(tuple(tuple(_stack(parts, place * room, room, top or 1.0)) for place, parts in enumerate(columns)), top)


def _stack(parts: Sequence[tuple[str, float]], left: float, room: float, top: float) -> list[Box]:
    boxes = []
    floor = HEIGHT
    for kind, value in parts:
        height = HEIGHT * value / top
        if height <= 0:
            continue
        height = max(height, 1.0)  # a single failed file among thousands must be seen
        floor = max(floor - height, 0.0)
        boxes.append(
            Box(round(left + room * _GAP / 2, 2), round(floor, 2), round(room * (1 - _GAP), 2), round(height, 2), kind)
        )
    return boxes


def states(runs: Sequence[dict[str, Any]]) -> Plot:
    """Return each run's files by their state."""
    return plot([[(state, float(run["counts"].get(state) or 0)) for state in STATES] for run in runs])


def durations(runs: Sequence[dict[str, Any]]) -> Plot:
    """Return how long each run took, seconds."""
    return plot([[("seconds", float(run.get("duration_seconds") or 0))] for run in runs])


def throughputs(runs: Sequence[dict[str, Any]]) -> Plot:
    """Return how many files each run did in a second."""
    return plot([[("rate", throughput(run))] for run in runs])


def throughput(run: dict[str, Any]) -> float:
    """Return a run's files per second, those left out that were unchanged: nothing was done to them."""
    done = sum(int(run["counts"].get(state) or 0) for state in STATES if state != "unchanged")
    seconds = float(run.get("duration_seconds") or 0)
    return round(done / seconds, 2) if seconds else 0.0
