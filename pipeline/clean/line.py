"""What a single line shows of itself: its words, its punctuation, the phrases it holds; nothing of its neighbours."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.clean.captions import has_owner
from pipeline.clean.furniture import Phrase, find_phrase
from pipeline.clean.words import DATA, folded_words, stopwords
from pipeline.knowledge import read_rows

_MOST_WORDS: Final = 48
"""Evidence is taken from so many first words, so that a line of any length costs about the same."""
_MOST_CHARACTERS: Final = 500
_SHORT: Final = 200
_RIGHTS: Final = Phrase("©", ("©",), "copyright", "contains", "line", 30)
"""The sign alone says what the line is, in any language."""
_ALSO: Final = Phrase("… also:", ("also",), "related", "prefix", "line", 30)
"""A label of up to four words with an "also" before its colon, and a headline: a link, whatever the label's words."""
_LABEL_ENDS: Final = (":", "..", "…", "<<", "»")
_ALSO_LABEL: Final = re.compile(
    r"\W*(?:\w+\W+){0,3}(?:[اأ]يض[اً]*|also|aussi|également|همچنین|بھی|هەروەها)\s*(?:\w+\s*)?(?::|\.\.|…|<<|»)\s*\w",
    re.IGNORECASE,
)
_CLOSERS: Final = "\"'»”’)]}›*،, \u200f\u200e\u202c"
_SENTENCE_ENDS: Final = ".!?؟۔…"
_INNER_END: Final = re.compile(r"[.!?؟۔](?<!\..)(?=[\"'»”)]*\s+[\"«“(]*[^\W\d])")
_LINKS: Final = re.compile(r"^(?:https?://|www\.)\S+$|^\S+@\S+\.\w+$|^@\w+$|^#\S+$")
_SEPARATOR: Final = re.compile(r"[|»›>/•·]")
_ARROWS: Final = re.compile(r"\s[|»›>/•·]\s|^[|»›>•·]|[|»›>]$")
_CREDIT: Final = re.compile(r"\s*[(\[][^()\[\]]{1,40}[)\]]\s*$")


@dataclass(slots=True)
class Line:
    """Evidence of one line alone; not frozen because a file has many (see ``Block``)."""

    words: tuple[str, ...]
    """Its first words, folded, at most 48."""
    count: int
    """All its words, counted by spaces where it is longer than that."""
    ends: str
    """``sentence``, ``ellipsis``, ``colon`` or ``open`` (anything else)."""
    commas: int
    sentences: int
    """Ends of sentences before its own end, in its first 500 characters."""
    stop_share: float
    """Share of function words among :attr:`words`."""
    digit_share: float
    opener: float
    """How surely a sentence of prose opens with its first words, 0 to 4.5 (``data/openers.tsv``)."""
    is_link: bool
    """Nothing but an address, a mail address, a user or a hashtag."""
    has_arrows: bool
    """Separators of menus and breadcrumbs."""
    phrase: Phrase | None


def read_line(text: str) -> Line:
    """Return what a line shows of itself."""
    start = text[:_MOST_CHARACTERS]
    words = tuple(folded_words(start, _MOST_WORDS))
    whole = len(words) < _MOST_WORDS and len(text) <= _MOST_CHARACTERS
    count = len(words) if whole else text.count(" ") + 1
    size = len(words) or 1
    numbers = sum(map(str.isdigit, words))
    short = len(text) < _SHORT
    return Line(
        words,
        count,
        _ends(text[-80:]),
        start.count("،") + start.count(",") + start.count("؛"),
        len(_INNER_END.findall(start)),
        sum(map(stopwords().__contains__, words)) / size,
        numbers / size,
        opener(words),
        short and " " not in text and bool(_LINKS.match(text)),
        short and bool(_SEPARATOR.search(text)) and bool(_ARROWS.search(text)),
        _find_phrase(start, words, count, numbers > 0),
    )


def _find_phrase(text: str, words: tuple[str, ...], count: int, numbers: bool) -> Phrase | None:
    if "©" in text and count <= _RIGHTS.most_words and not has_owner(text):
        return _RIGHTS
    found = find_phrase(words, count, numbers)
    if found is None and count <= _ALSO.most_words and any(mark in text for mark in _LABEL_ENDS):
        return _ALSO if _ALSO_LABEL.match(text) else None
    return found


def _ends(tail: str) -> str:
    bare = tail.rstrip(_CLOSERS)
    if bare[-1:] not in _SENTENCE_ENDS:
        tail = tail.rstrip()
        bare = (_CREDIT.sub("", tail) if tail.endswith((")", "]")) else tail).rstrip(_CLOSERS)
    if bare.endswith(("..", "…")):
        return "ellipsis"
    last = bare[-1:]
    if last and last in _SENTENCE_ENDS:
        return "sentence"
    return "colon" if last == ":" else "open"


def opener(words: Sequence[str]) -> float:
    """Return how surely a sentence of prose opens with these (folded) words, 0 to 4.5; the longest phrase decides."""
    for phrase, weight in openers().get(words[0], ()) if words else ():
        if phrase == tuple(words[: len(phrase)]):
            return weight
    return 0.0


@cache
def openers() -> dict[str, list[tuple[tuple[str, ...], float]]]:
    """Return phrases that open sentences and their weights, by the first word, the longest first."""
    found: dict[tuple[str, ...], float] = {}
    for row in read_rows(DATA / "openers.tsv", ("phrase", "weight")):
        words = tuple(folded_words(row["phrase"]))
        try:
            weight = float(row["weight"])
        except ValueError:
            raise row.error(f"the weight is '{row['weight']}', expected a number") from None
        if not 1 <= len(words) <= 3:
            raise row.error("a phrase has one to three words")
        found.setdefault(words, weight)
    phrases: dict[str, list[tuple[tuple[str, ...], float]]] = {}
    for phrase in sorted(found, key=len, reverse=True):
        phrases.setdefault(phrase[0], []).append((phrase, found[phrase]))
    return phrases
