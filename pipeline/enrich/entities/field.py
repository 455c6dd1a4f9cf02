"""One field of a document, its title or its body: its text, its tokens, and what is named there."""

from collections.abc import Collection, Iterable, Iterator

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens, with_clitics

Name = tuple[str, ...]
"""Folded words, the first without clitics."""


class Field:
    """A field, to whose spans others may be added, left to right, none overlapping another.

    Args:
        name: ``title`` or ``body``.
        text: As written.
        tokens: All of its tokens.
        spans: What was found so far.
    """

    def __init__(self, name: str, text: str, tokens: Tokens, spans: Iterable[Span] = ()) -> None:
        self.name = name
        self.text = text
        self.tokens = tokens
        self.spans = list(spans)

    def written(self, span: Span) -> str:
        """Return the span as written, without clitics."""
        return self.text[self.tokens.starts[span.first] + span.offset : self.tokens.ends[span.last - 1]]

    def words(self, span: Span) -> Name:
        """Return the span's folded words."""
        folded, *others = self.tokens.folded[span.first : span.last]
        stems = self.tokens.stems[span.first]
        return next((stem.folded for stem in stems if stem.offset == span.offset), folded), *others

    def occurrences(self, names: Collection[Name]) -> Iterator[tuple[Name, int, int, int]]:
        """Yield where names stand: name, first token, last (exclusive), offset in the first; longer names first."""
        may_begin = with_clitics({name[0] for name in names})
        folded = self.tokens.folded
        starts = [at for at, word in enumerate(folded) if word in may_begin]
        for name in sorted(names, key=lambda name: (-len(name), name)):
            first, *others = name
            for at in starts:
                last = at + len(name)
                if folded[at + 1 : last] == others:
                    stem = next((stem for stem in self.tokens.stems[at] if stem.folded == first), None)
                    if stem:
                        yield name, at, last, stem.offset

    def put(self, spans: Iterable[Span]) -> None:
        """Add spans in place of those that they touch."""
        new = list(spans)
        taken = {place for span in new for place in range(span.first, span.last)}
        kept = [span for span in self.spans if taken.isdisjoint(range(span.first, span.last))]
        self.spans = sorted([*kept, *new], key=lambda span: span.first)
