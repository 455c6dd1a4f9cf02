"""Bylines: lines that say who wrote the article, and from where or for whom."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.clean.furniture import phrase_of
from pipeline.clean.names import are_names, is_name
from pipeline.clean.outlets import called_outlet, known_outlet
from pipeline.clean.sections import is_section
from pipeline.clean.words import DATA, folded_words, stopwords, word_list
from pipeline.knowledge import read_rows
from pipeline.memory import remembered

_MOST_WORDS: Final = 16
_PART: Final = re.compile(r"\s+[-–—ـ|/]+\s*|\s*[-–—ـ|/]+\s+|\s*[:：|]\s*|(?<=\w)[-–—/](?=\w)|\s*[،,]\s+")
_FROM: Final = re.compile(r"(.+?)\s+من\s+\S+(?:\s\S+)?$")
_FROM_WORDS: Final = 7
_MOST_INITIALS: Final = 8
_MARKS: Final = " .:-–—ـ،,؛*|/•●■▪◾\u200f\u200e"
_QUOTES: Final = _MARKS + "\"'«»()[]"
_FIRST_BRACKETS: Final = re.compile(r"^[(\[]([^()\[\]]{2,40})[)\]]")
_BRACKETS: Final = re.compile(r"[(\[«\"]([^()\[\]«»\"]{2,40})[)\]»\"]")


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline states."""

    authors: tuple[str, ...]
    outlet: str | None = None
    reason: str = ""


def read_byline(text: str, count: int) -> Byline | None:
    """Read a line as a byline.

    Args:
        text: The line.
        count: Its words.

    Returns:
        None where it is none. Known are a word for writing before names (``كتب فلان``), and places, names, agencies and
        outlets parted by dashes (``القاهرة - فلان``, ``بيروت - أ ف ب``); names alone are the title's business.
    """
    if count > _MOST_WORDS or (text.rstrip().endswith((".", "؟", "!", "۔")) and count > 6):
        return None
    text = text.strip(_MARKS)
    stated = _after_prefix(text)
    if stated is not None:
        return stated
    if post := _with_post(text):
        return post
    if (match := _FROM.match(text)) and count <= _FROM_WORDS and (names := are_names(match.group(1))):
        return Byline(names, None, "a name and where it writes from")
    if not word_list("taken by").isdisjoint(folded_words(text)):
        return None
    bare = _BRACKETS.sub(r" - \1 ", text if is_initials(text) else _FIRST_BRACKETS.sub(r"\1 - ", text))
    parts = [part.strip(_QUOTES) for part in _PART.split(bare) if part.strip(_QUOTES)]
    if not 2 <= len(parts) <= 4 or count > 12:
        return None
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    telling = False
    for part in parts:
        if nested := _after_prefix(part):
            authors, telling = authors + nested.authors, True
        elif found := known_outlet(part) or called_outlet(part):
            outlet, telling = found, True
        elif _is_agency(part):
            telling = True
        elif is_section(folded_words(part)):
            continue
        elif names := are_names(part) or (
            are_names(part, sure=False) if part is not parts[0] and _is_surname(part) and "،" not in text else ()
        ):
            authors, telling = authors + names, True
        elif authors and not word_list("posts").isdisjoint(folded_words(part, 1)):
            continue
        elif not _is_place(part):
            return None
    known = tuple(name for name in authors if is_name(name))
    if outlet is None and known and len(parts) > 2:
        outlet = next((name for name in authors if name not in known and name == parts[-2]), None)
        authors = tuple(name for name in authors if name != outlet)
    return Byline(authors, outlet, "place, writer or agency") if telling else None


def _with_post(text: str) -> Byline | None:
    """A name and what the writer is: "سمير عطوي كاتب صحفي", "سمير عطوي - باحث في التاريخ"."""
    words = folded_words(text, _MOST_WORDS)
    at = next((index for index, word in enumerate(words) if word in word_list("posts")), 0)
    tokens = text.split()
    if not 2 <= at <= 4 or len(words) != len(tokens) or len(tokens) > at + 4 or len(words) == 1:
        return None
    name = " ".join(tokens[:at]).strip(_QUOTES)
    return Byline((name,), None, "a name and what the writer is") if is_name(name) else None


def _after_prefix(text: str) -> Byline | None:
    tokens = text.split()
    first = folded_words(tokens[0], 1) if tokens else []
    if not first or first[0] not in _first_words():
        return None
    for size in (4, 3, 2, 1):
        if len(tokens) < size:
            continue
        head = " ".join(tokens[:size])
        role = _prefixes().get(tuple(folded_words(head)))
        if role is None:
            continue
        rest = " ".join(tokens[size:]).strip(_QUOTES)
        if not rest:
            return None
        parts = [part.strip(_QUOTES) for part in re.split(r"\s+[-–—|/]\s*|\s*[()]\s*|(?<=\w)[-–—](?=\s)", rest)]
        parts = [part for part in parts if part]
        if role == "author":
            parts = [part for part in parts if word_list("posts").isdisjoint(folded_words(part, 1))] or parts
        marked = head.rstrip()[-1] in ":/-–—ـ،," or tokens[size : size + 1] in ([":"], ["-"], ["–"], ["ـ"], ["/"])
        if not marked and (role == "other" or first[0] in word_list("posts")) and not are_names(rest):
            continue
        names = [name for part in parts for name in (are_names(part) or (_shaped(part) if marked or size > 1 else ()))]
        if not names and len(rest.split()) in (2, 3) and role == "author":
            names = list(_shaped(rest))
        if names:
            return Byline(tuple(names) if role == "author" else (), None, f"byline: {head}")
        if marked and len(rest.split()) <= 4 and not any(word in stopwords() for word in folded_words(rest)):
            owner = next((found for part in (rest, *parts) if (found := known_outlet(part))), None)
            return Byline((), owner, f"byline: {head}")
    return None


def _shaped(part: str) -> tuple[str, ...]:
    """Names by shape only: two to four words, none of them a function word."""
    names = re.split(r"\s*[،,/]\s*", part)
    fits = all(
        2 <= len(name.split()) <= 4
        and not any(word in stopwords() or word.isdigit() for word in folded_words(name))
        and word_list("desks").isdisjoint(folded_words(name, 1))
        and not (known_outlet(name.split()[0]) or any(word.startswith("لل") for word in folded_words(name)))
        for name in names
    )
    return tuple(names) if fits else ()


def _is_agency(part: str) -> bool:
    phrase = phrase_of(part)
    return phrase is not None and phrase.kind == "source-credit" and phrase.match == "exact"


def _is_surname(part: str) -> bool:
    """Whether an unknown name at least looks like one: its last word has the article, or it is Latin with capitals."""
    latin = [token for token in part.split() if token[0].isascii()]
    article = any(word.startswith("ال") for word in folded_words(part)[-1:])
    return article or (bool(latin) and all(token[0].isupper() for token in latin))


def _is_place(part: str) -> bool:
    words = folded_words(part)
    return 1 <= len(words) <= 3 and not any(word in stopwords() or word.isdigit() for word in words)


@remembered(1 << 14)
def is_initials(text: str) -> bool:
    """Whether a line is nothing but the initials by which an agency's desk signs, perhaps behind its name."""
    rest = _BRACKETS.sub(" ", text, count=1) if text.lstrip(_QUOTES + ".").startswith("(") or "(" in text[:4] else text
    words = folded_words(rest)
    return 0 < len(words) <= _MOST_INITIALS and all(len(word) <= 2 and word.isalpha() for word in words)


def byline_head(text: str) -> int:
    """Return how many words at the beginning stand before a writer's name (``كتب``, ``بقلم``), or 0."""
    words = folded_words(text, 4)
    return next((size for size in (4, 3, 2, 1) if _prefixes().get(tuple(words[:size])) == "author"), 0)


def read_dated_byline(text: str, start: int, end: int) -> Byline | None:
    """Read a line that holds a date too, from ``start`` to ``end`` (``فلان - 16 أكتوبر 2018``); names may be alone."""
    tokens = f"{text[:start].rstrip(_MARKS)} {text[end:].lstrip(_MARKS)}".split()
    around = word_list("beside dates")
    while tokens and not around.isdisjoint(folded_words(tokens[-1])):
        tokens.pop()
    while tokens and not around.isdisjoint(folded_words(tokens[0])):
        tokens.pop(0)
    rest = " ".join(tokens).strip(_MARKS)
    if not rest or len(tokens) > _FROM_WORDS:
        return None
    latin = rest.isascii() and not is_section(folded_words(rest)) and rest == rest.title()
    if names := are_names(rest) or (are_names(rest, sure=False) if latin else ()):
        return Byline(names, None, "a name by a date")
    return read_byline(rest, len(tokens))


@cache
def _prefixes() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in read_rows(DATA / "bylines.tsv", ("phrase", "role")):
        if row["role"] not in ("author", "other"):
            raise row.error(f"the role is '{row['role']}', expected author or other")
        found[tuple(folded_words(row["phrase"]))] = row["role"]
    return found


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase[0] for phrase in _prefixes())
