"""Part words that run together: الولاياتالمتحدةوروسيا → الولايات المتحدة وروسيا.

Links stripped from a page glue words at any letter; writers glue them after letters that don't join to the next one,
where a missing space hardly shows. Both are found as the most probable reading of the letters (Viterbi over words, with
the probability that a word follows another), against the reading as one word, known or not. Splitting has to win by a
margin: an unread glue costs a search hit, a wrong split spoils a good word. What spelling rules out settles most cases:
ة and tanwin end a word.
"""

import re

from pipeline.arabic import MARKS, fold
from pipeline.clean.repair.lexicon import UNKNOWN, Lexicon, bare_forms
from pipeline.clean.repair.load import lexicon
from pipeline.clean.repair.reading import Letters, may_divide, read

SHORTEST = 6
"""Letters of the shortest word that may be two."""
_LONGEST = 45
_LETTER = rf"[\u0621-\u063a\u0641-\u064a{MARKS}]"
CANDIDATE = re.compile(f"{_LETTER}{_LETTER}{{{SHORTEST - 1},}}")
"""A run of Arabic letters and marks that is long enough to be two words."""
_END_INSIDE = re.compile("[\u064b-\u064dةى].")
_CELL = re.compile(rf"[\u0621-\u063a\u0641-\u064a][{MARKS}]*")

# log10
_MARGIN = 1.0
_MISSPELT = -6.0
_SURE = -5.2
"""No two words glued are as probable as a word above this."""


def candidates(text: str) -> set[str]:
    """Return the words of a text that are long enough to be two."""
    return set(CANDIDATE.findall(text))


def part(word: str) -> tuple[str, ...]:
    """Return the words that a run of Arabic letters holds, mostly just itself."""
    if len(word) > 2 * _LONGEST:
        return (word,)
    return best_parts(word, lexicon())


def best_parts(word: str, known: Lexicon, *, as_unknown: bool = False) -> tuple[str, ...]:
    """Return the most probable parts of a word; with ``as_unknown`` as if the lexicon didn't hold the word itself."""
    folded = fold(word)
    if not _END_INSIDE.search(word) and (
        (known.words.get(folded, UNKNOWN) > _SURE and not as_unknown) or not may_divide(folded, known)
    ):
        return (word,)
    cells = list(word) if word.isalpha() else _CELL.findall(word)
    if not SHORTEST <= len(cells) <= _LONGEST or len(folded) != len(cells) or len("".join(cells)) != len(word):
        return (word,)
    if not known.joined.isdisjoint(bare_forms(folded)):
        return (word,)
    letters = Letters(cells, folded)
    whole = max(UNKNOWN if as_unknown else known.word(folded), known.spelling(folded))
    whole += _MISSPELT * letters.misspelt_as_one
    if whole > _SURE or (found := read(letters, known)) is None:
        return (word,)
    score, cuts = found
    if score < whole + _MARGIN:
        return (word,)
    return tuple("".join(cells[start:end]) for start, end in zip((0, *cuts), (*cuts, len(cells)), strict=True))
