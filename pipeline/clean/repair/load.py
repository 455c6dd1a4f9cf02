"""Load the lexicon: counts over running text, and names that every newsroom writes.

The counts (``words.tsv``, ``pairs.tsv``, ``letters.tsv``) are written by :mod:`pipeline.clean.repair.train`; the names
(``names.tsv``, ``phrases.tsv``) are kept by hand.
"""

import re
from functools import cache
from itertools import pairwise
from math import log10
from pathlib import Path

from pipeline.arabic import fold
from pipeline.clean.repair.lexicon import UNKNOWN, Lexicon
from pipeline.knowledge import read_rows

DATA = Path(__file__).parent / "data"

_KINDS = ("place", "head", "opening", "closing", "joined", "ending", "leading")
_LOGARITHM = re.compile(r"-\d(?:\.\d+)?|-?0(?:\.0+)?")
# What the counts say at least of words kept by hand; a word of a phrase alone stays too rare to stand beside any other.
_FLOOR_COUNT = 12
_PHRASE_COUNT = 3
_JOINED_COUNT = 200


@cache
def lexicon() -> Lexicon:
    """Load the lexicon once.

    Raises:
        KnowledgeError: a data file holds a bad row.
    """
    counts: dict[str, int] = {}
    for row in read_rows(DATA / "words.tsv", ("word", "count")):
        if not row["count"].isdigit() or row["word"] in counts:
            raise row.error("a word stands once, with a whole number")
        counts[row["word"]] = int(row["count"])
    pairs: dict[tuple[str, str], int] = {}
    for row in read_rows(DATA / "pairs.tsv", ("first", "second", "count")):
        if not row["count"].isdigit() or row["first"] not in counts:
            raise row.error("a pair has a known first word and a whole number")
        pairs[row["first"], row["second"]] = int(row["count"])
    letters: dict[str, float] = {}
    for row in read_rows(DATA / "letters.tsv", ("letters", "log10")):
        if len(row["letters"]) != 3 or not _LOGARITHM.fullmatch(row["log10"]):
            raise row.error("expected three letters and a logarithm")
        letters[row["letters"]] = float(row["log10"])
    return build(counts, pairs, letters)


def build(word_counts: dict[str, int], pair_counts: dict[tuple[str, str], int], letters: dict[str, float]) -> Lexicon:
    """Make a lexicon of counts and of the names and phrases kept by hand.

    Raises:
        KnowledgeError: ``names.tsv`` or ``phrases.tsv`` holds a bad row.
    """
    counts = dict(word_counts)
    pairs = {pair: log10(count / counts[pair[0]]) for pair, count in pair_counts.items()}
    sets: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    for row in read_rows(DATA / "names.tsv", ("word", "kind")):
        if row["kind"] not in sets or " " in row["word"]:
            raise row.error(f"expected one word and its kind, one of {', '.join(sets)}")
        sets[row["kind"]].add(fold(row["word"]))
    phrases: set[tuple[str, str]] = set()
    for word in sets["joined"]:
        counts[word] = max(counts.get(word, 0), _JOINED_COUNT)
    for row in read_rows(DATA / "phrases.tsv", ("phrase",)):
        words = fold(row["phrase"]).split()
        if len(words) < 2:
            raise row.error("a phrase has at least two words")
        phrases.update(pairwise(words))
    for word in sets["place"] | sets["head"]:
        counts[word] = max(counts.get(word, 0), _FLOOR_COUNT)
    for phrase in phrases:
        for word in phrase:
            counts.setdefault(word, _PHRASE_COUNT)
    total = sum(counts.values())
    shares = {word: log10(count / total) for word, count in counts.items()}
    return Lexicon(
        words=shares,
        stems=_stems(shares),
        pairs=pairs,
        phrases=frozenset(phrases),
        little_names=frozenset(word for phrase in phrases for word in phrase if len(word) == 2),
        heads=frozenset(sets["head"]),
        names=frozenset(sets["place"]),
        openings=frozenset(sets["opening"]),
        closings=frozenset(sets["closing"]),
        joined=frozenset(sets["joined"]),
        leading=frozenset(sets["leading"]),
        endings=frozenset(sets["ending"]),
        letters=letters,
    )


def _stems(words: dict[str, float]) -> dict[str, float]:
    """Return the words also without their article and their final ه (ة), for analysis."""
    stems = dict(words)
    for word, share in words.items():
        for start in {0, 2 * word.startswith("ال")}:
            for end in {len(word), len(word) - word.endswith("ه")}:
                stem = word[start:end]
                if share > stems.get(stem, UNKNOWN):
                    stems[stem] = share
    return stems
