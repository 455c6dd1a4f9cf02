"""Pinned floors of named entities on our own sentences; lowering one is a visible act."""

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from pipeline.enrich.entities.recognise import recognise
from pipeline.enrich.mention import EntityType

FILE = Path(__file__).parent / "sentences.txt"
TYPES: dict[str, EntityType] = {"P": "person", "L": "location", "O": "organization"}
FLOORS: dict[str, float] = {"person": 0.92, "location": 0.95, "organization": 0.87}
_NAME = re.compile(r"\[([^|\]]+)\|([PLO])\]")

Spans = set[tuple[int, int, EntityType]]


def sentences() -> list[tuple[str, Spans]]:
    """Return each sentence without its marks, with the spans that they marked."""
    read = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            text, spans, end = "", set(), 0
            for match in _NAME.finditer(line):
                text += line[end : match.start()]
                spans.add((len(text), len(text) + len(match[1]), TYPES[match[2]]))
                text, end = text + match[1], match.end()
            read.append((text + line[end:], spans))
    return read


@cache
def counts() -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Return right, wrong and missed names by type."""
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    for text, gold in sentences():
        found = {(mention.start, mention.end, mention.type) for mention in recognise(None, text)}
        for counter, spans in ((right, gold & found), (wrong, found - gold), (missed, gold - found)):
            counter.update(kind for _, _, kind in spans)
        if gold != found:
            lost, extra = (
                [text[start:end] for start, end, _ in sorted(spans)] for spans in (gold - found, found - gold)
            )
            print(f"\n  missed {lost}, wrong {extra}: {text}", end="")
    return right, wrong, missed


@pytest.mark.parametrize("kind", FLOORS)
def test_names_of_a_type_are_found_with_their_borders(kind: str) -> None:
    right, wrong, missed = (counter[kind] for counter in counts())
    f1 = 2 * right / (2 * right + wrong + missed)
    print(
        f"\n{kind}: {right + missed} names, precision {right / (right + wrong):.3f}, "
        f"recall {right / (right + missed):.3f}, F1 {f1:.3f} (floor {FLOORS[kind]})",
        end="",
    )

    assert f1 >= FLOORS[kind]
