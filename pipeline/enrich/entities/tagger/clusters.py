"""Group words by use: ``python -m pipeline.enrich.entities.tagger.clusters TEXT …``.

A text is a file of :mod:`pipeline.enrich.corpus`. Words that stand among the same neighbours get near vectors (positive
pointwise mutual information with the neighbours, its singular vectors: Levy and Goldberg 2014), and k-means on the
sphere cuts them into 50, 200 and 800 groups. A group is a number, so that the tagger can learn of a word that its
corpora lack from others of its group. The same texts give the same groups.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.arabic import fold
from pipeline.enrich.corpus import texts, write_packed
from pipeline.enrich.entities.tagger.lexicon import CLUSTERS

Matrix = npt.NDArray[np.float32]

GROUPS = (50, 200, 800)
_RAREST = 4
_NEIGHBOURS = 2500
"""Most frequent words that are counted as neighbours; one more stands for the edge of a text."""
_DIMENSIONS = 100
_DISTANCES = (-1, 1, -2, 2)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_EDGE, _RARE = -1, -2
_SOURCE = "# Words and their groups by use, coarse to fine; made by clusters.py; sources and licences: README.md here."


def paragraphs(read: Iterable[str]) -> Iterator[list[str]]:
    """Yield the folded tokens of each paragraph of the texts, a number being ``0``."""
    for text in read:
        for paragraph in text.split("\n"):
            yield ["0" if word.isdigit() else word for word in _TOKEN.findall(fold(paragraph))]


def group(paragraphs: Iterable[list[str]]) -> dict[str, tuple[int, ...]]:
    """Return for each word that is not too rare its group at each level of :data:`GROUPS`."""
    read = list(paragraphs)
    counts = Counter(word for paragraph in read for word in paragraph)
    words = [word for word, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if count >= _RAREST]
    numbers = {word: number for number, word in enumerate(words)}
    stream = np.array(
        [number for paragraph in read for number in (_EDGE, *(numbers.get(word, _RARE) for word in paragraph))]
    )
    vectors = _vectors(_information(_count(stream, len(words))))
    levels = [_kmeans(vectors, size) for size in GROUPS]
    return {word: tuple(int(level[number]) for level in levels) for word, number in numbers.items()}


def _count(stream: npt.NDArray[np.int64], words: int) -> Matrix:
    """Return how often each word (row) has each neighbour at each distance (column)."""
    neighbours = min(_NEIGHBOURS, words)
    table = np.zeros((words, len(_DISTANCES) * (neighbours + 1)), dtype=np.float32)
    neighbour = np.where(stream == _EDGE, neighbours, np.where(stream < neighbours, stream, _RARE))
    for place, distance in enumerate(_DISTANCES):
        here, there = (
            (stream[:-distance], neighbour[distance:]) if distance > 0 else (stream[-distance:], neighbour[:distance])
        )
        both = (here >= 0) & (there >= 0)
        np.add.at(table, (here[both], there[both] + place * (neighbours + 1)), 1)
    return table


def _information(table: Matrix) -> Matrix:
    """Return positive pointwise mutual information; neighbours count to the power 3/4, lest rare ones rule."""
    total = table.sum()
    columns = table.sum(axis=0) ** 0.75
    columns *= total / columns.sum()
    expected = table.sum(axis=1, keepdims=True) * columns
    with np.errstate(divide="ignore", invalid="ignore"):
        information: Matrix = np.nan_to_num(np.maximum(np.log(table * total / expected), 0), nan=0.0)
    return information.astype(np.float32)


def _vectors(table: Matrix) -> Matrix:
    """Return unit vectors: left singular vectors by a randomised range finder (Halko, Martinsson, Tropp 2011)."""
    random = np.random.default_rng(0)
    size = min(_DIMENSIONS, *table.shape)
    basis = table @ random.standard_normal((table.shape[1], size + 20), dtype=np.float32)
    for _ in range(4):
        basis = table @ (table.T @ np.linalg.qr(basis)[0])
    basis = np.linalg.qr(basis)[0]
    left, values, _ = np.linalg.svd(basis.T @ table, full_matrices=False)
    vectors: Matrix = (basis @ left)[:, :size] * np.sqrt(values[:size])
    return _unit(vectors)


def _kmeans(vectors: Matrix, size: int, rounds: int = 25) -> npt.NDArray[np.int64]:
    """Return the group of each vector; groups start from some of the more frequent words."""
    starts = np.random.default_rng(1).choice(min(len(vectors), 8000), min(size, len(vectors)), replace=False)
    centres = vectors[starts]
    nearest = np.zeros(len(vectors), dtype=np.int64)
    for _ in range(rounds):
        nearest = (vectors @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, vectors)
        centres = _unit(sums)
    return nearest


def _unit(vectors: Matrix) -> Matrix:
    unit: Matrix = vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9)
    return unit


def save(file: Path, groups: dict[str, tuple[int, ...]]) -> None:
    """Write the groups; the same groups give the same bytes."""
    rows = ("\t".join([word, *map(str, numbers)]) for word, numbers in sorted(groups.items()) if word[0] != "#")
    write_packed(file, chain([_SOURCE], rows))


def main() -> None:
    """Group the words of the files that the command line names."""
    parser = argparse.ArgumentParser(description="Group words by use, for the tagger.")
    parser.add_argument("texts", nargs="+", type=Path, help="JSON lines with the field text, may be gzipped")
    parser.add_argument("--output", type=Path, default=CLUSTERS)
    arguments = parser.parse_args()
    groups = group(paragraphs(texts(arguments.texts)))
    save(arguments.output, groups)
    print(f"{arguments.output}: {len(groups):,} words, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
