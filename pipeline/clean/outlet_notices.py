"""The outlet's name in a copyright notice."""

import re
from typing import Final

from pipeline.clean.furniture import find_phrase
from pipeline.clean.outlets import named_in
from pipeline.clean.words import folded_words, word_list
from pipeline.memory import remembered

_NOTICE: Final = re.compile(
    r"(?:محفوظة|محفوظه|محفوظ|reserved|réservés|copyright|©|پارێزراوە|محفوظ است|متعلق به|برای|بۆ)[\s:،.–-]*"
    r"(?:©|\(c\))?\s*(?:لدى|لدي|لصالح|to|by|for|à|برای|بۆ|ہیں)?\s*(?:©\s*)?"
    r"(?:\d{4}\s*(?:[-–]\s*\d{4})?)?[\s|:،.©–-]*(.{2,60})",
    re.IGNORECASE,
)
_BEFORE_NOTICE: Final = re.compile(
    r"^([^،,|©]{2,40}?)\s*(?:[،,|–-].{0,60})?(?:©|جميع الحقوق|كافة الحقوق|كل الحقوق|all rights|tous droits)",
    re.IGNORECASE,
)
_REST: Final = re.compile(
    r"\s*(?:[|©(].*|[-–،,.۔]\s.*|[\d٠-٩۰-۹]{4}.*|all rights.*|tous droits.*|جميع.*|كل الحقوق.*|كافة الحقوق.*|محفوظ.*)$",
    re.IGNORECASE,
)
_FOR: Final = re.compile(r"(?:محفوظة|محفوظه|محفوظ|الحقوق)\s+ل(?=ل|\w{3,}\s+\w)")
"""The ل that belongs to "reserved" and is written onto the owner's name."""
_VERB: Final = re.compile(r"(?:\s+(?:است|می‌باشد|میباشد|ہیں|ہے|پارێزراوە|محفوظة|محفوظ|reserved))+\W*$")
_YEAR: Final = re.compile(r"^[\W\d]*")
_MOST_WORDS: Final = 5
_BEHIND_LEGAL: Final = re.compile(r"\s[-–|]\s([^\W\d][^-–|©.\d]{2,30}[^\W\d])\s*$")
"""The outlet behind its publisher's legal name: © مجموعة الواحة للنشر - صدى الواحة."""
_BEHIND: Final = 200
_BEGINS: Final = re.compile(r"©|(?:جميع|كافة|كل) الحقوق|حقوق (?:الطبع|النشر)")


@remembered(1 << 14)
def in_notice(text: str) -> tuple[str, ...]:
    """Return the name, at most one, that a copyright notice says owns the page."""
    names: list[str] = []
    for match in (_BEFORE_NOTICE.match(text), _NOTICE.search(text)):
        if match:
            name = _VERB.sub("", _YEAR.sub("", _REST.sub("", match.group(1))).strip(" .:|-–،«»\"'*")).strip()
            if (owner := _BEHIND_LEGAL.search(match.group(1))) and not word_list("legal names").isdisjoint(
                folded_words(name)
            ):
                name = owner.group(1)
            name = _without_for(name) if match.re is _NOTICE and _FOR.search(text) else name
            of_rights = not word_list("rights").isdisjoint(folded_words(name))
            phrase = find_phrase(folded_words(name), len(name.split()))
            is_phrase = phrase is not None and phrase.match == "exact"
            if name and not (of_rights or is_phrase) and len(name.split()) <= _MOST_WORDS:
                names.append(name)
    if not names and (known := named_in(text)):
        names.append(known)
    return tuple(names[:1])


def _without_for(name: str) -> str:
    """The name without the ل that "reserved" writes onto it, unless it begins with one of its own (لبنان 24)."""
    if name.startswith("لل"):
        return f"ال{name[2:]}"
    owns = folded_words(name, 1)
    return name if not name.startswith("ل") or not owns or owns[0] in word_list("begin with lam") else name[1:]


def notice_behind(text: str) -> tuple[str, ...]:
    """Return the name in a copyright notice that is written onto a paragraph's end."""
    tail = text[-_BEHIND:]
    found = _BEGINS.search(tail) if "©" in tail or "حقوق" in tail else None
    return in_notice(tail[found.start() :]) if found else ()
