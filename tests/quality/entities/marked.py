"""Sentences with their names marked, and how many of the names are found."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.enrich.entities.recognise import recognise
from pipeline.enrich.mention import EntityType

TYPES: dict[str, EntityType] = {"P": "person", "L": "location", "O": "organization"}
_NAME = re.compile(r"\[([^|\]]+)\|([PLO])\]")

Spans = set[tuple[int, int, EntityType]]


class Sentence(NamedTuple):
    genre: str
    text: str
    """Without the marks."""
    names: Spans


class Counts(NamedTuple):
    """Names by type, or by whatever else they are counted by."""

    right: Counter[str]
    wrong: Counter[str]
    missed: Counter[str]

    def f1(self, key: str) -> float:
        right, others = self.right[key], self.wrong[key] + self.missed[key]
        return 2 * right / (2 * right + others)

    def told(self, key: str, floor: float) -> str:
        """Return the line that ``make quality`` prints."""
        right, wrong, missed = self.right[key], self.wrong[key], self.missed[key]
        return (
            f"\n{key}: {right + missed} names, precision {right / (right + wrong):.3f}, "
            f"recall {right / (right + missed):.3f}, F1 {self.f1(key):.3f} (floor {floor})"
        )


def read(file: Path) -> Iterator[Sentence]:
    """Yield the sentences of a file; a line that starts with # names the genre of what follows."""
    genre = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            genre = line.removeprefix("#").strip()
            continue
        text, names, end = "", set(), 0
        for match in _NAME.finditer(line):
            text += line[end : match.start()]
            names.add((len(text), len(text) + len(match[1]), TYPES[match[2]]))
            text, end = text + match[1], match.end()
        yield Sentence(genre, text + line[end:], names)


def count(file: Path) -> Counts:
    """Return right, wrong and missed names by type and by genre, and print each sentence with a fault."""
    counts = Counts(Counter(), Counter(), Counter())
    for genre, text, gold in read(file):
        found = {(mention.start, mention.end, mention.type) for mention in recognise(None, text)}
        for counter, spans in zip(counts, (gold & found, found - gold, gold - found), strict=True):
            counter.update(kind for _, _, kind in spans)
            counter.update({genre: len(spans)})
        if gold != found:
            lost, extra = (
                [text[start:end] for start, end, _ in sorted(spans)] for spans in (gold - found, found - gold)
            )
            print(f"\n  missed {lost}, wrong {extra}: {text}", end="")
    return counts
