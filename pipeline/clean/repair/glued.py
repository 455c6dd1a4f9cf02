"""Part words that run together: الولاياتالمتحدةوروسيا → الولايات المتحدة وروسيا.

Links stripped from a page glue words at any letter; writers glue them after letters that don't join to the next one,
where a missing space hardly shows. Both are found as the most probable reading of the letters (Viterbi over words, with
the probability that a word follows another), against the reading as one word, known or not. Splitting has to win by a
margin: an unread glue costs a search hit, a wrong split spoils a good word. What spelling rules out settles most cases:
ة and tanwin end a word.
"""

import re

from pipeline.arabic import MARKS, fold, strip_marks
from pipeline.clean.repair.lexicon import UNKNOWN, Lexicon, bare_forms, lexicon

SHORTEST = 6
"""Letters of the shortest word that may be two."""
_LONGEST = 60
_LONGEST_PART = 18
_SHORTEST_PART = 3
_SHORTEST_UNPAIRED = 4
CANDIDATE = re.compile(rf"[\u0621-\u063a\u0641-\u064a{MARKS}]{{{SHORTEST},}}")
_CELL = re.compile(rf"[\u0621-\u063a\u0641-\u064a][{MARKS}]*")
_NOT_JOINING = frozenset("اأإآدذرزوؤىءة")
_TANWIN = frozenset("\u064b\u064c\u064d")
_LITTLE = frozenset("في من عن لم لن لا ما قد هو هي او ان".split())  # noqa: SIM905

# log10: how often a space is lost where letters join, where they don't, after a letter that can't stand inside a word,
# and inside names: those are what pages link, and a stripped link takes the spaces with it.
_LOST_JOINED = -3.3
_LOST_UNJOINED = -2.8
_LOST_AFTER_END = -1.0
_LOST_IN_NAME = -1.0
_MARGIN = 0.5
_MISSPELT = -6.0
# log10 probability of a word that the lexicon doesn't know, by its letters; fitted to the words of unseen articles.
_UNKNOWN_WORD = -2.0
_UNKNOWN_LETTER = -0.75


def candidates(text: str) -> set[str]:
    """Return the words of a text that are long enough to be two: runs of Arabic letters and marks."""
    return set(CANDIDATE.findall(text))


def part(word: str) -> tuple[str, ...]:
    """Return the words that a run of Arabic letters holds, mostly just itself."""
    if len(word) > 2 * _LONGEST:
        return (word,)
    return best_parts(word, lexicon())


def best_parts(word: str, known: Lexicon, *, as_unknown: bool = False) -> tuple[str, ...]:
    """Return the most probable parts of a word; with ``as_unknown`` as if the lexicon didn't hold the word itself."""
    cells = _CELL.findall(word)
    if not SHORTEST <= len(cells) <= _LONGEST or "".join(cells) != word:
        return (word,)
    letters = fold(strip_marks(word))
    if not known.joined.isdisjoint(bare_forms(letters)):
        return (word,)
    ends = [_ends_word(cells, at) for at in range(len(cells))]
    found = _read(cells, letters, ends, known)
    if found is None:
        return (word,)
    score, cuts = found
    whole = UNKNOWN if as_unknown else known.word(letters)
    whole = max(whole, _unknown(letters)) + _MISSPELT * any(ends[:-_SHORTEST_PART])
    if score < whole + _MARGIN:
        return (word,)
    return tuple("".join(cells[start:end]) for start, end in zip((0, *cuts), (*cuts, len(cells)), strict=True))


def _ends_word(cells: list[str], at: int) -> bool:
    """Say whether no word of Arabic goes on after this letter: a ة, or tanwin (on or before a final alef)."""
    cell = cells[at]
    if cell[0] == "ة" or (cell[0] in "اى" and at and not _TANWIN.isdisjoint(cells[at - 1])):
        return True
    following = cells[at + 1][0] if at + 1 < len(cells) else ""
    return not _TANWIN.isdisjoint(cell) and not ("\u064b" in cell and following in ("ا", "ى"))


def _read(cells: list[str], letters: str, ends: list[bool], known: Lexicon) -> tuple[float, tuple[int, ...]] | None:
    """Return the best reading in two words or more: its log10 probability and where the later words begin."""
    length = len(letters)
    readings: list[dict[str, tuple[float, tuple[int, ...]]]] = [{} for _ in range(length + 1)]
    readings[0][""] = (0.0, ())
    for start in range(length - 1):
        if not readings[start]:
            continue
        after_end = start > 0 and ends[start - 1]
        for end in range(start + 2, min(start + _LONGEST_PART, length) + 1):
            if end - start == length:
                continue
            word = letters[start:end]
            alone = _alone(word, known, after_end, ends[end - 1] and end < length)
            if alone == UNKNOWN:
                continue
            for before, (score, cuts) in readings[start].items():
                step = alone if not before else _step(before, word, alone, cells[start - 1][0], after_end, known)
                if step == UNKNOWN:
                    continue
                total = score + step
                if word not in readings[end] or total > readings[end][word][0]:
                    readings[end][word] = (total, (*cuts, start) if start else cuts)
    return max(readings[length].values(), default=None)


def _alone(word: str, known: Lexicon, after_end: bool, before_end: bool) -> float:
    """Return log10 of a part's own probability."""
    if len(word) < _SHORTEST_PART:
        return known.words.get(word, UNKNOWN) if after_end and word in _LITTLE else UNKNOWN
    probability = known.word(word)
    if probability == UNKNOWN and (after_end or before_end) and len(word) >= _SHORTEST_UNPAIRED:
        return _unknown(word)
    return probability


def _step(before: str, word: str, alone: float, last: str, after_end: bool, known: Lexicon) -> float:
    """Return log10 of the probability that ``word`` follows ``before`` and that the space between them was lost."""
    following = known.follows(before, word)
    if after_end:
        return max(alone, following) + _LOST_AFTER_END
    if last in _NOT_JOINING:
        if word in known.bound or not known.bound.isdisjoint(bare_forms(before)):
            return UNKNOWN
        lost = _LOST_UNJOINED
    else:
        lost = _LOST_JOINED
    if known.in_name(before, word):
        return following + _LOST_IN_NAME
    if following == UNKNOWN and min(len(before), len(word)) < _SHORTEST_UNPAIRED:
        return UNKNOWN
    return max(alone, following) + lost


def _unknown(word: str) -> float:
    return _UNKNOWN_WORD + _UNKNOWN_LETTER * len(word)
