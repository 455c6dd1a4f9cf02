"""Weights of features that combine values of several words, as tables that numbers of the values index."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.enrich.entities.tagger.weights import Scores, Weights

Numbers = npt.NDArray[np.intp]
Axis = Mapping[str, int]
"""Numbers of the values that have weights, from 1; 0 stands for any other."""


def number(weights: Mapping[str, Weights], combinations: Sequence[tuple[str, str, tuple[str, ...]]]) -> dict[str, Axis]:
    """Return for each sort of values (role, group, …) the numbers of those that some feature with weights has.

    Args:
        weights: Weights by kind of features.
        combinations: As in :data:`~pipeline.enrich.entities.tagger.features.COMBINATIONS`.
    """
    # The sign | is a value too, which splitting hides.
    values = {axis: {"|"} for _, _, axes in combinations for axis in axes}
    for kind, family, axes in combinations:
        for name in weights[kind].rows:
            parts = name.removeprefix(f"{family}=").split("|")
            if name.startswith(f"{family}=") and len(parts) == len(axes):
                for axis, part in zip(axes, parts, strict=True):
                    values[axis].add(part)
    return {axis: {value: at for at, value in enumerate(sorted(found), start=1)} for axis, found in values.items()}


class Grid:
    """The weights of one family of combined features: ``roles=title|given``.

    Args:
        weights: Weights of the kind of features that the family belongs to.
        family: What its names begin with, before ``=``.
        axes: The numbers of each of the combined values.
    """

    def __init__(self, weights: Weights, family: str, axes: Sequence[Axis]) -> None:
        self._index: Numbers = np.zeros([len(axis) + 1 for axis in axes], dtype=np.intp)
        self._table: Scores = np.concatenate([np.zeros_like(weights.table[:1]), weights.table])
        for name, row in weights.rows.items():
            if name.startswith(f"{family}="):
                for place in _places(name.removeprefix(f"{family}="), axes):
                    self._index[place] = 1 + row

    def at(self, *numbers: Numbers) -> Scores:
        """Return the weights for arrays of numbers, one an axis: shape (combinations, distances, labels)."""
        found: Scores = self._table[self._index[numbers]]
        return found


def _places(text: str, axes: Sequence[Axis]) -> Iterator[tuple[int, ...]]:
    """Yield the numbers of the values that a name combines, in all ways to read it: ``|`` parts them, and is a sign."""
    if len(axes) == 1:
        if text in axes[0]:
            yield (axes[0][text],)
        return
    for at, letter in enumerate(text):
        if letter == "|" and text[:at] in axes[0]:
            yield from ((axes[0][text[:at]], *rest) for rest in _places(text[at + 1 :], axes[1:]))
