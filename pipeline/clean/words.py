"""Words as the rules see them: folded, without punctuation, each folded once."""

from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from pipeline.arabic import WORD, fold
from pipeline.knowledge import read_rows

DATA: Final = Path(__file__).parent / "data"
_MOST_CACHED: Final = 200_000


class _Folded(dict[str, str]):
    """Words and their folded forms; a bounded cache, because folding letter by letter is slow and words recur."""

    def __missing__(self, word: str) -> str:
        folded = fold(word)
        if len(self) < _MOST_CACHED and len(word) < 40:
            self[word] = folded
        return folded


_folded: Final = _Folded()


def folded_words(text: str, most: int = 10_000) -> list[str]:
    """Return the first ``most`` words of a text, folded (see :func:`pipeline.arabic.fold`); tatweel alone is no word."""
    found = (_folded[match.group()] for match in islice(WORD.finditer(text), most))
    return [word for word in found if word and word != "_"]


@cache
def stopwords() -> frozenset[str]:
    """Return the function words of all languages, folded."""
    rows = read_rows(DATA / "stopwords.tsv", ("language", "words"))
    return frozenset(word for row in rows for word in folded_words(row["words"]))


@cache
def given_names() -> frozenset[str]:
    """Return given names, folded."""
    rows = read_rows(DATA / "given_names.tsv", ("script", "names"))
    return frozenset(word for row in rows for word in folded_words(row["names"]))


_PREFIXES: Final = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ب", "ل")


def stems(words: Iterable[str]) -> set[str]:
    """Return the content words among folded words, without article and one-letter particles before them."""
    known = stopwords()
    return {_stem(word) for word in words if len(word) > 2 and word not in known and not word.isdigit()}


def _stem(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
