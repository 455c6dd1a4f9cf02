"""Captions of photos: lines marked by a word before them or a credit behind them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.clean.names import is_name
from pipeline.clean.outlets import called_outlet, known_outlet
from pipeline.clean.words import DATA, folded_words, stopwords, word_list
from pipeline.knowledge import read_rows

_MOST_WORDS: Final = 60
_CREDIT: Final = re.compile(
    r"[(\[\s](?:(?<!\s)\s*([^()\[\]]{1,50})\s*[)\]]\s*\.?$|(?<=\s)[-–—|/©]\s*([^-–—|()]{1,40})$)"
)
"""Begins with a set of characters, so that it is searched for fast."""
_LATIN_CREDIT: Final = re.compile(
    r"\bPhotos?\b[ :.]*(?:d'archives|d'illustration|credit|by|:|AFP|Reuters|AP\b|DR\b).{0,40}$"
)
_OWNED: Final = re.compile(r"^(.{12,}?)\s*©\s*([^©\d]{2,40})$")
_TAKEN_FROM: Final = re.compile(
    r"(?:صورة من|صورة عن|المصدر|مصدر الصورة|تصوير|عدسة|Quelle|Source|Credit|Crédit|Bild)\s*:\s*[^:]{2,70}$",
    re.IGNORECASE,
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


def read_caption(text: str, words: Sequence[str], count: int) -> Caption | None:
    """Read a line as a caption, or return None.

    Args:
        text: The line.
        words: Its first words, folded.
        count: How many words it has.
    """
    if count > _MOST_WORDS:
        return None
    prefixes, suffixes = _marks()
    for size in (3, 2, 1):
        kind = prefixes.get(tuple(words[:size]))
        if kind is None:
            continue
        rest = _after(text, size)
        if rest is None and not (words[0] in ("camera", "photo", "image") and "icon" in words[1:2]):
            continue
        if kind == "credit":
            return Caption("", "caption: a photo's credit", True)
        if kind == "prefix-kept":
            return Caption(text, "caption: marked as a photo", True)
        caption = (rest if rest is not None else _glued(text)).strip(_MARKS)
        return Caption(caption if len(caption.split()) >= 4 else "", "caption: marked as a photo", True)
    if glued := _glued(text):
        return Caption(glued.strip(_MARKS), "caption: marked as a photo", True)
    if count >= 5 and "Photo" in text and _LATIN_CREDIT.search(text):
        return Caption(text, "caption: credit", True)
    if has_owner(text):
        return Caption(text, "caption: owner of the photo", False)
    taken = _TAKEN_FROM.search(text) if ":" in text else None
    if taken and taken.start() > 12:
        return Caption(text, "caption: photographer", True)
    match = _CREDIT.search(text) if count >= 4 else None
    if match:
        credit = match.group(1) or match.group(2)
        parts = re.split(r"\s*[-–—/،,|]\s*", credit)
        if any(_is_credit(part, suffixes) for part in parts) or (match.group(1) and is_name(credit)):
            return Caption(text, f"caption: credit {credit}", False)
    return None


def has_owner(text: str) -> bool:
    """Whether a text ends in © and a name, as captions do; a copyright notice speaks of rights or a year."""
    match = _OWNED.match(text) if "©" in text else None
    return match is not None and word_list("rights").isdisjoint(folded_words(text)) and len(match.group(1).split()) >= 3


def is_pictured(words: Sequence[str]) -> bool:
    """Whether (folded) words read like a photo's description and not like a deck.

    It says "during", "moment", "side of", or begins with a noun without article and what it does: عامل يقطع الصابون.
    """
    if not word_list("pictured").isdisjoint(words) or not word_list("pictured acts").isdisjoint(words[1:4]):
        return True
    if len(words) < 3 or words[0].startswith("ال") or words[0][0] in "يت" or words[0] in stopwords():
        return False
    feminine = words[0].endswith(("ه", "ات"))
    acts = any(_acts(word, feminine) for word in words[1 : 3 if not words[1].startswith("ال") else 2])
    return acts or not word_list("where").isdisjoint(words[1:4])


def _acts(word: str, feminine: bool) -> bool:
    """Whether a folded word reads like a verb in the present, of which a noun without article is the subject."""
    shaped = len(word) >= 4 and not word.endswith(("ه", "ي")) and word not in word_list("no verbs")
    return shaped and (word[0] == "ي" or (feminine and word[0] == "ت"))


def _is_credit(part: str, suffixes: frozenset[tuple[str, ...]]) -> bool:
    words = tuple(folded_words(part))
    by = len(words) > 1 and words[0] in word_list("taken by")
    return words in suffixes or by or bool(known_outlet(part) or called_outlet(part))


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
        elif row["match"] in ("prefix", "prefix-kept", "credit") and len(words) <= 3:
            prefixes[words] = row["match"]
        else:
            raise row.error(
                f"match is '{row['match']}', expected prefix, prefix-kept, credit (up to three words) or suffix"
            )
    return prefixes, frozenset(suffixes)
