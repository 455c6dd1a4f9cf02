"""Captions of photos: lines marked by a word before them or a credit behind them."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.clean.outlets import known_outlet
from pipeline.clean.words import DATA, folded_words, word_list
from pipeline.knowledge import read_rows

_MOST_WORDS: Final = 60
_CREDIT: Final = re.compile(r"[(\[]\s*([^()\[\]]{1,50})\s*[)\]]\s*\.?$|\s[-–—|/©]\s*([^-–—|()]{1,40})$")
_LATIN_CREDIT: Final = re.compile(
    r"\bPhotos?\b[ :.]*(?:d'archives|d'illustration|credit|by|:|AFP|Reuters|AP\b|DR\b).{0,40}$"
)
_MARKS: Final = " :：.،-–—|/©"


@dataclass(frozen=True, slots=True)
class Caption:
    """A line read as a caption."""

    text: str
    """Without the mark before it; empty where the line is a credit only."""
    reason: str
    by_mark: bool
    """Whether a word before it says so; otherwise only a credit behind it does."""


def read_caption(text: str, count: int) -> Caption | None:
    """Read a line of ``count`` words as a caption, or return None."""
    if count > _MOST_WORDS:
        return None
    prefixes, suffixes = _marks()
    words = folded_words(text, 4)
    for size in (3, 2, 1):
        kind = prefixes.get(tuple(words[:size]))
        if kind is None:
            continue
        rest = _after(text, size)
        if rest is None and not (words[0] in ("camera", "photo", "image") and words[1:2] == ["icon"]):
            continue
        if kind == "prefix-kept":
            return Caption(text, "caption: marked as a photo", True)
        caption = (rest if rest is not None else _glued(text)).strip(_MARKS)
        return Caption(caption if len(caption.split()) >= 4 else "", "caption: marked as a photo", True)
    if glued := _glued(text):
        return Caption(glued.strip(_MARKS), "caption: marked as a photo", True)
    if _LATIN_CREDIT.search(text) and count >= 5:
        return Caption(text, "caption: credit", True)
    match = _CREDIT.search(text)
    if match and count >= 4:
        credit = match.group(1) or match.group(2)
        parts = re.split(r"\s*[-–—/،,|]\s*", credit)
        if any(_is_credit(part, suffixes) for part in parts):
            return Caption(text, f"caption: credit {credit}", False)
    return None


def _is_credit(part: str, suffixes: frozenset[tuple[str, ...]]) -> bool:
    words = tuple(folded_words(part))
    return words in suffixes or bool(known_outlet(part)) or (len(words) > 1 and words[0] in word_list("taken by"))


def _after(text: str, size: int) -> str | None:
    """The text behind the first ``size`` words, where a colon, dash or dot parts them from it."""
    match = re.match(rf"\W*(?:\w+\W+?){{{size - 1}}}\w+\s*[:：.،|/-]\s*", text)
    return text[match.end() :] if match else None


_ICON: Final = re.compile(r"^(?:camera|photo|image)[ _-]?icon\s*", re.IGNORECASE)


def _glued(text: str) -> str:
    match = _ICON.match(text)
    return text[match.end() :] if match else ""


@cache
def _marks() -> tuple[dict[tuple[str, ...], str], frozenset[tuple[str, ...]]]:
    prefixes: dict[tuple[str, ...], str] = {}
    suffixes: set[tuple[str, ...]] = set()
    for row in read_rows(DATA / "captions.tsv", ("phrase", "match")):
        words = tuple(folded_words(row["phrase"]))
        if row["match"] == "suffix":
            suffixes.add(words)
        elif row["match"] in ("prefix", "prefix-kept") and len(words) <= 3:
            prefixes[words] = row["match"]
        else:
            raise row.error(f"match is '{row['match']}', expected prefix, prefix-kept (up to three words) or suffix")
    return prefixes, frozenset(suffixes)
