"""Join what the lists and rules know with what the tagger says of the whole sentence."""

from collections.abc import Iterator

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger.tag import TaggedSpan, tagger
from pipeline.enrich.entities.tokens import Token

_ANYHOW = float("-inf")


def merge(tokens: list[Token], known: list[Span]) -> list[Span]:
    """Return the spans to believe, left to right, none overlapping another.

    The tagger has weighed what lists and rules found, so its names come first. A known name that it passed over stays
    if the list leaves no doubt, or if the tagger nearly took it: its corpus calls no ministry and no army a name.

    Args:
        tokens: All tokens of a text.
        known: What lists and rules found there, none overlapping another.
    """
    tagged = tagger().tag(tokens, known)
    wider = [span for span in known if _is_institution(span) and any(_inside(name, span) for name in tagged.spans)]
    chosen = [*wider, *_named(tagged.spans, known, wider)]
    taken = {place for span in chosen for place in range(span.first, span.last)}
    for span, lead in zip(known, tagged.leads, strict=True):
        if taken.isdisjoint(range(span.first, span.last)) and lead > _doubt(span):
            chosen.append(span)
    return sorted(chosen, key=lambda span: span.first)


def _named(names: list[TaggedSpan], known: list[Span], wider: list[Span]) -> Iterator[Span]:
    """Yield the tagger's names, as known spans where they are the same."""
    same = {(span.first, span.last, span.type): span for span in known}
    for first, last, kind in names:
        if any(first < span.last and span.first < last for span in wider):
            continue
        span = same.get((first, last, kind)) or Span(first, last, 0, kind)
        span.certain = True
        yield span


def _is_institution(span: Span) -> bool:
    return span.certain and span.entity is not None and span.type == "organization" and span.last - span.first > 1


def _inside(name: TaggedSpan, span: Span) -> bool:
    """Say whether a name is a part of a wider span and something else: a town in the name of its university."""
    return span.first <= name.first and name.last <= span.last and name.type != span.type


def _doubt(span: Span) -> float:
    """Return how far the tagger must lean towards a known name that it passed over."""
    several = span.last - span.first > 1
    if not span.certain:
        return 3.0
    if span.entity is None:
        return 1.0
    if span.entity.wikidata and (several or span.type == "location"):
        return _ANYHOW
    if several:
        return _ANYHOW if span.type == "organization" else -2.0
    return 2.0 if span.type == "location" else 0.0
