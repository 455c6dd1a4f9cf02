"""The tagger's own knowledge of words: clusters by use, and names from other languages however they are spelled."""

import gzip
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pipeline.arabic import fold
from pipeline.errors import KnowledgeError
from pipeline.knowledge import read_rows

DATA = Path(__file__).parent / "data"
CLUSTERS = DATA / "clusters.tsv.gz"

_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("جغقكخ", "ك"), **dict.fromkeys("طتثد", "ت"), **dict.fromkeys("سزصذظضش", "س"),
        **dict.fromkeys("بفپڤ", "ب"),
        **dict.fromkeys("اويهعء", None),
    }
)  # fmt: skip
_SHORTEST_SKELETON = 3


class Cluster(NamedTuple):
    """A cluster of words that are used alike: features of a word in it, and of one that is in it without clitics."""

    whole: tuple[str, ...]
    """From coarse to fine: ``group0=3``, …"""
    stem: tuple[str, ...]
    """``group0+=3``, …"""
    coarse: str
    """Number of the coarse cluster."""


@cache
def clusters() -> dict[str, Cluster]:
    """Return the clusters of folded words, as ``clusters.py`` made them.

    Raises:
        KnowledgeError: a line holds something else than a word and three numbers.
    """
    table: dict[str, Cluster] = {}
    known: dict[tuple[str, ...], Cluster] = {}
    with gzip.open(CLUSTERS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if line.startswith("#"):
                continue
            word, *ids = line.split()
            if len(ids) != 3 or not all(part.isdigit() for part in ids):
                raise KnowledgeError(f"{CLUSTERS.name}, line {number}: expected a word and three numbers")
            table[word] = known.get(key := tuple(ids)) or known.setdefault(key, _cluster(key))
    return table


def _cluster(ids: tuple[str, ...]) -> Cluster:
    whole, stem = (tuple(f"group{size}{mark}={name}" for size, name in enumerate(ids)) for mark in ("", "+"))
    return Cluster(whole, stem, ids[0])


@cache
def foreign_names() -> frozenset[str]:
    """Return given and family names of other languages in Arabic letters, folded."""
    return frozenset(
        fold(word) for row in read_rows(DATA / "foreign_names.tsv", ("words",)) for word in row["words"].split()
    )


@cache
def foreign_skeletons() -> frozenset[str]:
    """Return the skeletons of all foreign names that are long enough to tell something."""
    return frozenset(bone for name in foreign_names() if len(bone := skeleton(name)) >= _SHORTEST_SKELETON)


def skeleton(folded: str) -> str:
    """Return a word's consonants with those merged that foreign names are spelled with by turns (غ ج ك; ت ط; س ز)."""
    return folded.translate(_SOUNDS)
