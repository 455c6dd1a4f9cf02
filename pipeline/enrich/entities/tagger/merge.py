"""Join what the lists and rules know with what the tagger says of the whole sentence."""

from collections.abc import Iterator
from typing import Final

from pipeline.enrich.entities.lists import institution_adjectives
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger.tag import Tagged, TaggedSpan
from pipeline.enrich.entities.tokens import Token, Tokens
from pipeline.enrich.entities.word_lists import word_list
from pipeline.enrich.entities.words import traits

_ANYHOW: Final = float("-inf")
_SURE: Final = 6.0
"""The lead from which the tagger makes a weak name certain; below, it is left to the rest of the document."""
_DIRECTIONS = word_list("directions")

_SINGLE: Final = frozenset({"hospital", "court", "university", "union"})
"""Kinds of institutions that are one of their kind by head and name."""

_SURE_KINDS: Final = frozenset({"town", "village", "province", "camp", "commune", "quarter"})
"""Kinds of places whose head hardly anything but their name follows."""

_FORCES: Final = frozenset({"army", "police"})
"""Kinds of institutions that news name all the time without meaning one: the army's fire, the police's cars."""


def merge(tokens: Tokens, known: list[Span], tagged: Tagged) -> list[Span]:
    """Return the spans to believe, left to right, none overlapping another.

    The tagger has weighed what lists and rules found, so its names come first. But it does not cut up the names of
    several words that the lists are certain of. A known name that it passed over stays if the list leaves no doubt, or
    if the tagger nearly took it: its corpus calls no ministry and no army a name.

    Args:
        tokens: All tokens of a text.
        known: What lists and rules found there, none overlapping another.
        tagged: What the tagger says of it, given these.
    """
    tagged = tagged._replace(spans=[part for name in tagged.spans for part in _parted(tokens, name, known)])
    for span, lead in zip(known, tagged.leads, strict=True):
        span.certain = span.certain or lead > _SURE
    whole = [
        span
        for span in known
        if (_is_whole(span) and not _is_shortened(span, tokens, tagged.spans)) or _is_cut_up(span, tokens, tagged.spans)
    ]
    inside = list(_inside_doubted(tokens, known, tagged))
    whole += [span for span in inside if _is_whole(span)]
    chosen = [*whole, *_named(tokens, tagged.spans, known, whole)]
    taken = {place for span in chosen for place in range(span.first, span.last)}
    lists = {span.last for span in chosen if span.type == "location"}
    for span, lead in zip(known, tagged.leads, strict=True):
        if taken.isdisjoint(range(span.first, span.last)) and (lead > _doubt(span, tokens) or _goes_on(span, lists)):
            chosen.append(span)
            taken.update(range(span.first, span.last))
            if span.type == "location":
                lists.add(span.last)
    chosen += [
        span for span in inside if taken.isdisjoint(range(span.first, span.last)) and _doubt(span, tokens) == _ANYHOW
    ]
    return sorted(chosen, key=lambda span: span.first)


def _inside_doubted(tokens: Tokens, known: list[Span], tagged: Tagged) -> Iterator[Span]:
    """Yield the known names inside a rule's name that the tagger rather does not see: طهران in برنامج طهران."""
    for span, lead in zip(known, tagged.leads, strict=True):
        seen = any(name.first <= span.first and span.last <= name.last for name in tagged.spans)
        if span.inside and not seen and lead <= _doubt(span, tokens):
            yield from span.inside


def _named(tokens: Tokens, names: list[TaggedSpan], known: list[Span], whole: list[Span]) -> Iterator[Span]:
    """Yield the tagger's names that touch no whole name, as known spans where they are the same."""
    same = {(span.first, span.last, span.type): span for span in known}
    taken = {place for span in whole for place in range(span.first, span.last)}
    for name in names:
        if taken.isdisjoint(range(name.first, name.last)):
            span = same.get((name.first, name.last, name.type))
            if span is not None:
                yield span
            elif name.last - name.first > 1 or _may_name(tokens[name.first]):
                yield Span(name.first, name.last, 0, name.type)


def _parted(tokens: Tokens, name: TaggedSpan, known: list[Span]) -> list[TaggedSpan]:
    """Part a known name and the one behind it: إيمانويل ماكرون + ميشال بارنييه, تاونات + صالح دحا, صحم + والخابورة."""
    if name.type == "location" and name.last - name.first > 1:
        inside = [span for span in known if span.certain and name.first <= span.first and span.last <= name.last]
        whole = sum(span.last - span.first for span in inside) == name.last - name.first
        if len(inside) > 1 and whole and all(span.type == "location" and span.offset for span in inside[1:]):
            return [TaggedSpan(span.first, span.last, "location") for span in inside]
    for span in known:
        first = span.first == name.first and span.last < name.last and span.certain and span.entity is not None
        if not first or span.type != name.type or traits(tokens.texts[span.last]).given != 0:
            continue
        if (name.type == "person" and name.last - span.last > 1) or name.type == "location":
            return [name._replace(last=span.last), TaggedSpan(span.last, name.last, "person")]
    return [name]


def _is_whole(span: Span) -> bool:
    return span.certain and span.entity is not None and span.last - span.first > 1


def _is_cut_up(span: Span, tokens: Tokens, names: list[TaggedSpan]) -> bool:
    """Say whether the tagger lost the particle that begins a rule's name: عبد الواحد [صلاح], الطالب ولد [المحجوب]."""
    if not span.certain or span.entity is not None:
        return False
    touching = [name for name in names if name.first < span.last and span.first < name.last]
    if span.type == "organization":
        if [(name.first, name.type) for name in touching] == [(span.first, "organization")]:
            # The institute [of statistics]: what it is for was cut off.
            return touching[0].last < span.last and tokens.folded[touching[0].last].startswith("لل")
        if [(name.first, name.last, name.type) for name in touching] == [(span.first + 1, span.last, "organization")]:
            head = traits(tokens.texts[span.first]).institution_head
            return head is not None and head.inside  # مؤسسة [محمود درويش]
        return _is_single(tokens[span.first]) and [(name.last, name.type) for name in touching] == [
            (span.last, "location")
        ]
    if not any(traits(text).particle for text in tokens.texts[span.first : span.first + 2]):
        return False
    inside = all(span.first <= name.first and name.last <= span.last and name.type == span.type for name in touching)
    return bool(touching) and inside and (len(touching) > 1 or touching[0].first > span.first)


def _goes_on(span: Span, lists: set[int]) -> bool:
    """Say whether a certain place goes on with the place right before it: معربة + والسماقيات."""
    return span.certain and span.type == "location" and bool(span.offset) and span.first in lists


def _is_shortened(span: Span, tokens: Tokens, names: list[TaggedSpan]) -> bool:
    """Say whether the tagger rightly names more than a known span, or less: all but a title, a head or a direction."""
    touching = [name for name in names if name.first < span.last and span.first < name.last]
    if len(touching) != 1:
        return False
    (name,) = touching
    longer = name.first <= span.first and span.last <= name.last and name.last - name.first > span.last - span.first
    behind = name.first == span.first + 1 and name.last == span.last and name.type == span.type
    if longer and span.type == name.type == "person":
        return all(
            _is_of_a_name(text) for text in tokens.texts[name.first : span.first] + tokens.texts[span.last : name.last]
        )
    return longer or (behind and _may_go(span, tokens[span.first]))


def _is_of_a_name(text: str) -> bool:
    """Say whether a word around a known person's name may belong to it; the object of the sentence does not."""
    word = traits(text)
    return word.given >= 0 or word.family >= 0 or word.particle


def _may_go(span: Span, token: Token) -> bool:
    """Say whether the first word of a known name may be left out of it."""
    word = traits(token.text)
    match span.type:
        case "person":
            return word.title
        case "organization":
            return word.institution_head is not None and not word.institution_head.inside
        case _:
            direction = not _DIRECTIONS.isdisjoint(stem.folded for stem in token.stems)
            area = span.entity is not None and span.entity.kind in ("country", "province")
            return (word.place_head is not None and not word.place_head.inside) or (direction and not area)


def _may_name(token: Token) -> bool:
    """Say whether a word that no list has as a name can be one by itself; a demonym or a plain word can't."""
    word = traits(token.text)
    return word.given >= 0 or word.family >= 0 or not (word.nationality or word.plain)


def _is_full(words: list[Token]) -> bool:
    """Say whether words are a first name and a family name."""
    first, last = traits(words[0].text), traits(words[-1].text)
    return first.given == 0 and last.family == 0


def _is_single(token: Token) -> bool:
    """Say whether an institution with this head is one of its kind by its name: ``محكمة``, ``المحكمة``."""
    head = traits(token.text).institution_head
    return (head is not None and head.kind in _SINGLE) or token.folded == "المحكمه"


def _is_kind_of_place(token: Token) -> bool:
    """Say whether a word says of the name behind it that it is a place: ``بلدة``."""
    head = traits(token.text).place_head
    return head is not None and head.kind in _SURE_KINDS


def _doubt(span: Span, tokens: Tokens) -> float:
    """Return how far the tagger must lean towards a known name that it passed over."""
    if not span.certain:
        return _ANYHOW
    several = span.last - span.first > 1
    if span.type == "location" and not span.offset and span.first and _is_kind_of_place(tokens[span.first - 1]):
        return -4.0
    if span.entity is None:
        # An institution that a rule found is one of its kind if it says of which country: the health ministry of Egypt.
        if not several:
            return 3.0 if span.type == "person" else 1.0
        if span.type == "location":
            return 1.0
        if span.type == "person":
            if span.last - span.first > 2:
                return -3.5
            return -2.5 if _is_full(tokens[span.first : span.last]) else -1.5
        inside = tokens[span.first + 1 : span.last]
        named = any(traits(token.text).nationality for token in inside) or _is_single(tokens[span.first])
        long = span.last - span.first > 3 or (several and inside[0].folded in institution_adjectives())
        return _ANYHOW if named else -6.0 if long else -2.5
    if span.entity.kind in _FORCES:
        return -1.0
    if several and (span.entity.wikidata or span.type == "organization"):
        return _ANYHOW
    if span.type != "location":
        return -4.0 if span.entity.kind == "club" else 0.0
    if span.entity.wikidata:
        return _ANYHOW
    # Settlements come from a gazetteer of the whole world, which nobody has read.
    return 2.0 if span.entity.kind == "settlement" else -1.0
