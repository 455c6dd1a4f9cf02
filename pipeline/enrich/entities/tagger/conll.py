"""Read corpora of named entities in CoNLL's format, and see our spans by their tokens, as they are scored."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.enrich.entities.tokens import Tokens, tokenize
from pipeline.enrich.mention import EntityType
from pipeline.errors import KnowledgeError

TYPES: dict[str, EntityType] = {"PER": "person", "LOC": "location", "ORG": "organization"}
"""Types of the corpora by theirs; other types (MISC) are no names to us."""

Spans = list[tuple[int, int, EntityType]]


class Sentence(NamedTuple):
    """A sentence as annotated, and as we see it."""

    words: list[str]
    """The corpus' own tokens."""
    gold: Spans
    """Annotated spans of these: first, last (exclusive), type."""
    text: str
    """The words with spaces between."""
    tokens: Tokens
    """Our tokens of the text."""
    spans: Spans
    """The annotated spans of our tokens."""

    def by_words(self, found: Iterable[tuple[int, int, EntityType]]) -> Spans:
        """Return spans of characters of the text (start, end, type) as spans of the corpus' tokens that they touch."""
        owners = [number for number, word in enumerate(self.words) for _ in range(len(word) + 1)]
        return [(owners[start], owners[end - 1] + 1, kind) for start, end, kind in found]


def read_conll(file: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL file.

    Raises:
        KnowledgeError: a line has no label, or a label that is not in BIO.
    """
    words: list[str] = []
    labels: list[str] = []
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            columns = line.split()
            if columns:
                if len(columns) < 2 or not (columns[-1] == "O" or columns[-1][:2] in ("B-", "I-")):
                    raise KnowledgeError(f"{file.name}, line {number}: expected a token and a BIO label")
                words.append(columns[0])
                labels.append(columns[-1])
            elif words:
                yield sentence(words, labels)
                words, labels = [], []
    if words:
        yield sentence(words, labels)


def sentence(words: list[str], labels: list[str]) -> Sentence:
    """Return a sentence from the corpus' tokens and their BIO labels."""
    gold = _spans(labels)
    text = " ".join(words)
    tokens = tokenize(text)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    spans: Spans = []
    for first, last, kind in gold:
        inside = [n for n, start in enumerate(tokens.starts) if starts[first] <= start < starts[last]]
        if inside:
            spans.append((inside[0], inside[-1] + 1, kind))
    return Sentence(words, gold, text, tokens, spans)


def _spans(labels: list[str]) -> Spans:
    spans: Spans = []
    first, current = 0, ""
    for number, label in enumerate([*labels, "O"]):
        kind = label[2:]
        if label.startswith("I-") and kind == current:
            continue
        if current in TYPES:
            spans.append((first, number, TYPES[current]))
        first, current = number, kind
    return spans
