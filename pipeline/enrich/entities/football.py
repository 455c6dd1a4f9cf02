"""Find clubs whose names are plain words: الوحدة is a club only where a match is told."""

from collections.abc import Iterator

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.enrich.entities.lists import club_contexts, football_words, place_contexts, plain_clubs
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.entities.word_lists import word_list
from pipeline.enrich.entities.words import traits

_ENOUGH = 2
"""Different words of match reports that make a text one."""
_FEDERATION = "الاتحاد"
"""Of a country it is no club: الاتحاد السعودي."""
_ARTICLE = "ال"
_AND = "و"
_CLUB = word_list("clubs")
"""What makes the place behind it a club."""
_SIDES = word_list("before a side")
"""What makes the town behind it a club where a match is told."""
_TOWNS = frozenset({"town", "settlement", "district", "village"})


def clubs(tokens: Tokens, known: list[Span]) -> Iterator[Span]:
    """Yield the clubs of a match report that are plain words, left to right.

    A club shows where a word of matches stands before it (``ضيفه``), or behind another club; where it has shown once,
    it is meant in the whole text, but not where a word with the article goes on: ``الاتحاد الدولي``.

    Args:
        tokens: Tokens of one field.
        known: Spans of the names that are known in it for certain.
    """
    folded = tokens.folded
    names = plain_clubs()
    told = len(football_words().intersection(folded)) >= _ENOUGH
    yield from _of_towns(folded, known, _CLUB | _SIDES if told else _CLUB)
    if not told or names.isdisjoint(folded):
        return
    taken = {place for span in known for place in range(span.first, span.last) if span.last - span.first > 1}
    places = [
        (place, offset, name)
        for place, word in enumerate(folded)
        if place not in taken and (here := _club(word)) and not _is_part(tokens, place)
        for offset, name in (here,)
    ]
    clubs_before = {span.last for span in known if span.entity is not None and span.entity.kind == "club"}
    shown: set[str] = set()
    contexts = club_contexts()
    for place, offset, name in places:
        before = folded[place - 1] if place else ""
        if before in contexts or before.removeprefix(_AND) in contexts or (offset and place in clubs_before):
            shown.add(name)
            clubs_before.add(place + 1)
    for place, offset, name in places:
        if name in shown:
            entity = _entity(name, tokens.texts[place][offset:])
            yield Span(place, place + 1, offset, "organization", entity, entity.name)


def _of_towns(folded: list[str], known: list[Span], before: frozenset[str]) -> Iterator[Span]:
    """Yield the clubs that have a town's name, by the word before them: ``مدرب دورتموند``, ``لنادي الكرمة``.

    A purpose or an adjective behind it makes it another kind of club: نادي دبي للصحافة, نادي جدة الأدبي.
    """
    for span in known:
        town = span.type == "location" and span.entity is not None and span.entity.kind in _TOWNS
        if town and span.first and not span.offset and folded[span.first - 1] in before:
            after = folded[span.last] if span.last < len(folded) else ""
            if not after.startswith("لل") and not (after.startswith(_ARTICLE) and after.endswith(("ي", "يه"))):
                name = f"نادي {span.name}"
                entity = gazetteer().lookup(name) or Entity(span.name, "organization", None, "club")
                yield Span(span.first, span.last, 0, "organization", entity, entity.name)


def _club(folded: str) -> tuple[int, str] | None:
    """Return the characters of ``و`` before the plain word that may be a club here, and the word."""
    names = plain_clubs()
    if folded in names:
        return 0, folded
    if folded.startswith(_AND) and folded[1:] in names:
        return 1, folded[1:]
    return None


def _is_part(tokens: Tokens, at: int) -> bool:
    """Whether the word is a place here, or part of another name: ``في العين``, ``ملعب الاتحاد``, ``الاتحاد الدولي``.

    A word with the article goes on with a name; but a club's country may stand behind it.
    """
    if at:
        before = traits(tokens.texts[at - 1])
        head = before.institution_head
        if tokens.folded[at - 1] in place_contexts() or before.place_head or (head is not None and head.inside):
            return True
    place = at + 1
    if place >= len(tokens) or tokens.starts[place] - tokens.ends[place - 1] != 1:
        return False
    folded = tokens.folded[place]
    federation = tokens.folded[place - 1].endswith(_FEDERATION)
    return folded.startswith(_ARTICLE) and (federation or traits(tokens.texts[place]).nationality is None)


def _entity(name: str, written: str) -> Entity:
    """Return the known club of this name, or a club without a country, for several have it."""
    known = [candidate.entity for candidate in gazetteer().meanings((name,)) if candidate.entity.kind == "club"]
    return known[0] if known else Entity(written, "organization", None, "club")
