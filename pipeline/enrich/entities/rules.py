"""Find names that no list holds, by the words around them."""

import re
from collections.abc import Iterator

from pipeline.enrich.entities import enumerated, institutions, people, states
from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.enrich.entities.lists import Head, place_beginnings, place_heads
from pipeline.enrich.entities.purposes import honoured_end, purpose_end
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Token, Tokens
from pipeline.enrich.entities.view import View
from pipeline.enrich.entities.word_lists import word_list

_REACH_OF_BORDER = 4
_WITH_UNSEEN = frozenset(
    {"town", "village", "province", "region", "district", "quarter", "camp", "river", "island", "crossing"}
)
_WITH_UNSEEN |= {"mountain", "lake", "strait", "dam", "commune"}
"""Kinds of place whose head is hardly ever followed by anything but a name."""
_NAMED_AFTER = frozenset({"stadium", "airport", "mosque", "street", "square", "bridge", "port", "crossing", "park"})
"""Kinds of place that are named after people."""
_OF_PEOPLE = word_list("of people")
"""Beginnings of places' names with which people's names begin too."""
_PLURALS = word_list("plural heads")
"""Heads behind which a list of places stands."""
_QUARTER = "quarter"
"""Kind of a head behind which any definite word is a name: ``حي الثورة``."""
_NUMBERED = word_list("numbered quarters")
"""What one of several quarters of a name has: ``حي الدرجة الأولى``."""
_DEFINITE = ("ال", "وال")
"""Beginnings of what an institution's definite head, and a state's office, goes on with."""
_AMAZIGH = re.compile("ت[اي]..+[تن]|نواذ.+|يفر.+")
"""Beginnings of Berber place names that look like a verb's: ``تيزنيت``, ``تاونات``."""


def find_unseen(tokens: Tokens, known: list[Span]) -> Iterator[Span]:
    """Yield spans; they may overlap each other and the known ones.

    Args:
        tokens: Tokens of one field.
        known: Spans of the names that are known in it for certain, left to right.
    """
    view = View(tokens, known)
    for position in view.openings():
        word = view.word(position)
        if word.state:
            yield from states.of_state(view, position)
        if word.border:
            yield from _border(view, position)
        if word.title:
            yield from people.titled(view, position)
        if word.speech:
            yield from people.spoken(view, position)
        if word.begins_name:
            yield from people.named(view, position)
        if word.place_head:
            yield from states.office(view, position)
            yield from _place(view, position, word.place_head)
            if not _PLURALS.isdisjoint(stem.folded for stem in view.tokens.stems[position]):
                yield from enumerated.listed(view, position)
        if word.institution_head:
            yield from institutions.headed(view, position, word.institution_head)
        if word.definite_head:
            if view.folded(position + 1).startswith(_DEFINITE):
                yield from institutions.definite(view, position)
            elif not word.place_head:
                yield from states.office(view, position)


def _border(view: View, position: int) -> Iterator[Span]:
    """Find the two countries of ``الحدود السورية - الأردنية``; elsewhere such adjectives name no place."""
    reach = range(position + 1, min(position + _REACH_OF_BORDER, len(view)))
    sides = [(at, country) for at in reach if (country := _country(view, at))]
    if len(sides) == 2:
        for at, country in sides:
            yield Span(at, at + 1, 0, "location", country, country.name)


def _country(view: View, position: int) -> Entity | None:
    nationality = view.word(position).nationality
    return gazetteer().country(nationality.country) if nationality else None


def _place(view: View, position: int, head: Head) -> Iterator[Span]:
    """Find the place behind a head: ``بلدة الهري``, ``معبر نصيب``, ``مطار الملك خالد``."""
    start = view.skip_quotes(position + 1)
    if start >= len(view):
        return
    honoured = honoured_end(view, start)
    if honoured > start:
        purpose = purpose_end(view, honoured)
        if purpose > honoured:  # مدينة الملك عبدالعزيز للعلوم والتقنية
            offset = _offset(view.tokens[position])
            name = " ".join(view.text(at) for at in range(position, purpose))[offset:]
            entity = Entity(name, "organization", None, "institute")
            yield Span(position, purpose, offset, "organization", entity, name)
        elif head.inside or head.kind == "town":
            yield Span(position, honoured, _offset(view.tokens[position]), "location")
        return
    known = view.known.get(start)
    if known is not None:
        if known.type == "location" and head.inside:
            yield Span(position, known.last, _offset(view.tokens[position]), "location")
        return
    if head.kind in _NAMED_AFTER and (end := people.name_end(view, start, strict=True)) > start + 1:
        yield Span(position, end, _offset(view.tokens[position]), "location")
        return
    quarter = head.kind == _QUARTER
    end = _unseen_place_end(view, start, quarter=quarter)
    if quarter and end == start + 1 and view.adjacent(end) and view.folded(end) in _NUMBERED:
        end += 1
    compound = end > start + 1 and view.folded(start) not in _OF_PEOPLE
    if end == start or (head.kind not in _WITH_UNSEEN and not compound):
        return
    if head.inside:
        yield Span(position, end, _offset(view.tokens[position]), "location")
    elif quarter and view.word(start).plain:
        name = " ".join(view.text(at) for at in range(start, end))
        yield Span(start, end, 0, "location", Entity(name, "location", None, "district"), name)
    else:
        yield Span(start, end, 0, "location")


def _unseen_place_end(view: View, start: int, *, quarter: bool = False) -> int:
    word, folded = view.word(start), view.folded(start)
    if not word.letters or word.nationality or not view.adjacent(start):
        return start
    if word.plain and not (quarter and folded.startswith("ال")):
        return _compound_end(view, start)
    verbal = folded[0] in "يتن" and not _AMAZIGH.fullmatch(folded)
    if not folded.startswith("ال") and (verbal or folded.endswith(("يه", "ات", "ها"))):
        return start
    end = max(start + 1, _compound_end(view, start))
    return _compound_end(view, end) if _compound_end(view, end) > end else end


def _compound_end(view: View, start: int) -> int:
    """Return the end of a name of two words that begins here, such as ``عين تادلس``, ``آيت ملول``; or ``start``."""
    follows = view.adjacent(start + 1) and view.word(start + 1).letters
    return start + 2 if follows and view.folded(start) in place_beginnings() and view.adjacent(start) else start


def _offset(token: Token) -> int:
    heads = place_heads()
    return next((stem.offset for stem in token.stems if stem.folded in heads), 0)
