"""Which outlet a file says it is from: by its notices, banners, bylines and credits, never by the article's text."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.clean.byline import byline_head
from pipeline.clean.decision import Decision
from pipeline.clean.furniture import phrase_of
from pipeline.clean.names import is_name
from pipeline.clean.outlet_notices import in_notice, notice_behind
from pipeline.clean.outlets import called_outlet, is_place_too, known_outlet, named_in
from pipeline.clean.sections import is_root, is_section
from pipeline.clean.words import folded_words, phrase_list, word_list
from pipeline.memory import remembered

_NUMBER: Final = re.compile(r"\d{4}|\d\W+\d|^\W*\d+\W*$")
"""Years, dates, times and bare numbers; a name may have one of up to three digits (باريس 24)."""
_PAIR: Final = re.compile(r"\s+[-–—|/+]\s+|\s*[:/]\s+")
_PAIRED_BY: Final = re.compile(r"[-–—|/:]")
_LONGEST_OPENING: Final = 60
_CREDITED: Final = re.compile(r"[(\[]([^()\[\]]{3,30})[)\]]\s*$")
_OPENING: Final = re.compile(r"^[^«\"“:.،]{2,30}[«\"“]([^»\"”]{3,30})[»\"”]\s*[:ـ–-]")
"""An article that opens with its place and its paper: لندن ـ «المشرق العربي»:"""
_SIGNED: Final = re.compile(r"^([^\W\d]+(?:\s[^\W\d]+){1,2})\s\(([^\W\d]+)\)\s[-–ـ]")
"""An article that opens with its paper of two words or more and its place: ضفة النهر (نواكشوط) -"""
_MOST_WORDS: Final = 5
_OWN_NAME: Final = range(2, 5)
_HEAD: Final = 4
_LONGEST_HEAD: Final = 7
_PAIRED: Final = ("byline", "dateline", "source-credit", "other")
_LONGEST_PAIR: Final = 8
_LONGEST_BANNER: Final = 12
_DIGITS: Final = 0.5
_SIGNED_BELOW: Final = 3
"""Lines below the article of which one may be the outlet's name alone."""
_LATIN: Final = 2
"""A publisher's name in Latin letters says less than the outlet's own in the page's script."""
_ENOUGH: Final = 2
_SURE: Final = 3


def find_outlet(decisions: Sequence[Decision], captions: Iterable[str], bylined: Iterable[str]) -> str | None:
    """Return the outlet that the file names as its own, or None.

    A copyright notice is enough, and so is a byline with a known outlet; a name that nothing else knows must be named
    twice: above the page, in a banner, in a byline, behind a photo.

    Args:
        decisions: All blocks; the article's own text is not asked.
        captions: Captions; an outlet behind one owns the photo, which says something where it is no agency.
        bylined: Outlets that stand in bylines and datelines.
    """
    votes: defaultdict[str, int] = defaultdict(int)
    spelled: dict[str, str] = {}
    for name, weight in _votes(decisions, captions, bylined):
        bare = _bare(name)
        stated = weight >= _ENOUGH and known_outlet(bare)
        words = folded_words(bare)
        if not stated and ((len(words) == 1 and is_section(words)) or (len(words) > 1 and is_root(words[:1], True))):
            continue
        if len(bare) <= 2 or _NUMBER.search(bare) or (_is_agency(bare) and not stated):
            continue
        if weight >= _SURE or not is_name(bare):
            key = " ".join(words)
            spelled.setdefault(key, bare)
            votes[key] += weight
    found = [(weight, key) for key, weight in votes.items() if weight >= _ENOUGH]
    if not found:
        return None
    best = max(found, key=lambda pair: pair[0] - _LATIN * pair[1].isascii())[1]
    if word_list("legal names").intersection(best.split()):
        return _short(best, spelled)
    kinds = word_list("outlet kinds")
    longer = (
        key for _, key in found if key.endswith(f" {best}") and key.split()[0] in kinds and votes[key] >= votes[best]
    )
    return spelled[next(longer, best)]


def _short(name: str, spelled: dict[str, str]) -> str:
    """Return what a legal name (مؤسسة الواحة للصحافة والنشر) is short for, where the file names that too."""
    legal = word_list("legal names") | word_list("outlet kinds")
    for other in sorted(spelled, key=len, reverse=True):
        before, found, after = f" {name} ".partition(f" {other} ")
        if (
            found
            and other != name
            and legal.issuperset(f"{before} {after}".split())
            and not legal.issuperset(other.split())
        ):
            return spelled[other]
    return spelled[name]


def _votes(decisions: Sequence[Decision], captions: Iterable[str], bylined: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield names that may be the outlet's, each with its weight: 3 states it, 2 nearly so, 1 says that it may be."""
    said = "|".join(f" {' '.join(decision.evidence.line.words)} " for decision in decisions if _may_name(decision))
    for index, decision in enumerate(decisions):
        if decision.kind == "copyright":
            yield from ((name, 3) for name in in_notice(decision.evidence.block.text))
        elif decision.kind is not None and decision.zone != "comments":
            yield from _in_furniture(decision, index, said)
    yield from ((name, 1 if is_place_too(name) else 3) for name in bylined)
    for caption in captions:
        credit = _CREDITED.search(caption)
        if name := named_in(caption[-60:]) or (credit.group(1) if credit else None):
            yield name, 1
    last = next((index for index in reversed(range(len(decisions))) if decisions[index].kept), len(decisions))
    for decision in decisions[last + 1 : last + 1 + _SIGNED_BELOW]:
        if decision.kind not in (None, "comments") and not decision.evidence.after_related:
            name = called_outlet(decision.evidence.block.text) if decision.evidence.line.phrase is None else None
            if name:
                yield name, _ENOUGH
    if last < len(decisions):
        yield from ((name, _SURE) for name in notice_behind(decisions[last].evidence.block.text))
    opening = next((decision.evidence.block.text for decision in decisions if decision.kept), "")[:100]
    before, slash, _ = opening.partition("/ ")
    if slash and len(before.split()) <= _MOST_WORDS and (owner := known_outlet(before) or called_outlet(before)):
        yield owner, _ENOUGH
    signed = _SIGNED.match(opening)
    if match := _OPENING.match(opening):
        yield match.group(1), 2
    elif signed and not (_is_agency(signed.group(2)) or known_outlet(signed.group(2))):
        yield signed.group(1), 2
    elif _PAIRED_BY.search(opening, 0, _LONGEST_OPENING):
        yield from ((part, 1) for part in _PAIR.split(opening[:_LONGEST_OPENING])[:-1])


def _may_name(decision: Decision) -> bool:
    """Whether a line may name the outlet again: furniture that is no headline of another article."""
    return decision.kind not in (None, "related")


def _in_furniture(decision: Decision, index: int, said: str) -> Iterator[tuple[str, int]]:
    entry = decision.evidence
    line = entry.line
    text = entry.block.text.strip()
    if index < _HEAD and entry.is_dateline and (owner := known_outlet(_PAIR.split(text)[0])):
        yield owner, _ENOUGH
    elif (
        index < _HEAD
        and decision.kind != "byline"
        and line.count <= _LONGEST_HEAD
        and not (entry.is_furniture or entry.date or line.digit_share > _DIGITS)
    ):
        yield from _in_header(text, said, index == 0 and entry.short_run >= _HEAD)
    elif index < _HEAD and decision.kind == "byline" and known_outlet(text) and not _is_agency(text):
        yield text, _ENOUGH
    elif name := _asked_for(text):
        yield name, 2 if known_outlet(name) or (len(name.split()) in _OWN_NAME and _offers_own(text)) else 1
    elif decision.kind in _PAIRED and line.count <= _LONGEST_PAIR:
        authors = entry.byline.authors if entry.byline else ()
        if entry.byline and not authors and entry.byline.reason.startswith("byline"):
            return
        parts = [part.strip(" :") for part in _PAIR.split(text)]
        beside = any(part in authors or _places_or_owns(part) for part in parts)
        for part in parts:
            if 1 < len(part.split()) <= _MOST_WORDS and part not in authors and not _places_or_owns(part):
                yield part, 2 if len(parts) == 2 and beside and decision.kind == "byline" else 1


@remembered(1 << 14)
def _places_or_owns(part: str) -> bool:
    """Whether a part of a byline is a place, or says that the paper wrote it itself (خاص)."""
    words = tuple(folded_words(part))
    return words in phrase_list("datelines") or words in phrase_list("own work") or byline_head(part) > 0


def _in_header(text: str, said: str, above_menu: bool) -> Iterator[tuple[str, int]]:
    """Names at the page's top: told from a menu's items by being known, or named again elsewhere (``said``)."""
    part, *rest = _PAIR.split(text)
    words = folded_words(part)
    if not words or len(words) > _MOST_WORDS:
        return
    weight = 1
    if rest and len(said_of := folded_words(rest[0])) > 1 and said_of[0] in word_list("outlet kinds"):
        weight = _SURE  # الوطن القمرية | صحيفة يومية تصدر من موروني
    if not is_section(words) and len(words) > 1:
        weight += said.count(f" {' '.join(words)} ") > 1
        weight += (known_outlet(part) or called_outlet(part)) is not None or (above_menu and not part.isascii())
    yield part, weight


@remembered(1 << 14)
def _asked_for(text: str) -> str:
    """The outlet for which a banner asks (ادعم …, تابعوا … على تلغرام), or nothing."""
    tokens = text.split()
    if len(tokens) > _LONGEST_BANNER:
        return ""
    words = [" ".join(folded_words(token)) for token in tokens]
    size = max((size for size in range(1, 6) if tuple(words[:size]) in phrase_list("before the own outlet")), default=0)
    last = next(
        (at for at in range(size + 1, len(words)) if words[at] in word_list("behind the own outlet")), len(words)
    )
    return " ".join(tokens[size:last]) if size else ""


def _offers_own(text: str) -> bool:
    """Whether a banner offers the outlet's own app or channel, and so surely names the outlet."""
    words = folded_words(text, 3)
    return any(tuple(words[:size]) in phrase_list("offers the own") for size in (2, 3))


@remembered(1 << 14)
def _bare(name: str) -> str:
    """The name without marks, without the ل of "محفوظة لـ", and without the word for a newspaper or a site."""
    tokens = name.strip(" .:|-–—،,«»\"'()*").split()
    if tokens and tokens[0] in ("لـ", "ل", "لِـ"):
        tokens.pop(0)
    if not tokens or len(tokens) > _MOST_WORDS:
        return ""
    first = folded_words(tokens[0])
    if first and first[0].startswith("ل") and first[0][1:] in word_list("outlet kinds"):
        tokens[0] = tokens[0][1:]
        first = [first[0][1:]]
    if first and first[0] in word_list("generic outlet kinds") and len(tokens) > 1:
        tokens.pop(0)
    return " ".join(tokens)


def _is_agency(name: str) -> bool:
    phrase = phrase_of(name)
    return phrase is not None and phrase.kind == "source-credit"
