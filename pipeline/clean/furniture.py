"""What furniture says: phrases of widgets, menus, banners and notices, from ``data/furniture.tsv``."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Final, Literal, cast, get_args

from pipeline.clean.article import REMOVED_KINDS, RemovedKind
from pipeline.clean.words import DATA, folded_words
from pipeline.knowledge import read_rows
from pipeline.memory import remembered

Match = Literal["exact", "prefix", "suffix", "contains"]
Role = Literal["line", "section", "hint"]

_LONGEST: Final = 60
"""A line with more words is no furniture, whatever it says."""
_MOST_WORDS: Final[dict[Match, int]] = {"exact": 1000, "prefix": 10, "suffix": 10, "contains": 16}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that furniture is known by."""

    text: str
    words: tuple[str, ...]
    kind: RemovedKind
    match: Match
    role: Role
    most_words: int


@dataclass(frozen=True, slots=True)
class _Phrases:
    exact: dict[tuple[str, ...], Phrase]
    opening: dict[str, dict[tuple[str, ...], list[Phrase]]]
    """Phrases that a line begins with or contains, by their first word and the second, if any; the longest first."""
    inside: dict[str, dict[tuple[str, ...], list[Phrase]]]
    """Those among them that a line contains."""
    by_last: dict[str, list[Phrase]]
    """Phrases that a line ends with, by their last word."""


def find_phrase(words: Sequence[str], count: int, numbers: bool = True) -> Phrase | None:
    """Return the phrase that a line is furniture by, the most telling one, or None.

    Args:
        words: The line's first words, folded.
        count: How many words the whole line has.
        numbers: Whether there may be numbers among the words.
    """
    if count > _LONGEST or not words:
        return None
    phrases = _load()
    keys = _numbered(words) if numbers else tuple(words)
    count -= len(words) - len(keys)
    if count == len(keys) and (found := phrases.exact.get(keys)):
        return found
    hint: Phrase | None = None
    inside = phrases.inside
    for position in (0, *compress(range(1, len(keys)), map(inside.__contains__, keys[1:]))):
        following = (inside if position else phrases.opening).get(keys[position], {})
        for phrase in following.get(keys[position + 1 : position + 2], []) + following.get((), []):
            if count > phrase.most_words:
                continue
            size = len(phrase.words)
            if size > 1 and keys[position : position + size] != phrase.words:
                continue
            if phrase.role != "hint":
                return phrase
            hint = hint or phrase
    if count == len(keys):
        for phrase in phrases.by_last.get(keys[-1], ()):
            if count <= phrase.most_words and keys[-len(phrase.words) :] == phrase.words:
                return phrase
    return hint


@remembered(1 << 15)
def phrase_of(text: str) -> Phrase | None:
    """Return the phrase that a label or another short text is furniture by, or None."""
    words = folded_words(text)
    return find_phrase(words, len(words))


def _numbered(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words with # for a number; the groups of 1,204 are one."""
    if not any(map(str.isdigit, words)):
        return tuple(words)
    keys: list[str] = []
    for word in words:
        if not word.isdigit():
            keys.append(word)
        elif not keys or keys[-1] != "#":
            keys.append("#")
    return tuple(keys)


@cache
def _load() -> _Phrases:
    loaded = _Phrases({}, {}, {}, {})
    for row in read_rows(DATA / "furniture.tsv", ("phrase", "kind", "match", "role", "words")):
        words = _numbered(folded_words(row["phrase"].replace("{n}", "0")))
        if not words:
            raise row.error(f"the phrase '{row['phrase']}' has no word")
        if row["kind"] not in REMOVED_KINDS:
            raise row.error(f"unknown kind '{row['kind']}', expected one of {', '.join(REMOVED_KINDS)}")
        if row["match"] not in get_args(Match):
            raise row.error(f"unknown match '{row['match']}', expected one of {', '.join(get_args(Match))}")
        if row["role"] not in get_args(Role):
            raise row.error(f"unknown role '{row['role']}', expected one of {', '.join(get_args(Role))}")
        if row["words"] and not row["words"].isdigit():
            raise row.error(f"the most words are '{row['words']}', expected a number")
        match = cast(Match, row["match"])
        most = int(row["words"]) if row["words"] else _MOST_WORDS[match]
        phrase = Phrase(row["phrase"], words, cast(RemovedKind, row["kind"]), match, cast(Role, row["role"]), most)
        if match == "exact":
            loaded.exact.setdefault(words, phrase)
        elif match == "suffix":
            loaded.by_last.setdefault(words[-1], []).append(phrase)
        else:
            for index in (loaded.opening, loaded.inside) if match == "contains" else (loaded.opening,):
                index.setdefault(words[0], {}).setdefault(words[1:2], []).append(phrase)
    following = (found for index in (loaded.opening, loaded.inside) for found in index.values())
    for phrases in (*loaded.by_last.values(), *(listed for found in following for listed in found.values())):
        phrases.sort(key=lambda phrase: len(phrase.words), reverse=True)
    return loaded
