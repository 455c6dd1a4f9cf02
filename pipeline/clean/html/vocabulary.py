"""What the words of ``class``, ``id`` and their like say of an element: its role."""

import re
from functools import cache
from pathlib import Path
from typing import Final, Literal, cast, get_args

from pipeline.clean.article import REMOVED_KINDS
from pipeline.knowledge import read_rows
from pipeline.memory import remembered

Role = Literal[
    "content", "lead", "title", "byline", "date", "section", "tags", "caption", "navigation", "related", "comments",
    "share", "ad", "cookie", "subscription", "donation", "widget", "copyright", "counter", "header", "hidden",
    "neutral",
]  # fmt: skip

CUT_ROLES: Final[frozenset[str]] = frozenset(get_args(Role)) & frozenset(REMOVED_KINDS)
"""Roles that are kinds of furniture as well: what carries one is cut as that kind."""

_DATA = Path(__file__).parent / "data" / "class-words.tsv"
_PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")
_LONGEST = 3


@remembered(1 << 16)
def parts(value: str) -> tuple[str, ...]:
    """Return the words of one class name or id, lower case: ``boxMost-read2`` → ``box, most, read``."""
    return tuple(part.lower() for part in _PART.findall(value[:80]))


@remembered(1 << 16)
def role_of(value: str) -> Role | None:
    """Return the role that one class name or id states, or None.

    A kind of furniture outranks the rest (``comment-content`` is of the comments); among equals the longest row of
    ``data/class-words.tsv``, then the last one in the name, decides. A name that begins with a neutral word
    (``has-sidebar``, ``tag-share``) states nothing; neutral words of two or more parts only hide their own parts
    (``elementor-widget-share``).
    """
    words = parts(value)
    best: tuple[bool, int, Role] | None = None
    start = 0
    while start < len(words):
        longest = min(_LONGEST, len(words) - start)
        length = next((n for n in range(longest, 0, -1) if words[start : start + n] in _rows()), 0)
        role = _rows()[words[start : start + length]] if length else None
        if role == "neutral" and start == 0 and length == 1:
            return None
        if role is not None and role != "neutral":
            rank = (role in CUT_ROLES, length)
            if best is None or rank >= best[:2]:
                best = (*rank, role)
        start += length if role == "neutral" else 1
    return best[2] if best else None


@cache
def _rows() -> dict[tuple[str, ...], Role]:
    rows: dict[tuple[str, ...], Role] = {}
    for row in read_rows(_DATA, ("role", "words")):
        if row["role"] not in get_args(Role):
            raise row.error(f"the role '{row['role']}' is none of {', '.join(get_args(Role))}")
        for phrase in row.many("words"):
            words = tuple(phrase.split())
            if len(words) > _LONGEST:
                raise row.error(f"'{phrase}' has more than {_LONGEST} words")
            if rows.setdefault(words, cast(Role, row["role"])) != row["role"]:
                raise row.error(f"'{phrase}' stands under two roles")
    return rows
