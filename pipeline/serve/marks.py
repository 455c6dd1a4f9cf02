"""Cut a text at the borders of spans, so that a template can wrap each piece: mentions, cut furniture."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Mark = TypeVar("Mark")


@dataclass(frozen=True, slots=True)
class Span(Generic[Mark]):
    """A stretch of a text, in characters, and what it is."""

    start: int
    end: int
    mark: Mark


@dataclass(frozen=True, slots=True)
class Piece(Generic[Mark]):
    """A piece of text; ``mark`` is None between the spans."""

    text: str
    mark: Mark | None
    start: int


def pieces(text: str, spans: Iterable[Span[Mark]], first: int = 0) -> Iterator[Piece[Mark]]:
    """Yield the whole text in pieces; spans off the text are cut to it, and of two that overlap the first counts.

    Args:
        text: a text, or a part of one.
        spans: offsets are into the whole text.
        first: where in the whole text this part begins.
    """
    here = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start, end = max(span.start - first, here), min(span.end - first, len(text))
        if start >= end:
            continue
        if start > here:
            yield Piece(text[here:start], None, first + here)
        yield Piece(text[start:end], span.mark, first + start)
        here = end
    if here < len(text):
        yield Piece(text[here:], None, first + here)


def paragraphs(text: str, spans: Iterable[Span[Mark]]) -> list[list[Piece[Mark]]]:
    """Return the text's paragraphs (lines that are not empty), each in pieces."""
    held = sorted(spans, key=lambda span: span.start)
    found = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            end = start + len(line)
            found.append(list(pieces(line, (span for span in held if span.start < end and span.end > start), start)))
        start += len(line) + 1
    return found
