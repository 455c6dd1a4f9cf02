"""Let an institution's short form join the full name in its document: البنك المركزي is البنك المركزي التونسي."""

from collections.abc import Sequence
from typing import Protocol

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Token, endings
from pipeline.enrich.entities.words import traits

_SHORTEST = 2
"""Words of the shortest form without a country's adjective: one word is too plain."""


class Named(Protocol):
    """A field of a document: its tokens, and what was found there."""

    tokens: list[Token]
    spans: list[Span]


def join_institutions(fields: Sequence[Named]) -> None:
    """Give short forms the full name that the document has for them, if it has one only; find those not seen yet."""
    _find_short_forms(fields)
    organizations: dict[str, Entity | None] = {
        span.name: span.entity
        for field in fields
        for span in field.spans
        if span.type == "organization" and span.certain and span.name
    }
    for field in fields:
        for span in field.spans:
            if span.type == "organization" and span.name and span.entity and not span.entity.country:
                longer = [name for name in organizations if name.startswith(span.name + " ")]
                if len(longer) == 1:
                    span.name, span.entity = longer[0], organizations[longer[0]]


def _find_short_forms(fields: Sequence[Named]) -> None:
    """Find names that lack nothing but the adjective of the country, where only one of them is in the document."""
    full: dict[tuple[str, ...], Span] = {}
    shared: set[tuple[str, ...]] = set()
    for field in fields:
        for span in field.spans:
            if span.type != "organization" or not span.certain or span.last - span.first <= _SHORTEST:
                continue
            nationality = traits(field.tokens[span.last - 1].text).nationality
            if nationality is None or not nationality.country or not span.name:
                continue
            first = next(stem.folded for stem in field.tokens[span.first].stems if stem.offset == span.offset)
            short = (first, *(token.folded for token in field.tokens[span.first + 1 : span.last - 1]))
            if full.setdefault(short, span).name != span.name:
                shared.add(short)
    for short, span in full.items():
        if short not in shared:
            for field in fields:
                _place(field, short, span)


def _place(field: Named, short: tuple[str, ...], full: Span) -> None:
    """Put the full name's entity wherever its short form stands by itself."""
    covered = {place: span for span in field.spans if span.certain for place in range(span.first, span.last)}
    found = []
    may_end = endings(short[:1])
    starts = [at for at, token in enumerate(field.tokens) if token.folded.endswith(may_end)]
    for at in starts:
        if at + len(short) > len(field.tokens):
            break
        token = field.tokens[at]
        stem = next((stem for stem in token.stems if stem.folded == short[0]), None)
        end = at + len(short)
        if stem is None or any(field.tokens[at + step].folded != word for step, word in enumerate(short) if step):
            continue
        after = traits(field.tokens[end].text) if end < len(field.tokens) else None
        touched = [covered[place] for place in range(at, end) if place in covered]
        if (after and after.nationality) or any((span.first, span.last) != (at, end) for span in touched):
            continue
        found.append(Span(at, end, stem.offset, full.type, full.entity, full.name))
    taken = {place for span in found for place in range(span.first, span.last)}
    kept = [span for span in field.spans if taken.isdisjoint(range(span.first, span.last))]
    field.spans[:] = sorted([*kept, *found], key=lambda span: span.first)
