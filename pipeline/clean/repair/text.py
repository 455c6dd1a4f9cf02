"""Mend a text that stays, and record what was mended."""

import re
from collections.abc import Callable
from functools import partial

from pipeline.clean.article import Repair
from pipeline.clean.repair import characters, glued
from pipeline.clean.repair.entities import entities
from pipeline.clean.repair.mojibake import mojibake

_REMEMBERED = 300_000
_SHORT = 40
_MOST = 1_000_000
"""Characters in which glued words are looked for: no article is longer."""
_whole: set[str] = set()
"""Runs of letters that are one word, also with the marks beside them. Bounded; every text asks about the same few."""

_WESTERN_OR_RARE = "\u00a1-\u00aa\u00ac-\u00ba\u00bc-\u01ff\u0679-\u06ff\u2020-\u2122"
_BREAKS = "\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_ODD_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_SUSPECT = re.compile(f"[&{_WESTERN_OR_RARE}{_BREAKS}{_ODD_SPACES}{characters.SUSPECT}]")
"""What anything but glued words is seen by: most texts have none of it and need no closer look."""
_BREAK = re.compile(f"\r\n?|[{_BREAKS}]")
_SPACES = re.compile(r" [^\S\n]+|[^\S\n ][^\S\n]*")
"""All but a single plain space."""


def repair(text: str) -> tuple[str, tuple[Repair, ...]]:
    """Mend a text: mojibake, entities, presentation forms, invisible characters, tatweel, glued words, runs of spaces.

    Lines stay lines and vowel marks stay. Nothing is lost: apart from entities and mojibake, which are read anew, the
    letters before and after are the same.

    Returns:
        The mended text, and each distinct change as the word before and after it (runs of spaces are not recorded), in
        the order in which they were made.
    """
    repairs: list[Repair] = []
    if _SUSPECT.search(text):
        text, changes = mojibake(text)
        repairs += [Repair("mojibake", before, after) for before, after in changes.items()]
        text = _BREAK.sub("\n", text)
        text = _mended(text, "entity", entities, repairs)
        text = _mended(text, "presentation-forms", characters.presentation_forms, repairs)
        drop = partial(characters.invisible, other_language=characters.in_other_language(text))
        text = _mended(text, "invisible", drop, repairs)
        text = _mended(text, "tatweel", characters.tatweel, repairs)
        text = _SPACES.sub(" ", text)
    elif "  " in text:
        text = _SPACES.sub(" ", text)
    return _part_glued(text, repairs), tuple(repairs)


def _mended(text: str, kind: str, mend: Callable[[str], str], repairs: list[Repair]) -> str:
    """Apply a mender to a text and record the words that it changed."""
    after = mend(text)
    if after == text:
        return text
    seen: set[tuple[str, str]] = set()
    for word in dict.fromkeys(text.split()):
        changed = mend(word)
        if changed != word and (word, changed) not in seen:
            seen.add((word, changed))
            repairs.append(Repair(kind, word, changed))
    return after


def _part_glued(text: str, repairs: list[Repair]) -> str:
    tokens = {token for token in text[:_MOST].split() if len(token) >= glued.SHORTEST} - _whole
    if not tokens:
        return text
    new = glued.candidates(" ".join(tokens)) - _whole
    parted = {word: " ".join(parts) for word, parts in glued.part_all(new).items()}
    if len(_whole) > _REMEMBERED:
        _whole.clear()
    _whole.update(word for word in (new if parted else new | tokens) - parted.keys() if len(word) <= _SHORT)
    if not parted or characters.in_other_language(text):
        return text

    changes: dict[str, str] = {}

    def replace(found: re.Match[str]) -> str:
        word = found[0]
        if word in parted:
            changes[word] = parted[word]
        return parted.get(word, word)

    text = glued.CANDIDATE.sub(replace, text)
    repairs += [Repair("glued-words", before, after) for before, after in changes.items()]
    return text
