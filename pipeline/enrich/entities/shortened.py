"""Let an institution's short form join the full name in its document: البنك المركزي is البنك المركزي التونسي."""

from collections.abc import Sequence

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.field import Field, Name
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.words import traits

_SHORTEST = 2
"""Words of the shortest form without a country's adjective: one word is too plain."""


def join_institutions(fields: Sequence[Field]) -> None:
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


def _find_short_forms(fields: Sequence[Field]) -> None:
    """Find names that lack nothing but the adjective of the country, where only one of them is in the document."""
    full: dict[Name, Span] = {}
    shared: set[Name] = set()
    for field in fields:
        for span in field.spans:
            if span.type != "organization" or not span.certain or span.last - span.first <= _SHORTEST:
                continue
            nationality = traits(field.tokens.texts[span.last - 1]).nationality
            if nationality is None or not nationality.country or not span.name:
                continue
            short = field.words(span)[:-1]
            if full.setdefault(short, span).name != span.name:
                shared.add(short)
    for short, span in full.items():
        if short not in shared:
            for field in fields:
                _place(field, short, span)


def _place(field: Field, short: Name, full: Span) -> None:
    """Put the full name's entity wherever its short form stands by itself."""
    covered = {place: span for span in field.spans if span.certain for place in range(span.first, span.last)}
    found = []
    for _, first, last, offset in field.occurrences([short]):
        after = traits(field.tokens.texts[last]) if last < len(field.tokens) else None
        touched = [covered[place] for place in range(first, last) if place in covered]
        if (after is None or not after.nationality) and all(
            (span.first, span.last) == (first, last) for span in touched
        ):
            found.append(Span(first, last, offset, full.type, full.entity, full.name))
    field.put(found)
