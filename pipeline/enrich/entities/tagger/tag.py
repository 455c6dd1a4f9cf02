"""From the tokens of a text to the names among them."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Final, NamedTuple

import numpy as np

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger.features import EDGE, REACH, evidence
from pipeline.enrich.entities.tagger.labels import LABELS, TYPES, decode
from pipeline.enrich.entities.tagger.model import Model
from pipeline.enrich.entities.tagger.viterbi import Decoder
from pipeline.enrich.entities.tagger.weights import Scores, load
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.entities.vocabulary import Column, Numbers, Vocabulary, vocabulary
from pipeline.enrich.mention import EntityType

_IS_END: Final = Column.of(frozenset(".!?؟…").__contains__, bool)
_COLUMNS: Final = {kind: at for at, kind in enumerate(TYPES)}
_PLACES: Final = (len(LABELS) - 1) // len(TYPES)
"""Labels of a type."""


class TaggedSpan(NamedTuple):
    """Tokens ``first`` to ``last`` (exclusive) that name something of a type."""

    first: int
    last: int
    type: EntityType


class Tagged(NamedTuple):
    """What the tagger says of a text."""

    spans: list[TaggedSpan]
    """Names, left to right, none overlapping another."""
    leads: list[float]
    """For each span that was known before: by how much its type's best label beats O at its least likely token, by the
    words alone; below 0 the tagger would rather see no name."""


class Tagger:
    """Finds names by a model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._decoder = Decoder(model.transitions)

    def tag(self, tokens: Tokens, known: list[Span]) -> Tagged:
        """Return the names among the tokens of one text.

        Args:
            tokens: All tokens of the text.
            known: What lists and rules found there, as evidence to weigh.
        """
        (tagged,) = self.tag_all([(tokens, known)])
        return tagged

    def tag_all(self, texts: Sequence[tuple[Tokens, list[Span]]]) -> list[Tagged]:
        """Return what :meth:`tag` says of each text; many at once take less time, and say the same."""
        if not texts:
            return []
        words = vocabulary()
        rows, numbers = _lay_out([tokens for tokens, _ in texts], words)
        found = {
            of_tokens[place]: what
            for of_tokens, (_, known) in zip(rows, texts, strict=True)
            for place, what in evidence(known).items()
        }
        scores = self._model.scores(words, numbers, found)
        path = self._decoder.decode(scores)
        leads = _leads(scores, rows, [known for _, known in texts])
        return [
            Tagged([TaggedSpan(*span) for span in decode(path[of_tokens])], list(islice(leads, len(known))))
            for of_tokens, (_, known) in zip(rows, texts, strict=True)
        ]


def _lay_out(texts: Sequence[Tokens], words: Vocabulary) -> tuple[list[list[int]], Numbers]:
    """Return each token's row, edges between the sentences being rows too, and the numbers of the words by row."""
    rows: list[Numbers] = []
    count = 0
    for tokens in texts:
        places = np.arange(len(tokens))
        sentence = np.searchsorted(_ends(tokens), places, side="right")
        rows.append(count + places + REACH * sentence)
        count += len(tokens) + REACH * (1 + int(sentence[-1])) if len(tokens) else 0
    numbers = np.full(count, words.numbers([EDGE])[0])
    numbers[np.concatenate(rows)] = np.concatenate([tokens.numbers(words) for tokens in texts])
    return [of_tokens.tolist() for of_tokens in rows], numbers


def _leads(scores: Scores, rows: list[list[int]], known: list[list[Span]]) -> Iterator[float]:
    """Yield by how much the best label of each text's known spans' type beats O at the least likely of their rows."""
    spans = [
        (of_tokens[span.first : span.last], _COLUMNS[span.type])
        for of_tokens, of_text in zip(rows, known, strict=True)
        for span in of_text
    ]
    flat = scores[list(chain.from_iterable(places for places, _ in spans))]
    best = flat[:, 1:].reshape(-1, len(TYPES), _PLACES).max(axis=2) - flat[:, :1]
    leads = iter(best.tolist())
    for places, column in spans:
        yield min(lead[column] for lead in islice(leads, len(places)))


@cache
def tagger() -> Tagger:
    """Return the tagger with the weights of this package."""
    return Tagger(Model(*load()))


def _ends(tokens: Tokens) -> list[int]:
    """Return where sentences end, exclusive, but not the last one; a dot behind a single letter ends none."""
    start = 0
    ends = []
    for place in np.flatnonzero(tokens.values(_IS_END)).tolist():
        after_initial = place > start and len(tokens.texts[place - 1]) == 1
        if not after_initial:
            start = place + 1
            ends.append(start)
    return ends
