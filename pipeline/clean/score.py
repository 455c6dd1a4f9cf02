"""How much a block reads as article text: a logistic model over its evidence, with weights in ``data/weights.json``."""

import json
from collections.abc import Sequence
from functools import cache
from itertools import compress
from math import log2
from operator import mul
from typing import Final

from pipeline.clean.evidence import Evidence
from pipeline.clean.words import DATA, word_list

FEATURES: Final = (
    "bias", "length", "sentence_end", "ellipsis", "colon", "comma", "inner_sentences", "stop_share", "opener", "digits",
    "link", "arrows", "furniture", "section", "hint", "date", "byline", "name", "repeated", "short_run", "after_colon",
    "after_related", "after_comments", "near_prose", "bullet", "theme", "reader", "between_dates",
    "colloquial", "under_name",
)  # fmt: skip


def features(evidence: Sequence[Evidence]) -> list[list[float]]:
    """Return the feature values of each block, in the order of :data:`FEATURES`."""
    near = _near_prose(evidence)
    rows: list[list[float]] = []
    reader, colloquial, informal = _informal()
    for index, entry in enumerate(evidence):
        line = entry.line
        phrase = line.phrase
        furniture = entry.is_furniture
        said = informal.intersection(line.words)
        rows.append([
            1.0,
            log2(1 + min(line.count, 60)),
            line.ends == "sentence" or (entry.unmarked and entry.is_sentence),
            line.ends == "ellipsis",
            line.ends == "colon",
            line.commas > 0,
            min(line.sentences, 3),
            min(line.stop_share, 0.4),
            line.opener / 4,
            line.digit_share,
            line.is_link,
            line.has_arrows,
            furniture,
            phrase is not None and phrase.role == "section",
            phrase is not None and phrase.role == "hint",
            entry.is_dateline,
            entry.byline is not None,
            entry.is_name,
            entry.repeats > 1,
            min(entry.short_run, 6) / 6,
            entry.after_colon,
            entry.after_related,
            entry.after_comments,
            near[index],
            entry.block.text[0] in "•◄►◀▶▪■●○▫◾✅✔*-–—",
            entry.theme,
            min(len(reader & said), 2) / 2 if said else 0.0,
            entry.between_dates,
            min(len(colloquial & said), 3) / 3 if said else 0.0,
            index > 0 and (evidence[index - 1].is_name or evidence[index - 1].may_be_name),
        ])  # fmt: skip
    return rows


@cache
def _informal() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Return the words of readers' comments, those of everyday speech, and both."""
    reader, colloquial = word_list("reader"), word_list("colloquial")
    return reader, colloquial, reader | colloquial


def _near_prose(evidence: Sequence[Evidence]) -> list[float]:
    """Return how much running text stands around each block, 0 to 3, looking past known furniture and links."""
    plain = [index for index, entry in enumerate(evidence) if not (entry.is_furniture or entry.after_related)]
    padded = [0.0, 0.0, *(float(evidence[index].is_sentence) for index in plain), 0.0, 0.0]
    near = [0.0] * len(evidence)
    for position, index in enumerate(plain):
        near[index] = padded[position + 1] + padded[position + 3] + 0.5 * (padded[position] + padded[position + 4])
    return near


def scores(evidence: Sequence[Evidence]) -> list[float]:
    """Return for each block the log-odds that it is article text, at most 6 either way."""
    weights = _weights()
    return [
        max(-6.0, min(6.0, sum(map(mul, compress(weights, row), filter(None, row)))))  # most values are zero
        for row in features(evidence)
    ]


@cache
def _weights() -> tuple[float, ...]:
    loaded = json.loads((DATA / "weights.json").read_text(encoding="utf-8"))["weights"]
    return tuple(float(loaded[name]) for name in FEATURES)
