"""The tagger's labels: for each type Begin, Inside, Last and Unit (a name of one word), and O outside."""

from collections.abc import Sequence
from typing import Final, get_args

import numpy as np
import numpy.typing as npt

from pipeline.enrich.mention import EntityType

TYPES: Final[tuple[EntityType, ...]] = get_args(EntityType)
OUTSIDE: Final = "O"
_MEANINGS: Final = [(place, kind) for kind in TYPES for place in "BILU"]
LABELS: Final[tuple[str, ...]] = (OUTSIDE, *(f"{place}-{kind}" for place, kind in _MEANINGS))


def may_follow(before: str, label: str) -> bool:
    """Say whether a label may stand behind another: a name that has begun goes on to its last word."""
    opened, opens = before[0] in "BI", label[0] in "IL"
    return before[2:] == label[2:] if opened and opens else not opened and not opens


def encode(count: int, spans: Sequence[tuple[int, int, EntityType]]) -> list[str]:
    """Return the labels of ``count`` tokens with these spans (first, last exclusive, type), which don't overlap."""
    labels = [OUTSIDE] * count
    for first, last, kind in spans:
        if last - first == 1:
            labels[first] = f"U-{kind}"
            continue
        labels[first:last] = [f"B-{kind}", *[f"I-{kind}"] * (last - first - 2), f"L-{kind}"]
    return labels


def decode(labels: Sequence[int] | npt.NDArray[np.intp]) -> list[tuple[int, int, EntityType]]:
    """Return the spans (first, last exclusive, type) that legal labels hold, given as numbers in ``LABELS``."""
    spans: list[tuple[int, int, EntityType]] = []
    first = 0
    for position in np.flatnonzero(labels).tolist():
        place, kind = _MEANINGS[labels[position] - 1]
        if place in "BU":
            first = position
        if place in "LU":
            spans.append((first, position + 1, kind))
    return spans
