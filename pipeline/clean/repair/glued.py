"""Part words that run together: الولاياتالمتحدةوروسيا → الولايات المتحدة وروسيا.

Links stripped from a page glue words at any letter; writers glue them after letters that don't join to the next one,
where a missing space hardly shows. Both are found as the most probable reading of the letters (Viterbi over words, with
the probability that a word follows another), against the reading as one word, known or not. Splitting has to win by a
margin: an unread glue costs a search hit, a wrong split spoils a good word. What spelling rules out settles most cases:
ة and tanwin end a word.
"""

import re
from collections.abc import Iterable

from pipeline.arabic import MARKS, fold
from pipeline.clean.repair.lexicon import SURE, UNKNOWN, Lexicon, bare_forms
from pipeline.clean.repair.load import lexicon
from pipeline.clean.repair.reading import Letters, may_divide, read

SHORTEST = 6
"""Letters of the shortest word that may be two."""
_LONGEST = 45
_LETTER = rf"[\u0621-\u063a\u0641-\u064a{MARKS}]"
CANDIDATE = re.compile(f"{_LETTER}{_LETTER}{{{SHORTEST - 1},}}")
"""A run of Arabic letters and marks that is long enough to be two words."""
_ENDED_INSIDE = re.compile("(?<![^ ])[^ ]*[\u064b-\u064dةى][^ ]+")
"""A run with a letter or mark inside at which words end."""
_CELL = re.compile(rf"[\u0621-\u063a\u0641-\u064a][{MARKS}]*")

# log10
_MARGIN = 1.0
_MISSPELT = -6.0


def candidates(text: str) -> set[str]:
    """Return the words of a text that are long enough to be two."""
    return set(CANDIDATE.findall(text))


def part(word: str) -> tuple[str, ...]:
    """Return the words that a run of Arabic letters holds, mostly just itself."""
    return part_all((word,)).get(word, (word,))


def part_all(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the runs of Arabic letters that hold several words, and these; most runs hold just one.

    All are looked at together: a file's words are many, and to fold them at once costs a third.
    """
    known = lexicon()
    runs = [word for word in words if len(word) <= 2 * _LONGEST]
    if not runs:
        return {}
    joined = " ".join(runs)
    ended = set(_ENDED_INSIDE.findall(joined))
    parted: dict[str, tuple[str, ...]] = {}
    for run, folded in zip(runs, fold(joined).split(" "), strict=True):
        if run not in ended and (folded in known.sure or not may_divide(folded, known)):
            continue
        parts = best_parts(run, folded, known)
        if len(parts) > 1:
            parted[run] = parts
    return parted


def best_parts(word: str, folded: str, known: Lexicon, *, as_unknown: bool = False) -> tuple[str, ...]:
    """Return the most probable parts of a word; with ``as_unknown`` as if the lexicon didn't hold the word itself."""
    cells = list(word) if word.isalpha() else _CELL.findall(word)
    if not SHORTEST <= len(cells) <= _LONGEST or len(folded) != len(cells) or len("".join(cells)) != len(word):
        return (word,)
    if not known.joined.isdisjoint(bare_forms(folded)):
        return (word,)
    letters = Letters(cells, folded)
    found = read(letters, known)
    if found is None:
        return (word,)
    score, cuts = found
    whole = max(UNKNOWN if as_unknown else known.word(folded), known.spelling(folded))
    whole += _MISSPELT * letters.misspelt_as_one
    if whole > SURE or score < whole + _MARGIN:
        return (word,)
    return tuple("".join(cells[start:end]) for start, end in zip((0, *cuts), (*cuts, len(cells)), strict=True))
