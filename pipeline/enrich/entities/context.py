"""Decide what a known name means here: which of its entities, and whether the words around speak for a weak one."""

from pipeline.enrich.entities.gazetteer import QUOTES, Candidate, Match
from pipeline.enrich.entities.lists import group_adjectives, organization_contexts, person_contexts, place_contexts
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Token
from pipeline.enrich.entities.words import traits

_REACH = 3
"""Tokens before a name among which a title still speaks for it."""
_TANWIN = "\u064b"


def judge(match: Match, tokens: list[Token]) -> list[Span]:
    """Return the spans that a match may stand for, the most likely first; weak ones without support are uncertain."""
    if match.last - match.first == 1 and _TANWIN in tokens[match.first].text:
        return []  # An adverb or an indefinite adjective: روسيًا is "Russian", not Russia.
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
    spans = [*supported, *sure, *unsure]
    if len(spans) > 1 and spans[0].type == "location":
        spans[0].namesakes = tuple(span.entity for span in spans[1:] if span.entity and span.type == "location")
    return spans


def _supported(candidate: Candidate, match: Match, tokens: list[Token]) -> bool:
    before = [token for token in tokens[max(0, match.first - _REACH) : match.first] if token.text not in QUOTES]
    nearest = traits(before[-1].text) if before else None
    folded = {stem.folded for stem in before[-1].stems} if before else set()
    match candidate.entity.type:
        case "person":
            if nearest is None:
                return False
            if nearest.title or nearest.speech or not folded.isdisjoint(person_contexts()):
                return True
            return nearest.nationality is not None and any(traits(token.text).title for token in before)
        case "location":
            if nearest is not None and nearest.place_head is not None:
                return True
            plain = match.last - match.first == 1 and traits(tokens[match.first].text).plain
            return not plain and not folded.isdisjoint(place_contexts())
        case _:
            if nearest is not None and (
                nearest.institution_head is not None or not folded.isdisjoint(organization_contexts())
            ):
                return True
            return match.last < len(tokens) and tokens[match.last].folded in group_adjectives()
