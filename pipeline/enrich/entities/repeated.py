"""Read a person's full name alike wherever the document gives it: a name found whole once is found everywhere."""

from collections.abc import Sequence

from pipeline.enrich.entities.context import SON
from pipeline.enrich.entities.field import Field
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.entities.words import traits


def find_again(fields: Sequence[Field]) -> None:
    """Find the full names of the document's people again where they were passed over, cut off or run on."""
    names = {field.words(span): span for field in fields for span in field.spans if _is_full(span)}
    if not names:
        return
    for field in fields:
        here = {(span.first, span.last) for span in field.spans}
        for name, first, last, offset in list(field.occurrences(names)):
            if (first, last) in here:
                continue
            touched = [span for span in field.spans if span.first < last and first < span.last]
            if all(_gives_way(span, first, last, field.tokens) for span in touched):
                field.put([Span(first, last, offset, "person", names[name].entity, names[name].name)])


def _is_full(span: Span) -> bool:
    return span.type == "person" and span.certain and span.last - span.first > 1


def _gives_way(span: Span, first: int, last: int, tokens: Tokens) -> bool:
    """Whether a span is a worse reading than the full name that touches it.

    One that runs on behind the name may well be the fuller name; one that begins before it may be if its first words
    can be names (حسونة بن ناجي, not شدد بن ناجي).
    """
    if span.entity is not None or (span.type != "person" and span.certain):
        return False
    if span.first <= first and last <= span.last:
        before = [traits(text) for text in tokens.texts[span.first : first]]
        if tokens.folded[first] in SON:
            return span.last == last and all(word.plain or word.speech for word in before)
        return span.last == last and not any(word.given >= 0 or word.family >= 0 or word.particle for word in before)
    return True
