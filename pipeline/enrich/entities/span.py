"""A stretch of tokens that names something: what gazetteer, rules and tagger find, before it is a mention."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.mention import EntityType


@dataclass(slots=True)
class Span:
    """Tokens ``first`` to ``last`` (exclusive) of one field."""

    first: int
    last: int
    offset: int
    """Characters of the first token that are clitics, and no part of the name."""
    type: EntityType
    entity: Entity | None = None
    """The known entity, or None for the unseen."""
    name: str = ""
    """Canonical name, once it is decided."""
    certain: bool = True
    """False for a weak alias whose context does not speak for it; the rest of the document still may."""
    namesakes: tuple[Entity, ...] = ()
    """Places in other countries that share the name."""
    inside: "tuple[Span, ...]" = ()
    """Known names that a rule's longer name holds: هونغ كونغ in ميناء هونغ كونغ."""


def longest(spans: Iterable[Span]) -> list[Span]:
    """Return the spans, left to right, without those that overlap a longer one, or of the same length a surer one."""
    chosen: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda span: (span.first - span.last, not span.certain, span.entity is None)):
        places = range(span.first, span.last)
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.first)
