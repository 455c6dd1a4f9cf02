"""Tell personal names from other short lines, and part lists of names."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.arabic import fold
from pipeline.clean.words import folded_words, given_names, phrase_list, stopwords, word_list

_COMPOUND: Final = ("عبد", "ابو", "ام", "بو")
_SEPARATORS: Final = re.compile(r"\s*[،,؛;&|/+]\s*|\s+(?:and|et)\s+|\s+-\s+")
_MARKS: Final = " .:-–—ـ،,؛*|/\"'«»()[]•●■▪◾\u200f\u200e"
_INITIAL: Final = re.compile(r"^\w\.?$")
_DOTTED: Final = re.compile(r"^[^\W\d_]\.\s?[^\W\d_]{3,}$")
"""An initial with its dot and a surname, as papers of the Maghreb sign: ع. بوزيد."""

_TITLE_LETTERS: Final = ("د", "ا", "م")
"""Letters that stand for a title before a name (د. أحمد) as well as for an initial."""

MOST_WORDS: Final = 5


def split_names(text: str) -> tuple[str, ...]:
    """Part a list of names at commas, slashes, "and" and the Arabic و that is written onto the next name."""
    names: list[str] = []
    for part in _SEPARATORS.split(text.strip(_MARKS)):
        name: list[str] = []
        for token in part.split():
            if token in ("و", "و،") or (name and len(name) > 1 and _joins(token)):
                names.append(" ".join(name))
                name = [] if len(token) < 3 else [token[1:]]
            else:
                name.append(token)
        names.append(" ".join(name))
    return tuple(_without_place(name.strip(_MARKS)) for name in names if name.strip(_MARKS))


def _without_place(name: str) -> str:
    """The name without the place that is written behind it (سمير عطوي بيروت)."""
    tokens = name.split()
    for size in (2, 1):
        if len(tokens) >= size + 2 and tuple(folded_words(" ".join(tokens[-size:]))) in phrase_list("datelines"):
            return " ".join(tokens[:-size]).strip(_MARKS)
    return name


def is_name(text: str, sure: bool = True) -> bool:
    """Tell whether a text is one person's name.

    Args:
        text: One name, perhaps with a title (د., الزميل).
        sure: Ask for a known given name at its beginning; otherwise its shape is enough.
    """
    if text[1:2] == "." and _DOTTED.match(text) and fold(text[0]) not in _TITLE_LETTERS:
        return True
    tokens = [token.strip(_MARKS) for token in text.split()]
    words = fold(" ".join(filter(None, tokens))).split(" ")
    while words and words[0] in word_list("titles"):
        words.pop(0)
        tokens.pop(0)
    if not 2 <= len(words) <= MOST_WORDS or not all(part.replace("-", "").replace("'", "").isalpha() for part in words):
        return False
    of_god = len(words) > 2 and words[1] == "الله"
    function = (word in stopwords() and word not in word_list("particles") for word in words[2 * of_god :])
    if any(found and word not in ("علي", "على") for found, word in zip(function, words[2 * of_god :], strict=True)):
        return False
    if any(
        word in word_list("roles") or (word[0] in "يت" and word not in given_names() and len(words) > 2)
        for word in words[1:]
    ):
        return False
    latin = [token for token in tokens if token[:1].isascii() and token]
    if latin and not all(token[:1].isupper() or token.lower() in word_list("particles") for token in latin[:2]):
        return False
    if not sure:
        return (
            len(words) <= 3
            and not any(mark in text for mark in "،,؟!؛")
            and all(len(word) >= 3 for word in words)
            and not words[0].startswith("ال")
            and words[0] not in word_list("posts")
        )
    return _opens(words)


def are_names(text: str, sure: bool = True) -> tuple[str, ...]:
    """Return the names that a text lists, or nothing where a part of it is no name."""
    names = split_names(text)
    return names if names and len(names) <= 6 and all(is_name(name, sure) for name in names) else ()


def _opens(words: Sequence[str]) -> bool:
    first = words[0]
    return (
        first in given_names()
        or (len(words) > 2 and words[1] == "الله" and first not in word_list("of God"))
        or (first.startswith(_COMPOUND[0]) and len(first) > 4)
        or (first in _COMPOUND and len(words) > 1)
        or (bool(_INITIAL.match(first)) and len(words) > 2 and words[1] in given_names())
    )


def _joins(token: str) -> bool:
    if not token.startswith("و") or len(token) < 4:
        return False
    folded = folded_words(token)[0]
    rest = folded[1:]
    return folded not in given_names() and (rest in given_names() or (rest.startswith("عبد") and len(rest) > 3))
