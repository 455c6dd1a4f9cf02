"""Words as the rules see them: folded, without punctuation."""

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Final

from pipeline.arabic import WORD, fold
from pipeline.clean.folding import fold_words
from pipeline.errors import KnowledgeError
from pipeline.knowledge import Row, read_rows
from pipeline.memory import remembered

DATA: Final = Path(__file__).parent / "data"
_SHORT: Final = 2_000
"""Characters: a shorter text is folded and parted at one stroke; a longer one where most of its words are asked for."""
_WORD: Final = 5
_LABEL: Final = 30
"""Characters: names, labels and single words recur, and what they fold to is remembered."""


def folded_words(text: str, most: int = 10_000) -> list[str]:
    """Return the first ``most`` words of a text, folded (see :func:`pipeline.arabic.fold`)."""
    if len(text) <= _LABEL:
        return list(_label_words(text)[:most])
    folded = fold_words(text) if len(text) <= max(_SHORT, most * _WORD) else None
    if folded is None:
        return list(islice(_one_by_one(text), most))
    words = folded.split(None, most)[:most]
    return words if "_" not in folded else [word for word in folded.split() if word != "_"][:most]


@remembered(1 << 16)
def _label_words(text: str) -> tuple[str, ...]:
    return tuple(_one_by_one(text))


def _one_by_one(text: str) -> Iterator[str]:
    return (word for match in WORD.finditer(text) if (word := fold(match[0])) and word != "_")


@cache
def word_list(name: str) -> frozenset[str]:
    """Return the folded words of a list of ``data/word_lists.tsv``."""
    return frozenset(word for phrase in phrase_list(name) for word in phrase)


@cache
def phrase_list(name: str) -> frozenset[tuple[str, ...]]:
    """Return the phrases of a list of ``data/word_lists.tsv``, each as its folded words."""
    rows = _lists().get(name)
    if rows is None:
        raise KnowledgeError(f"word_lists.tsv: there is no list '{name}'")
    return frozenset(tuple(folded_words(phrase)) for row in rows for phrase in row.many("words"))


@cache
def _lists() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in read_rows(DATA / "word_lists.tsv", ("list", "words")):
        found.setdefault(row["list"], []).append(row)
    return found


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


_PARTICLES: Final = {
    "ا": ("ال",), "و": ("وال", "و"), "ب": ("بال", "ب"), "ل": ("لل", "ل"), "ف": ("فال",), "ك": ("كال",),
}  # fmt: skip
"""What is written onto words, by its first letter, the longest first."""


def stems(words: Iterable[str]) -> frozenset[str]:
    """Return the content words among folded words, without article and one-letter particles before them."""
    return frozenset(filter(None, map(_stem, words)))


@remembered(1 << 17)
def _stem(word: str) -> str:
    """Return a word's stem, nothing for one that says nothing about the subject."""
    if len(word) < 3 or word in stopwords() or word.isdigit():
        return ""
    for prefix in _PARTICLES.get(word[0], ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
