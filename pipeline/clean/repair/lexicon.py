"""How likely an Arabic word is, and how likely one word is after another: the knowledge that parts glued words.

Figures are log10 probabilities of folded words (:func:`pipeline.arabic.fold`).
"""

from dataclasses import dataclass
from functools import cached_property
from math import log10

from pipeline.memory import remembered

UNKNOWN = float("-inf")
_AFFIX_COST = 1.0
_ANALYSIS_COST = 0.5
_PHRASE = log10(0.3)
_NEW_WORD = -2.0
_RARE_LETTER = -4.5
_COMMON = log10(4 / 1_150_000)
SURE = -5.2
"""No two words glued are as probable as a word above this."""

# Clitics and inflections of a word that the counts know in another form.
_PREFIXES = frozenset(
    "و ف ب ل ك س ا ي ت ن ال وال فال بال كال لل ولل فلل وب ول فب فل وس فس وي وت سي ست وسي وست".split()  # noqa: SIM905
)
_SUFFIXES = frozenset("ه ي ا ت ها هم هن نا كم ني ين ون ان ات تا وا يه وه هما تان تين تها تهم ته يات يين".split())  # noqa: SIM905
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_LONGEST_SUFFIX = max(map(len, _SUFFIXES))
CLITICS = {
    "و": ("وبال", "وال", "ولل", "وب", "ول", "وك", "و"),
    "ف": ("فال", "ف"),
    "ب": ("بال", "ب"),
    "ل": ("لل", "ل"),
    "ك": ("كال", "ك"),
}
"""Letters that may be a word of their own before another, and the clitics that begin with each."""


@dataclass(frozen=True, eq=False)
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
    little_names: frozenset[str]
    """Words of two letters in such names (تل أبيب)."""
    heads: frozenset[str]
    """Folded words that the name of a place commonly follows: جنوب, مدينه, سفاره …"""
    names: frozenset[str]
    """Folded one-word names of places."""
    openings: frozenset[str]
    """Folded first parts of names that are rightly written together (عبدالله, أبوبكر)."""
    closings: frozenset[str]
    """Folded last parts of such names (نورالدين)."""
    joined: frozenset[str]
    """Folded names that look like two words and are commonly written as one (بوركينافاسو)."""
    leading: frozenset[str]
    """Folded words of three letters that any word may follow and no other word begins with (هذا, كما)."""
    endings: frozenset[str]
    """Folded ends of foreign names that are no words of their own after another (فيتش, لاند)."""
    letters: dict[str, float]
    """Two letters and the one after them → log10 of its probability, ``^`` before and ``$`` after a word."""

    @cached_property
    def common(self) -> frozenset[str]:
        """The folded words that were seen often."""
        return frozenset(word for word, share in self.words.items() if share > _COMMON)

    @cached_property
    def sure(self) -> frozenset[str]:
        """The folded words that are surely one."""
        return frozenset(word for word, share in self.words.items() if share > SURE)

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
        return word in self.common or (word[0] in CLITICS and not self.common.isdisjoint(bare_forms(word)))

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


@remembered(1 << 16)
def bare_forms(word: str) -> tuple[str, ...]:
    """Return a folded word, and what it is without its leading clitics (وبالولايات → الولايات)."""
    forms = [word]
    for clitic in CLITICS.get(word[0], ()):
        if word.startswith(clitic) and len(word) - len(clitic) >= 3:
            rest = word[len(clitic) :]
            forms.append(rest)
            if len(clitic) > 1 and clitic.endswith("ل"):
                forms.append("ال" + rest)
    return tuple(forms)
