"""Decide what a known name means here: which of its entities, and whether the words around speak for a weak one."""

from pipeline.enrich.entities.gazetteer import QUOTES, Candidate, Match
from pipeline.enrich.entities.lists import person_contexts, place_contexts
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Token
from pipeline.enrich.entities.words import traits

_REACH = 3
"""Tokens before a name among which a title or a head still speaks for it."""


def judge(match: Match, tokens: list[Token]) -> list[Span]:
    """Return the spans that a match may stand for, the most likely first; weak ones without support are uncertain."""
    supported, sure, unsure = [], [], []
    for candidate in match.candidates:
        span = Span(
            match.first, match.last, match.offset, candidate.entity.type, candidate.entity, candidate.entity.name
        )
        if not candidate.weak:
            sure.append(span)
        elif _supported(candidate, match, tokens):
            supported.append(span)
        else:
            span.certain = False
            unsure.append(span)
    return [*supported, *sure, *unsure]


def _supported(candidate: Candidate, match: Match, tokens: list[Token]) -> bool:
    before = [token for token in tokens[max(0, match.first - _REACH) : match.first] if token.text not in QUOTES]
    if not before:
        return False
    nearest = traits(before[-1].text)
    folded = {stem.folded for stem in before[-1].stems}
    match candidate.entity.type:
        case "person":
            if nearest.title or nearest.speech or not folded.isdisjoint(person_contexts()):
                return True
            return nearest.nationality is not None and any(traits(token.text).title for token in before)
        case "location":
            return nearest.place_head is not None or not folded.isdisjoint(place_contexts())
        case _:
            return nearest.institution_head is not None
