"""Names of outlets, and the lines by which a page names its own."""

import re
from functools import cache
from typing import Final

from pipeline.clean.words import DATA, folded_words, phrase_list, word_list
from pipeline.knowledge import read_rows
from pipeline.memory import remembered

_MARKS: Final = " .:-–—ـ،,؛*|/•\"'«»()[]“”\u200f\u200e"


@remembered(1 << 14)
def known_outlet(text: str) -> str | None:
    """Return an outlet's name as the text writes it, where the text is nothing but a known name."""
    bare = text.strip(_MARKS)
    words = folded_words(bare)
    if not words or len(words) > 6:
        return None
    if tuple(words) in _names():
        return bare
    if words[0] in word_list("outlet kinds") and tuple(words[1:]) in _names():
        return " ".join(bare.split()[1:]).strip(_MARKS)
    return None


@remembered(1 << 14)
def called_outlet(text: str) -> str | None:
    """Return a name that says itself that it is an outlet's: by its first word (بوابة …) or its last (… نيوز)."""
    bare = text.strip(_MARKS)
    words = folded_words(bare)
    if not 2 <= len(words) <= 4:
        return None
    return bare if words[0] in word_list("outlet kinds") or words[-1] in word_list("outlet endings") else None


def is_place_too(name: str) -> bool:
    """Tell whether an outlet's name is also a city's, so that it says little by itself (الرياض, القدس)."""
    return tuple(folded_words(name)) in phrase_list("outlets that are places")


_SPOKEN: Final = re.compile(r"[\"«“(]\s*([^\"«»“”()]{2,40}?)\s*[\"»”)]")


def named_in(text: str) -> str | None:
    """Return the first outlet that a text names in quotes or brackets, or at its very end."""
    for match in _SPOKEN.finditer(text):
        if found := known_outlet(match.group(1)):
            return found
    tokens = text.strip(_MARKS).split()
    for size in (4, 3, 2, 1):
        if size < len(tokens) and (found := known_outlet(" ".join(tokens[-size:]))):
            return found
    return None


@cache
def _names() -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for row in read_rows(DATA / "outlets.tsv", ("country", "names")):
        if len(row["country"]) != 2:
            raise row.error(f"the country is '{row['country']}', expected two letters of ISO 3166-1 or XX")
        for name in row.many("names"):
            words = tuple(folded_words(name))
            if not words:
                raise row.error(f"the name '{name}' has no word")
            found.add(words)
    return frozenset(found)
