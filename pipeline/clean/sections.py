"""Sections of a newspaper: their names, and lines and breadcrumbs that state the article's own."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from pipeline.clean.furniture import phrase_of
from pipeline.clean.words import DATA, folded_words, phrase_list, word_list
from pipeline.knowledge import read_rows
from pipeline.memory import remembered

_CRUMBS: Final = re.compile(r"\s*[»›>/|\\←→·•:]+\s*|\s+[-–—]\s+")
_LONGEST_PART: Final = 5
_LONGEST_PATH: Final = 4
_NUMBERED: Final = re.compile(r"\d")
_STATED: Final = re.compile(
    r"^(?:المجموعة|الفئة|فئة|القسم|قسم|التصنيف|تصنيف|الباب|ضمن قسم|نشر في قسم|"
    r"Section|Category|Rubrique|Catégorie|دسته|گروه|بەش)"
    r"\s*[:：/]\s*(.{2,40})$|^(?:Posted in|Filed under|منشور في|مصنف تحت|نشرت تحت)\s*[:：]?\s*(\D{2,40})$",
    re.IGNORECASE,
)


def is_section(words: Sequence[str], common: bool = False) -> bool:
    """Tell whether (folded) words are the name of a section.

    Args:
        words: Folded words.
        common: Whether names don't count that papers rarely have, so that they tell little of a menu.
    """
    if not 1 <= len(words) <= 4:
        return False
    return (
        tuple(words) in _names(common)
        or (len(words) == 2 and words[0] in word_list("news of"))
        or (len(words) <= 3 and words[-1].startswith("و") and _is_pair(words, _names(common)))
    )


def _is_pair(words: Sequence[str], names: frozenset[tuple[str, ...]]) -> bool:
    """Whether words are two sections in one: بيئة ومناخ."""
    return len(words) > 1 and tuple(words[:-1]) in names and (words[-1][1:],) in names


def labelled_section(text: str) -> str | None:
    """Return the section that a line states by a label (``القسم: اقتصاد``, ``Posted in Culture``)."""
    match = _STATED.match(text.strip())
    return (match.group(1) or match.group(2)).strip() if match else None


@remembered(1 << 14)
def stated_section(text: str) -> str | None:
    """Return the section that a line states by a label (``القسم: اقتصاد``) or as a breadcrumb from the home page."""
    if stated := labelled_section(text):
        return stated
    tokens = text.split()
    if tokens and tokens[0].lower() in ("dans", "in") and is_section(folded_words(" ".join(tokens[1:]))):
        return " ".join(tokens[1:])
    listed = [part.strip() for part in re.split("[،,]", text)]
    if len(listed) > 1 and all(is_section(folded_words(part)) for part in listed):
        return listed[-1]
    parts = [part for part in _parts(text.strip()) if part]
    if "|" in text and len(parts) > _LONGEST_PATH:
        return None  # a menu
    if len(parts) < 2 or tuple(folded_words(parts[0])) not in phrase_list("home"):
        return None
    found = [part for part in parts[1:] if len(part.split()) <= 4 and not _is_furniture(part)]
    known = [part for part in found if is_section(folded_words(part))]
    return known[-1] if known else (found[0] if found else None)


def _parts(path: str) -> list[str]:
    """Part a path where it is parted behind its first part, so that a headline at its end stays whole."""
    mark = _CRUMBS.search(path, 1)
    sign = mark.group().strip() if mark else ""
    return re.split(rf"\s*{re.escape(sign)}\s*", path) if sign and not sign.isspace() else _CRUMBS.split(path)


def _is_furniture(part: str) -> bool:
    phrase = phrase_of(part)
    return phrase is not None and phrase.match == "exact" and not is_section(folded_words(part))


def is_root(words: Sequence[str], definite: bool = False) -> bool:
    """Tell whether (folded) words name all news, the section that all others stand below (أخبار; definite: الأخبار)."""
    return tuple(words) in phrase_list("news root") and (not definite or words[0].startswith("ال"))


@remembered(1 << 14)
def section_by_title(text: str) -> str | None:
    """Return the section that a line right by the title states: "أخبار|سوريا", "في تكنولوجيا"."""
    parts = [part.strip() for part in _CRUMBS.split(text.strip()) if part.strip()]
    if len(parts) == 2 and is_root(folded_words(parts[0])) and 1 <= len(parts[1].split()) <= 3:
        return parts[1]
    if len(parts) == 3 and is_root(folded_words(parts[0])) and is_section(folded_words(parts[1])):
        return parts[1]
    own = [part for part in parts if not _NUMBERED.search(part)]
    short = all(len(part.split()) <= _LONGEST_PART for part in parts)
    if short and len(own) == 1 < len(parts) <= 4 and is_section(folded_words(own[0])):
        return own[0]
    head, _, rest = text.partition(" ")
    if head.lower() in ("في", "ضمن", "in", "dans", "در") and is_section(folded_words(rest)):
        return rest.strip()
    return None


@cache
def _names(common: bool = False) -> frozenset[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for row in read_rows(DATA / "sections.tsv", ("language", "names", "use")):
        if row["use"] not in ("", "rare"):
            raise row.error(f"the use is '{row['use']}', expected rare or nothing")
        if not (common and row["use"]):
            found.update(tuple(folded_words(name)) for name in row.many("names"))
    return frozenset(found)
