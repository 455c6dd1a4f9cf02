"""Read a person's full name alike wherever the document gives it: a name found whole once is found everywhere."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Token, endings
from pipeline.enrich.entities.words import traits

Name = tuple[str, ...]
"""Folded words, the first without clitics."""

_SON = ("بن", "ابن", "بنت")


class Named(Protocol):
    """A field with its tokens and what is named there."""

    tokens: list[Token]
    spans: list[Span]


def find_again(fields: Sequence[Named]) -> None:
    """Find the full names of the document's people again where they were passed over, cut off or run on."""
    names = {_name(field, span): span for field in fields for span in field.spans if _is_full(span)}
    if not names:
        return
    first_words = endings([name[0] for name in names])
    for field in fields:
        here = {(span.first, span.last) for span in field.spans}
        for first, last, offset, full in list(_occurrences(field, names, first_words)):
            if (first, last) in here:
                continue
            touched = [span for span in field.spans if span.first < last and first < span.last]
            if all(_gives_way(span, first, last, field.tokens) for span in touched):
                kept = [span for span in field.spans if span not in touched]
                new = Span(first, last, offset, "person", full.entity, full.name)
                field.spans[:] = sorted([*kept, new], key=lambda span: span.first)


def _is_full(span: Span) -> bool:
    return span.type == "person" and span.certain and span.last - span.first > 1


def _name(field: Named, span: Span) -> Name:
    tokens = field.tokens[span.first : span.last]
    first = next((stem.folded for stem in tokens[0].stems if stem.offset == span.offset), tokens[0].folded)
    return first, *(token.folded for token in tokens[1:])


def _occurrences(
    field: Named, names: dict[Name, Span], first_words: tuple[str, ...]
) -> Iterator[tuple[int, int, int, Span]]:
    """Yield first, last (exclusive), offset and the known span of each name's occurrences, longer names first."""
    starts = [at for at, token in enumerate(field.tokens) if token.folded.endswith(first_words)]
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for at in starts:
            stem = next((stem for stem in field.tokens[at].stems if stem.folded == name[0]), None)
            last = at + len(name)
            if stem and [token.folded for token in field.tokens[at + 1 : last]] == list(name[1:]):
                yield at, last, stem.offset, names[name]


def _gives_way(span: Span, first: int, last: int, tokens: list[Token]) -> bool:
    """Whether a span is a worse reading than the full name that touches it.

    One that runs on behind the name may well be the fuller name; one that begins before it may be if its first words
    can be names (حسونة بن ناجي, not شدد بن ناجي).
    """
    if span.entity is not None or (span.type != "person" and span.certain):
        return False
    if span.first <= first and last <= span.last:
        before = [traits(token.text) for token in tokens[span.first : first]]
        if tokens[first].folded in _SON:
            return span.last == last and all(word.plain or word.speech for word in before)
        return span.last == last and not any(word.given >= 0 or word.family >= 0 or word.particle for word in before)
    return True
