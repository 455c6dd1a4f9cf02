"""From the tokens of a text to the names among them."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, islice
from typing import Final, NamedTuple

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger.features import EDGE, NOTHING, REACH, evidence
from pipeline.enrich.entities.tagger.labels import LABELS, TYPES, decode
from pipeline.enrich.entities.tagger.model import Model
from pipeline.enrich.entities.tagger.viterbi import Decoder
from pipeline.enrich.entities.tagger.weights import Scores, load
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.mention import EntityType

_ENDS = frozenset(".!?؟…")
_BETWEEN: Final = [EDGE] * REACH
_NO_EVIDENCE: Final = [NOTHING] * REACH
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
        words: list[str] = []
        found: list[str] = []
        rows = [_lay_out(tokens, known, words, found) for tokens, known in texts]
        scores = self._model.scores(words, found)
        path = self._decoder.decode(scores)
        return [
            Tagged(
                [TaggedSpan(*span) for span in decode([path[row] for row in of_tokens])],
                _leads(scores, [of_tokens[span.first : span.last] for span in known], known),
            )
            for of_tokens, (_, known) in zip(rows, texts, strict=True)
        ]


def _lay_out(tokens: Tokens, known: list[Span], words: list[str], found: list[str]) -> list[int]:
    """Add the sentences of a text, with edges between, to the words and to what was found; return each token's row."""
    texts = tokens.texts
    said = evidence(len(tokens), known)
    rows: list[int] = []
    for start, end in _sentences(texts):
        rows += range(len(words), len(words) + end - start)
        words += texts[start:end] + _BETWEEN
        found += said[start:end] + _NO_EVIDENCE
    return rows


def _leads(scores: Scores, rows: list[list[int]], known: list[Span]) -> list[float]:
    """Return by how much the best label of each known span's type beats O at the least likely of its rows."""
    flat = scores[list(chain.from_iterable(rows))]
    best = flat[:, 1:].reshape(-1, len(TYPES), _PLACES).max(axis=2) - flat[:, :1]
    leads = iter(best.tolist())
    return [
        min(lead[_COLUMNS[span.type]] for lead in islice(leads, len(places)))
        for places, span in zip(rows, known, strict=True)
    ]


@cache
def tagger() -> Tagger:
    """Return the tagger with the weights of this package."""
    return Tagger(Model(*load()))


def _sentences(texts: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the sentences' first and last (exclusive) tokens; a dot behind a single letter ends none."""
    start = 0
    for place in [at for at, text in enumerate(texts) if text in _ENDS]:
        after_initial = place > start and len(texts[place - 1]) == 1
        if not after_initial:
            yield start, place + 1
            start = place + 1
    if start < len(texts):
        yield start, len(texts)
