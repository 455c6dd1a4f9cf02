"""Which outlet a file says it is from: by its notices, banners, bylines and credits, never by the article's text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from pipeline.clean.decide import Decision
from pipeline.clean.furniture import find_phrase
from pipeline.clean.outlets import is_place_too, known_outlet, named_in
from pipeline.clean.sections import is_section
from pipeline.clean.words import folded_words

_NOTICE: Final = re.compile(
    r"(?:محفوظة|محفوظه|محفوظ|reserved|réservés|copyright|©|پارێزراوە|محفوظ است|متعلق به|برای|بۆ)[\s:،.–-]*(?:©|\(c\))?\s*"
    r"(?:لدى|لدي|لصالح|to|by|for|à|برای|بۆ|ہیں)?\s*(?:©\s*)?(?:[\d٠-٩۰-۹]{4}\s*(?:[-–]\s*[\d٠-٩]{4})?)?[\s|:،.©–-]*(.{2,60})",
    re.IGNORECASE,
)
_BEFORE_NOTICE: Final = re.compile(r"^(.{2,40}?)[\s،,|–-]*(?:©|جميع الحقوق|كافة الحقوق|كل الحقوق|all rights|tous droits)", re.IGNORECASE)
_REST: Final = re.compile(
    r"\s*(?:[|©(].*|[-–،,.]\s.*|[\d٠-٩۰-۹]{4}.*|all rights.*|tous droits.*|جميع.*|كل الحقوق.*|كافة الحقوق.*|محفوظ.*)$", re.IGNORECASE
)
_YEAR: Final = re.compile(r"^[\W\d]*")
_ASKING: Final = re.compile(
    r"^(?:ادعم|ادعموا|تابعوا|تابع|حمل تطبيق|حملوا تطبيق|تطبيق|قناة|اشترك في قناة|انضم إلى قناة|انضم الى قناة|انضم لقناة|"
    r"للاشتراك في قناة|اشترك في نشرة|احصل على آخر الأخبار من|المزيد من|نشرة|هذا الخبر من موقع|موقع|صحيفة|جريدة|عن|Follow|"
    r"Download the|Suivez|Soutenez|Support|Abonnez-vous à)\s+(.{2,50})$",
    re.IGNORECASE,
)
_LAST: Final = re.compile(r"\s+(?:على|عبر|من|في|للهواتف|on|sur|app|به|در)(?:\s.*)?$", re.IGNORECASE)
_PAIR: Final = re.compile(r"\s+[-–—|/]\s+|\s*:\s+")
_CREDITED: Final = re.compile(r"[(\[]([^()\[\]]{3,30})[)\]]\s*$")
_OPENING: Final = re.compile(r"^[^«\"“:.،]{2,30}[«\"“]([^»\"”]{3,30})[»\"”]\s*[:ـ–-]")
"""An article that opens with its place and its paper: لندن ـ «المشرق العربي»:"""
_GENERIC: Final = frozenset(folded_words("موقع جريدة صحيفة مجلة"))
_MOST_WORDS: Final = 5
_HEAD: Final = 4
_ENOUGH: Final = 2


def find_outlet(decisions: Sequence[Decision], captions: Iterable[str], bylined: Iterable[str]) -> str | None:
    """Return the outlet that the file names as its own, or None.

    A copyright notice is enough, and so is a byline with a known outlet; a name that nothing else knows must be named
    twice: above the page, in a banner, in a byline, behind a photo.

    Args:
        decisions: All blocks; the article's own text is not asked.
        captions: Captions; an outlet behind one owns the photo, which says something where it is no agency.
        bylined: Outlets that stand in bylines and datelines.
    """
    votes: Counter[str] = Counter()
    spelled: dict[str, str] = {}

    def vote(name: str | None, weight: int) -> None:
        name = _bare(name) if name else ""
        if name and not _is_agency(name):
            key = " ".join(folded_words(name))
            spelled.setdefault(key, name)
            votes[key] += weight

    for index, decision in enumerate(decisions):
        entry = decision.evidence
        text = entry.block.text.strip()
        if decision.label in ("body", "title", None) or decision.zone == "comments" and decision.label != "copyright" or entry.line.count > 40:
            continue
        if decision.label == "copyright":
            for name in _in_notice(text):
                vote(name, 3)
        elif match := _ASKING.match(text):
            name = _LAST.sub("", match.group(1))
            vote(name, 2 if known_outlet(name) else 1)
        elif index == 0 and entry.short_run >= _HEAD and entry.line.count > 1 and not entry.is_furniture:
            vote(text, 1 if is_section(entry.line.words) else 2)
        elif index < _HEAD and entry.line.count <= _MOST_WORDS and not entry.is_furniture and not is_section(entry.line.words):
            vote(text, 2 if known_outlet(text) and entry.line.count > 1 else 1)
        elif decision.label in ("byline", "dateline", "source-credit", "other") and entry.line.count <= 8:
            for part in _PAIR.split(text):
                if 1 < len(part.split()) <= _MOST_WORDS and not (entry.byline and part.strip(" :") in entry.byline.authors):
                    vote(part, 1)
    for name in bylined:
        vote(name, 1 if is_place_too(name) else 3)
    for caption in captions:
        match = _CREDITED.search(caption)
        vote(named_in(caption[-60:]) or (match.group(1) if match else None), 1)
    first = next((decision.evidence.block.text for decision in decisions if decision.label == "body"), "")
    if match := _OPENING.match(first[:100]):
        vote(match.group(1), 2)
    else:
        for part in _PAIR.split(first[:60])[:-1]:
            vote(part, 1)
    found = [(weight, key) for key, weight in votes.items() if weight >= _ENOUGH]
    return spelled[max(found, key=lambda pair: pair[0])[1]] if found else None


def _in_notice(text: str) -> list[str]:
    names: list[str] = []
    for match in (_BEFORE_NOTICE.match(text), _NOTICE.search(text)):
        if match:
            name = _YEAR.sub("", _REST.sub("", match.group(1))).strip(" .:|-–،«»\"'*")
            if name and len(name.split()) <= _MOST_WORDS and not find_phrase(folded_words(name), len(name.split())):
                names.append(name)
    if not names and (known := named_in(text)):
        names.append(known)
    return names[:1]


def _bare(name: str) -> str:
    """The name without marks, without the ل of "محفوظة لـ", and without the word for a newspaper or a site."""
    tokens = name.strip(" .:|-–—،,«»\"'()*").split()
    if tokens and tokens[0] in ("لـ", "ل", "لِـ"):
        tokens.pop(0)
    if not tokens or len(tokens) > _MOST_WORDS:
        return ""
    first = folded_words(tokens[0])
    if first and first[0].startswith("ل") and first[0][1:] in _OUTLETS:
        tokens[0] = tokens[0][1:]
        first = [first[0][1:]]
    if first and first[0] in _GENERIC and len(tokens) > 1:
        tokens.pop(0)
    return " ".join(tokens)


_OUTLETS: Final = _GENERIC | frozenset(folded_words("وكالة شبكة قناة بوابة إذاعة مؤسسة راديو تلفزيون منصة"))


def _is_agency(name: str) -> bool:
    words = folded_words(name)
    phrase = find_phrase(words, len(words))
    return phrase is not None and phrase.kind == "source-credit"
