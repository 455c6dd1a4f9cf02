"""Which outlet a file says it is from: by its notices, banners, bylines and credits, never by the article's text."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from pipeline.arabic import fold
from pipeline.clean.decide import Decision
from pipeline.clean.furniture import find_phrase
from pipeline.clean.outlets import known_outlet, named_in
from pipeline.clean.words import folded_words

_NOTICE: Final = re.compile(
    r"(?:محفوظة|محفوظه|محفوظ|reserved|réservés|copyright|©|پارێزراوە|محفوظ است|متعلق به)[\s:،.–-]*(?:©|\(c\))?\s*"
    r"(?:لدى|لدي|لصالح|to|by|for|à|برای|بۆ)?\s*(?:[\d٠-٩]{4}\s*(?:[-–]\s*[\d٠-٩]{4})?)?[\s|:،.©–-]*(.{2,60})",
    re.IGNORECASE,
)
_TRAILING: Final = re.compile(r"\s*(?:[|©(].*|[-–،,.]\s.*|[\d٠-٩]{4}.*|all rights.*|tous droits.*|جميع.*|كل الحقوق.*)$", re.IGNORECASE)
_ASKING: Final = re.compile(
    r"^(?:ادعم|ادعموا|تابعوا|تابع|حمل تطبيق|حملوا تطبيق|تطبيق|قناة|اشترك في قناة|انضم إلى قناة|انضم لقناة|اشترك في نشرة|"
    r"نشرة|هذا الخبر من موقع|موقع|صحيفة|جريدة|عن|Follow|Download the|Suivez|Soutenez|Support|Abonnez-vous à)\s+(.{2,50})$",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"\s+(?:على|عبر|من|في|على|الإخباري|الإخبارية|الآن|on|sur|app|به|در)\b.*$", re.IGNORECASE)


def find_outlet(decisions: Iterable[Decision], captions: Iterable[str], bylined: Iterable[str]) -> str | None:
    """Return the outlet that the file names as its own, or None.

    Args:
        decisions: All blocks; only those that are furniture are asked.
        captions: Captions; an outlet behind one owns the photo, which says something where it is no agency.
        bylined: Outlets that stand in bylines and datelines.
    """
    votes: Counter[str] = Counter()
    spelled: dict[str, str] = {}

    def vote(name: str | None, weight: int) -> None:
        if name and not _is_agency(name):
            key = " ".join(folded_words(name)).removeprefix("ال")
            spelled.setdefault(key, name)
            votes[key] += weight

    for decision in decisions:
        if decision.label in ("body", "title", None):
            continue
        text = decision.evidence.block.text
        if decision.evidence.line.count > 40:
            continue
        if decision.label == "copyright" and (match := _NOTICE.search(text)):
            name = _TRAILING.sub("", match.group(1)).strip(" .:|-–،«»\"'")
            name = known_outlet(name) or name
            vote(name if 1 <= len(name.split()) <= 5 else named_in(text), 3)
        elif match := _ASKING.match(text.strip()):
            vote(known_outlet(_LAST.sub("", match.group(1))) or known_outlet(match.group(1)), 2)
        elif decision.label in ("navigation", "source-credit", "title-repeat") and decision.evidence.line.count <= 5:
            vote(known_outlet(text), 1 if _is_common(text) else 2)
    for name in bylined:
        vote(name, 3)
    for caption in captions:
        vote(named_in(caption[-60:]), 1)
    if not votes:
        return None
    key, weight = votes.most_common(1)[0]
    return spelled[key] if weight >= 1 else None


def _is_agency(name: str) -> bool:
    words = folded_words(name)
    phrase = find_phrase(words, len(words))
    return phrase is not None and phrase.kind == "source-credit"


def _is_common(text: str) -> bool:
    """Outlet names that are also common words of menus (الوطن, العالم, الأخبار) say less."""
    return len(fold(text).split()) == 1
