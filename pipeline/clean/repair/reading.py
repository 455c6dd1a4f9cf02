"""Read a run of letters as several words, the most probable way (Viterbi over words and the word before)."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from pipeline.clean.repair.lexicon import CLITICS, UNKNOWN, Lexicon, bare_forms

_LONGEST_PART = 18
_SHORTEST_PART = 3
_SHORTEST_UNPAIRED = 4
_NOT_JOINING = frozenset("اأإآدذرزوؤىءة")
_TANWIN = frozenset("\u064b\u064c\u064d")
_ENDS = frozenset("ةى") | _TANWIN
_SHORTEST_AFTER_LITTLE = 5
_BEFORE_NAME = frozenset("من في عن".split())  # noqa: SIM905
_NEVER_FIRST = frozenset({"بن"})
"""Begins surnames of the Maghreb that are one word (بنسليمان)."""
_LITTLE = frozenset("في من عن لم لن لا ما قد هو هي او ان".split())  # noqa: SIM905

# log10: how often a space is lost where letters join, where they don't, after a letter that can't stand inside a word,
# and inside names: those are what pages link, and a stripped link takes the spaces with it.
_LOST_JOINED = -3.3
_LOST_UNJOINED = -2.8
_LOST_AFTER_END = -1.0
_LOST_IN_NAME = -1.0
_INSTEAD_OF_ARTICLE = -2.0
"""What makes بعضالأسباب rather two words with ال than بعضا لأسباب, and منالاهتمامات than منال اهتمامات."""
_EVERYDAY = -3.3
"""Words above this are common enough to stand beside any other, however short."""


class Letters:
    """The letters of a run, and where spelling says that a word ends."""

    def __init__(self, cells: Sequence[str], folded: str) -> None:
        """Keep the letters as written, each with its marks (``cells``), and folded."""
        self.cells = cells
        self.folded = folded
        last = len(cells) - 1
        self.ends = [False] * len(cells)
        """Nothing follows this letter in a word: a ة, or tanwin (on or before a final alef)."""
        self.may_end = self.ends
        """The same, or a ى, which some write for ي."""
        if not _ENDS.isdisjoint("".join(cells)):
            self.ends = [self._ends_surely(at) for at in range(len(cells))]
            self.may_end = [
                sure or (cell[0] == "ى" and at < last and cells[at + 1][0] != "ء")
                for at, (sure, cell) in enumerate(zip(self.ends, cells, strict=True))
            ]
        self.is_loose = any(self.may_end[:-1])
        """Whether a word surely or perhaps ends inside."""

    def _ends_surely(self, at: int) -> bool:
        cell = self.cells[at]
        if cell[0] == "ة" or (cell[0] in "اى" and at and not _TANWIN.isdisjoint(self.cells[at - 1])):
            return True
        following = self.cells[at + 1][0] if at + 1 < len(self.cells) else ""
        return not _TANWIN.isdisjoint(cell) and not ("\u064b" in cell and following in ("ا", "ى"))

    @property
    def misspelt_as_one(self) -> bool:
        """Whether as one word the run would go on after a letter that ends words."""
        return any(self.ends[:-_SHORTEST_PART])

    def binds(self, start: int, at: int, end: int, known: Lexicon) -> bool:
        """Say whether what stands on both sides of an offset is one name that many write together."""
        if self.may_end[at - 1] or self.cells[at - 1][0] not in _NOT_JOINING:
            return False
        before = bare_forms(self.folded[start:at])
        return self.folded[at:end] in known.closings or not known.openings.isdisjoint(before)

    @cached_property
    def reach(self) -> list[int]:
        """For each letter, the offset after the last one that a word beginning with it may have."""
        reach, last = [0] * len(self.cells), len(self.cells)
        if not self.is_loose:
            return [min(last, at + _LONGEST_PART) for at in range(last)]
        for at in range(len(self.cells) - 1, -1, -1):
            last = at + 1 if self.may_end[at] else last
            reach[at] = min(last, at + _LONGEST_PART)
        return reach


def may_divide(folded: str, known: Lexicon) -> bool:
    """Say whether a run in which spelling ends no word may have a reading at all; most runs have none.

    This asks for less than :func:`read` does, and costs a twentieth of it: each part is a word that may stand there.
    """
    leading, following = _edges(known)
    ends = [len(folded)]
    for end in ends:
        for at in range(end - 2, max(1, end - 1 - _LONGEST_PART), -1):
            part = folded[at:end]
            if part in following or (part[0] in CLITICS and len(part) > _SHORTEST_PART and known.is_common(part)):
                if _may_lead(folded[:at], leading, known):
                    return True
                if at not in ends:
                    ends.append(at)
    return False


@lru_cache(2)
def _edges(known: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that may stand first in a reading, and those that may follow another word."""
    everyday = {word for word, share in known.words.items() if share > _EVERYDAY}
    pairs = {*known.pairs, *known.phrases}
    names = known.names | known.little_names
    leading = names | known.heads | known.leading | _BEFORE_NAME | everyday | {first for first, _ in pairs}
    following = names | {f"و{name}" for name in known.names} | {second for _, second in pairs}
    return leading, following | {word for word in known.common if len(word) >= _SHORTEST_UNPAIRED}


def _may_lead(word: str, leading: frozenset[str], known: Lexicon) -> bool:
    if word in leading:
        return True
    if len(word) < _SHORTEST_UNPAIRED:
        return False
    return known.is_common(word) or (word[0] in CLITICS and not leading.isdisjoint(bare_forms(word)))


def read(letters: Letters, known: Lexicon) -> tuple[float, tuple[int, ...]] | None:
    """Return the best reading in two words or more: its log10 probability and where the later words begin.

    Names that many write together (عبدالله) are left so: none of the later words is the second half of one.
    """
    found = _best(letters, known)
    if found is None:
        return None
    score, cuts = found
    edges = (0, *cuts, len(letters.cells))
    kept = tuple(
        at
        for before, at, after in zip(edges, edges[1:], edges[2:], strict=False)
        if not letters.binds(before, at, after, known)
    )
    return (score, kept) if kept else None


def _best(letters: Letters, known: Lexicon) -> tuple[float, tuple[int, ...]] | None:
    length = len(letters.folded)
    readings: list[dict[str, tuple[float, tuple[int, ...]]]] = [{} for _ in range(length + 1)]
    readings[0][""] = (0.0, ())
    for start in range(length - 1):
        if not readings[start]:
            continue
        for end in range(start + 2, letters.reach[start] + 1):
            if end - start == length:
                continue
            word = letters.folded[start:end]
            alone = _alone(letters, start, end, word, known)
            if alone == UNKNOWN:
                continue
            for before, (score, cuts) in readings[start].items():
                step = _step(letters, start, before, word, alone, known) if before else alone
                if step == UNKNOWN:
                    continue
                total = score + step
                if word not in readings[end] or total > readings[end][word][0]:
                    readings[end][word] = (total, (*cuts, start) if start else cuts)
    return max(readings[length].values(), default=None)


def _alone(letters: Letters, start: int, end: int, word: str, known: Lexicon) -> float:
    """Return log10 of a part's own probability."""
    if word in known.endings:
        return UNKNOWN
    if len(word) < _SHORTEST_PART:
        parted = (start and letters.may_end[start - 1]) or (letters.may_end[end - 1] and end < len(letters.cells))
        little = word in _LITTLE and (parted or (not start and word in _BEFORE_NAME))
        in_name = word in known.little_names and (start or word not in _NEVER_FIRST)
        return known.words.get(word, UNKNOWN) if little or in_name else UNKNOWN
    if not letters.is_loose and word not in known.words and not known.is_common(word):
        return UNKNOWN
    probability = known.word(word)
    if probability > UNKNOWN or len(word) < _SHORTEST_UNPAIRED:
        return probability
    parted = (start and letters.ends[start - 1]) or (letters.ends[end - 1] and end < len(letters.cells))
    return known.spelling(word) if parted else UNKNOWN


def _step(letters: Letters, start: int, before: str, word: str, alone: float, known: Lexicon) -> float:
    """Return log10 of the probability that ``word`` follows ``before`` and that the space between them was lost."""
    following = known.follows(before, word)
    if letters.ends[start - 1]:
        return max(alone, following) + _LOST_AFTER_END
    if letters.may_end[start - 1]:
        sure = following != UNKNOWN or (known.is_common(before) and (known.is_common(word) or word in _LITTLE))
        sure = sure or (known.words.get(before, UNKNOWN) > _EVERYDAY and len(word) >= _SHORTEST_UNPAIRED)
        return max(alone, following) + _LOST_AFTER_END if sure else UNKNOWN
    last = letters.cells[start - 1][0]
    lost = _LOST_UNJOINED if last in _NOT_JOINING else _LOST_JOINED
    if known.in_name(before, word):
        return following + _LOST_IN_NAME
    if min(len(before), len(word)) < _SHORTEST_PART and before not in _BEFORE_NAME:
        return UNKNOWN
    if following == UNKNOWN and not _may_be_neighbours(before, word, known):
        return UNKNOWN
    if last == "ا" and word.startswith("ل") and not word.startswith("لل"):
        lost += _INSTEAD_OF_ARTICLE
    if before.endswith("ال") and not word.startswith("ال"):
        lost += _INSTEAD_OF_ARTICLE
    return max(alone, following) + lost


def _may_be_neighbours(before: str, word: str, known: Lexicon) -> bool:
    """Say whether two words are long and common enough to be parts although they were never seen side by side."""
    if not known.is_common(word) or len(word) < _SHORTEST_UNPAIRED:
        return False
    if len(before) >= _SHORTEST_UNPAIRED:
        return known.is_common(before)
    if not word.startswith("ال") and word not in known.names and before not in known.leading:
        return False
    if before in _BEFORE_NAME:
        return len(word) >= _SHORTEST_AFTER_LITTLE
    return known.words.get(before, UNKNOWN) > _EVERYDAY
