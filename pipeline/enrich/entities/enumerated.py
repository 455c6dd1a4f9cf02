"""Find the places of a list, and plain words that are places because of their neighbours."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.enrich.entities.lists import place_beginnings, place_contexts
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.entities.view import View
from pipeline.enrich.entities.word_lists import word_list
from pipeline.enrich.entities.words import Traits, traits

_COMMAS = ("،", ",")
_DASHES = ("-", "–", "—", "ـ", "/")
_AND = "و"
_ARTICLE = "ال"
_HALVES = word_list("adjectives of halves")
"""Adjectives with which one of two places of a name is told from the other: القلابات الشرقية."""
_PREPOSITIONS = frozenset(("في", "الي", "من", "علي"))
_DIRECTIONS = word_list("towards")
_GOVERNED = word_list("of a governed place")
"""Offices behind which their place stands: محافظ إب."""
_LONGEST = 8


def believe(known: list[Span], tokens: Tokens) -> None:
    """Make weak places certain: a list goes on with them (كفركلا والخيام), or their office stands before them."""
    for before, span in pairwise(known):
        if span.certain or span.type != "location" or not (before.certain and before.type == "location"):
            continue
        if traits(tokens.texts[span.first]).plain:
            continue
        joined = before.last == span.first and span.offset and tokens.texts[span.first].startswith(_AND)
        comma = before.last + 1 == span.first and tokens.texts[before.last] in _COMMAS
        span.certain = bool(joined or comma)
    for number, span in enumerate(known):
        if _is_weak_town(span):
            after = known[number + 1] if number + 1 < len(known) else None
            span.certain = _is_governed(span, tokens) or _is_dateline(span, tokens) or _is_joined(span, after, tokens)


def _is_dateline(span: Span, tokens: Tokens) -> bool:
    """Whether the text opens with the place, and a dash: ``بركان – وضع``."""
    return span.first == 0 and span.last < len(tokens) and tokens.texts[span.last] in _DASHES


def _is_weak_town(span: Span) -> bool:
    one_word = span.last - span.first == 1 and not span.offset
    return (
        not span.certain
        and one_word
        and span.type == "location"
        and bool(span.entity and span.entity.kind != "settlement")
    )


def _is_governed(span: Span, tokens: Tokens) -> bool:
    return span.first > 0 and tokens.folded[span.first - 1] in _GOVERNED


def _is_joined(span: Span, after: Span | None, tokens: Tokens) -> bool:
    """Whether a plain word behind a preposition goes on with a place of its country: ``على العين والذيد``."""
    if not span.first or tokens.folded[span.first - 1] not in _PREPOSITIONS or after is None:
        return False
    if after.type != "location" or not after.certain or not after.entity or not span.entity:
        return False
    at = span.last
    joined = after.first == at and bool(after.offset)
    beside = after.first == at + 1 and (tokens.texts[at] in _COMMAS or tokens.folded[at] in _DIRECTIONS)
    return (joined or beside) and after.entity.country == span.entity.country


def listed(view: View, position: int) -> Iterator[Span]:
    """Yield the places behind a plural head: ``بلدات معربة والسماقيات``, ``محليات المفازة والقلابات الشرقية``."""
    at, begun = position + 1, False
    for _ in range(_LONGEST):
        if begun and at < len(view) and view.tokens.texts[at] in _COMMAS:
            at += 1
        elif begun and not view.folded(at).startswith(_AND):
            return
        offset = int(begun and view.folded(at).startswith(_AND) and not view.word(at).plain)
        end = _item_end(view, at, offset, begun=begun)
        if end == at:
            return
        if at not in view.known or view.known[at].last < end:
            yield Span(at, end, offset, "location")
        at, begun = end, True


def _item_end(view: View, at: int, offset: int, *, begun: bool) -> int:
    """Return the end of the list's place that stands here; ``at`` if none does."""
    known = view.known.get(at)
    if known is not None:
        end = known.last if known.type == "location" else at
    else:
        name = view.folded(at)[offset:]
        end = at + 1 if _may_be_place(name, view.word(at)) and (not begun or _goes_on(view, at, name)) else at
        if end > at and name in place_beginnings():
            end += 1
    return end + 1 if end > at and view.adjacent(end) and view.folded(end) in _HALVES else end


def _may_be_place(name: str, word: Traits) -> bool:
    unfit = word.plain or word.nationality or word.speech or word.title or word.institution_head or word.place_head
    verbal = name[:1] in tuple("يتن") or name.endswith(("ها", "هم"))
    return word.letters and not unfit and len(name) > 2 and (name.startswith(_ARTICLE) or not verbal)


def _goes_on(view: View, at: int, name: str) -> bool:
    """Whether the list, or a word of place, goes on behind a word; else it may be a verb: ``وقصفت``."""
    following = view.folded(at + 1)
    ends = at + 1 >= len(view) or not following or not view.word(at + 1).letters
    return (
        ends
        or name.startswith(_ARTICLE)
        or following in place_contexts()
        or following in _HALVES
        or (at + 1) in view.known
    )
