"""Find the institutions of states, by adjective of nationality, and those of provinces and towns, by their names."""

from collections.abc import Iterator

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import gazetteer, state_institutions
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.view import View
from pipeline.enrich.entities.word_lists import word_list

_ARTICLE = "ال"
_OFFICES = word_list("offices of a place")
_SERVICES = word_list("services of a place")
"""What a province's office is for: ``مديرية صحة ريف دمشق``."""


def of_state(view: View, position: int) -> Iterator[Span]:
    """Yield the ministry, army or parliament that begins here, of the state that a nationality behind it names."""
    match = state_institutions().at(view.tokens, position)
    if match is None:
        return
    ((institution, weak),) = match.candidates
    kind, gender = institution.kind.split()
    after = view.skip_quotes(match.last)
    nationality, folded = view.word(after).nationality, view.folded(after)
    agrees = folded.startswith(_ARTICLE) and folded.endswith("ه") == (gender == "f")
    if nationality and nationality.country and agrees:
        name = f"{institution.name} ال{nationality.adjective}{'ة' if gender == 'f' else ''}"
        entity = gazetteer().lookup(name) or Entity(name, "organization", None, kind, nationality.country)
        yield Span(position, after + 1, match.offset, "organization", entity, entity.name)
        return
    town = town_end(view, match.last) if kind == "court" else match.last
    if town > match.last:
        yield Span(position, town, match.offset, "organization")
    elif not weak:
        yield Span(position, match.last, match.offset, "organization", institution, institution.name)


def office(view: View, position: int) -> Iterator[Span]:
    """Yield the province's office that begins here: ``مديرية صحة ريف دمشق``, ``دائرة صحة كربلاء``."""
    offset = next((stem.offset for stem in view.tokens.stems[position] if stem.folded in _OFFICES), None)
    if offset is None or view.folded(position + 1) not in _SERVICES:
        return
    place = position + 2
    if place not in view.known and view.word(place).place_head:
        place += 1
    known = view.known.get(place)
    if known is not None and known.type == "location" and not known.offset and view.adjacent(place):
        head, service = view.text(position)[offset:], view.text(position + 1)
        country = known.entity.country if known.entity else ""
        entity = Entity(f"{head} {service} {known.name}", "organization", None, "agency", country)
        yield Span(position, known.last, offset, "organization", entity, entity.name)


def town_end(view: View, position: int) -> int:
    """Pass over the town of a court: ``محكمة الاستئناف بالدار البيضاء``; ``في`` before a town is no part of a name."""
    known = view.known.get(position)
    town = known is not None and known.type == "location" and known.offset == 1
    return known.last if known and town and view.text(position)[0] == "ب" and view.adjacent(position) else position
