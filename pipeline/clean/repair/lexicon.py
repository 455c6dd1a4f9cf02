"""How likely an Arabic word is, and how likely one word is after another: the knowledge that parts glued words.

Figures are log10 probabilities of folded words (:func:`pipeline.arabic.fold`). They come from counts over running text
(``words.tsv``, ``pairs.tsv``, written by :mod:`pipeline.clean.repair.train`) and from names that every newsroom writes
(``names.tsv``, ``phrases.tsv``, kept by hand).
"""

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from math import log10
from pathlib import Path

from pipeline.arabic import fold
from pipeline.knowledge import read_rows

DATA = Path(__file__).parent / "data"

UNKNOWN = float("-inf")
_AFFIX_COST = 1.0
_ANALYSIS_COST = 0.5
_PHRASE = log10(0.3)
_FLOOR_COUNT = 12
_JOINED_COUNT = 200
_NEW_WORD = -2.0
_RARE_LETTER = -4.5
_COMMON = log10(4 / 1_150_000)

# Clitics and inflections of a word that the counts know in another form, longest first is not needed: all are tried.
_PREFIXES = frozenset(
    "و ف ب ل ك س ا ي ت ن ال وال فال بال كال لل ولل فلل وب ول فب فل وس فس وي وت سي ست وسي وست".split()  # noqa: SIM905
)
_SUFFIXES = frozenset("ه ي ا ت ها هم هن نا كم ني ين ون ان ات تا وا يه وه هما تان تين تها تهم ته يات يين".split())  # noqa: SIM905
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_LONGEST_SUFFIX = max(map(len, _SUFFIXES))
_CLITICS = ("وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "وب", "ول", "وك", "و", "ف", "ب", "ل", "ك")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and word pairs with their figures."""

    words: dict[str, float]
    """Folded word → log10 of its share of running text."""
    stems: dict[str, float]
    """The same, and what is left of words without article or final ه → the greatest log10 share of such a word."""
    pairs: dict[tuple[str, str], float]
    """Two folded words → log10 of the share of the first word's occurrences that the second follows."""
    phrases: frozenset[tuple[str, str]]
    """Neighbours in names of several words."""
    heads: frozenset[str]
    """Folded words that the name of a place commonly follows: جنوب, مدينه, سفاره …"""
    names: frozenset[str]
    """Folded one-word names of places."""
    bound: frozenset[str]
    """Folded first or last parts of names that are rightly written together (عبدالله, نورالدين)."""
    joined: frozenset[str]
    """Folded names that look like two words and are commonly written as one (بوركينافاسو)."""
    endings: frozenset[str]
    """Folded ends of foreign names that are no words of their own after another (فيتش, لاند)."""
    letters: dict[str, float]
    """Two letters and the one after them → log10 of its probability, ``^`` before and ``$`` after a word."""

    def word(self, word: str) -> float:
        """Return log10 of the probability of a folded word, or ``UNKNOWN``."""
        known = self.words.get(word)
        return self._analysed(word) if known is None else known

    def _analysed(self, word: str) -> float:
        """Return log10 of the probability of a word as another form of a known one."""
        best = UNKNOWN
        length = len(word)
        for start in range(min(_LONGEST_PREFIX, length - 3) + 1):
            if start and word[:start] not in _PREFIXES:
                continue
            for end in range(length, max(length - _LONGEST_SUFFIX, start + 3) - 1, -1):
                if (start or end < length) and (end == length or word[end:] in _SUFFIXES):
                    known = self.stems.get(word[start:end])
                    if known is not None:
                        best = max(best, known - _ANALYSIS_COST - _AFFIX_COST * ((start > 0) + (end < length)))
        return best

    def spelling(self, word: str) -> float:
        """Return log10 of the probability of a folded word that is not in the lexicon, by its letters."""
        framed = f"^^{word}$"
        letters = self.letters
        return _NEW_WORD + sum(letters.get(framed[at : at + 3], _RARE_LETTER) for at in range(len(word) + 1))

    def is_common(self, word: str) -> bool:
        """Say whether a folded word, with or without its clitics, was seen often."""
        return any(self.words.get(form, UNKNOWN) > _COMMON for form in bare_forms(word))

    def follows(self, first: str, second: str) -> float:
        """Return log10 of the probability of ``second`` right after ``first``, or ``UNKNOWN`` if nothing is known."""
        if self.in_name(first, second):
            return _PHRASE
        return max(self.pairs.get((form, second), UNKNOWN) for form in bare_forms(first))

    def in_name(self, first: str, second: str) -> bool:
        """Say whether two words are one name, a word and the place it belongs to, or two places joined by "and"."""
        for form in bare_forms(first):
            if (form, second) in self.phrases or (form in self.heads and second in self.names):
                return True
            if form in self.names and second[0] == "و" and second[1:] in self.names:
                return True
        return False


@lru_cache(65_536)
def bare_forms(word: str) -> tuple[str, ...]:
    """Return a folded word, and what it is without its leading clitics (وبالولايات → الولايات)."""
    if word[0] not in "وفبكل":
        return (word,)
    forms = [word]
    for clitic in _CLITICS:
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            rest = word[len(clitic) :]
            forms.append(rest)
            if len(clitic) > 1 and clitic.endswith("ل"):
                forms.append("ال" + rest)
    return tuple(forms)


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
        if len(row["letters"]) != 3 or not -9 < float(row["log10"]) <= 0:
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
    sets: dict[str, set[str]] = {"place": set(), "head": set(), "bound": set(), "joined": set(), "ending": set()}
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
    for word in sets["place"] | sets["head"] | {word for phrase in phrases for word in phrase}:
        counts.setdefault(word, _FLOOR_COUNT)
    total = sum(counts.values())
    shares = {word: log10(count / total) for word, count in counts.items()}
    return Lexicon(
        words=shares,
        stems=_stems(shares),
        pairs=pairs,
        phrases=frozenset(phrases),
        heads=frozenset(sets["head"]),
        names=frozenset(sets["place"]),
        bound=frozenset(sets["bound"]),
        joined=frozenset(sets["joined"]),
        endings=frozenset(sets["ending"]),
        letters=letters,
    )
