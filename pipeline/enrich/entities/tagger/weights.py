"""The weights of the tagger's features, and the file that holds them."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.enrich.entities.tagger.features import OFFSETS
from pipeline.enrich.entities.tagger.labels import LABELS
from pipeline.enrich.entities.tagger.lexicon import DATA
from pipeline.errors import KnowledgeError

Scores = npt.NDArray[np.float32]
WEIGHTS = DATA / "weights.npz"


class Weights(NamedTuple):
    """Weights of one kind of features."""

    rows: dict[str, int]
    """Row of each feature that has weights."""
    table: Scores
    """Shape (features, distances, labels)."""

    def total(self, names: Iterable[str]) -> Scores | None:
        """Return the sum of the features' rows, shape (distances, labels); None if no feature has weights."""
        known = [row for name in names if (row := self.rows.get(name)) is not None]
        if len(known) < 2:
            return self.table[known[0]] if known else None
        total: Scores = np.add.reduce(self.table[known])
        return total


def save(file: Path, weights: dict[str, Weights], transitions: Scores) -> None:
    """Write weights, compactly: only those that are not zero, in half precision."""
    arrays: dict[str, npt.NDArray[np.generic]] = {"labels": _packed(LABELS), "transitions": transitions}
    for kind, (rows, table) in weights.items():
        flat = table.reshape(len(rows), table.shape[1] * table.shape[2])
        places = np.nonzero(flat)
        arrays[f"{kind}.names"] = _packed(rows)
        arrays[f"{kind}.counts"] = np.count_nonzero(flat, axis=1).astype(np.uint8)
        arrays[f"{kind}.columns"] = places[1].astype(np.uint8)
        arrays[f"{kind}.values"] = flat[places].astype(np.float16)
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def load(file: Path = WEIGHTS) -> tuple[dict[str, Weights], Scores]:
    """Return the weights by kind of features and the transitions, from a file that :func:`save` wrote.

    Raises:
        KnowledgeError: the file was made for other labels.
    """
    weights = {}
    with np.load(file) as arrays:
        if _unpacked(arrays["labels"]) != list(LABELS):
            raise KnowledgeError(f"{file.name} was made for other labels; train the tagger again")
        for kind, distances in OFFSETS.items():
            names = _unpacked(arrays[f"{kind}.names"])
            table = np.zeros((len(names), len(distances) * len(LABELS)), dtype=np.float32)
            owners = np.repeat(np.arange(len(names)), arrays[f"{kind}.counts"])
            table[owners, arrays[f"{kind}.columns"]] = arrays[f"{kind}.values"]
            shaped = table.reshape(len(names), len(distances), len(LABELS))
            weights[kind] = Weights({name: row for row, name in enumerate(names)}, shaped)
        return weights, arrays["transitions"]


def _packed(names: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def _unpacked(names: npt.NDArray[np.uint8]) -> list[str]:
    return names.tobytes().decode().split("\n") if len(names) else []
