"""Fit ``pipeline/clean/boundary.py``: ``python -m tests.quality.clean.train_inline [--corpus FILE.jsonl.gz]``.

Texts are made from the labelled cases: a headline and, behind it, a sentence of another article. With ``--corpus``
(JSON lines with ``text``; antcorpus, Apache-2.0, made the shipped table) the words that open and close sentences are
counted anew; only their log-odds are kept. Half of the headlines and sentences are set aside for the printed measure.
"""

import argparse
import gzip
import json
import random
import re
from collections import Counter
from pathlib import Path

import numpy as np

from pipeline.clean import boundary
from pipeline.clean.words import DATA, folded_words
from tests.quality.clean.cases import CASES, _article

TEXTS = 3000
PENALTY = 3.0
OFTEN = 8
TELLING = 0.7
RATE = 0.5
STEPS = 400
_BREAK = re.compile(r"(?<=[.؟!])\s+|\n+")


def count_words(corpus: Path) -> None:
    """Write the log-odds that a word opens or closes a sentence, from a corpus of articles."""
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            for sentence in _BREAK.split(json.loads(line)["text"]):
                words = folded_words(sentence)
                if len(words) >= 6:
                    first[words[0]] += 1
                    last[words[-1]] += 1
                    inside.update(words[1:-1])
    share = sum(first.values()) / sum(inside.values())
    rows: list[tuple[str, float, float]] = []
    for word in first.keys() | last.keys() | inside.keys():
        expected = inside[word] * share
        if max(first[word], last[word], expected) >= OFTEN and not word.isdigit():
            odds = [float(np.clip(np.log((ends[word] + 1) / (expected + 1)), -3, 3)) for ends in (first, last)]
            if max(map(abs, odds)) >= TELLING:
                rows.append((word, odds[0], odds[1]))
    head = (
        "# How much likelier a word (folded) opens or closes a sentence of news than stands inside one, as log-odds.\n"
        "# Source: counted in antcorpus (github.com/antcorpus/antcorpus.data, Apache-2.0) by train_inline.py.\n"
        "# Licence: Apache-2.0.\n"
    )
    body = "".join(f"{word}\t{opens:.1f}\t{closes:.1f}\n" for word, opens, closes in sorted(rows))
    (DATA / "sentence_words.tsv").write_text(f"{head}word\topens\tcloses\n{body}", encoding="utf-8")
    print(f"{len(rows)} words")


def texts(part: int, count: int) -> list[tuple[str, int, int]]:
    """Return texts and where their headlines begin and end, from the half ``part`` (0 or 1) of the cases."""
    articles = [_article(path) for path in sorted((CASES / "articles").glob("ar-*.txt"))]
    titles = [article.fields["title"] for article in articles][part::2]
    sentences = [
        sentence
        for article in articles[part::2]
        for paragraph in article.paragraphs
        for sentence in _BREAK.split(paragraph)
        if len(sentence.split()) >= 7 and sentence[0] not in '-"«'
    ]
    draw = random.Random(part)
    made = []
    for _ in range(count):
        title, sentence = draw.choice(titles), draw.choice(sentences)
        more = f" {draw.choice(sentences)}" if draw.random() < 0.7 else ""
        made.append((f"{title} {sentence}{more}", 0, len(title)) if draw.random() < 0.9 else (title, 0, len(title)))
    return made


def fit(made: list[tuple[str, int, int]]) -> np.ndarray:
    """Return the weights of the conditional logit, by gradient ascent."""
    groups = []
    for text, start, end in made:
        found = boundary.candidates(text, start)
        target = next((index for index, place in enumerate(found) if place.end == end), None)
        if target is not None:
            groups.append((np.array([place.features for place in found]), target))
    weights = np.zeros(len(boundary.FEATURES))
    for _ in range(STEPS):
        slope = -PENALTY * weights
        for rows, target in groups:
            chance = np.exp(rows @ weights - np.max(rows @ weights))
            slope += rows[target] - rows.T @ (chance / chance.sum())
        weights += RATE * slope / len(groups)
    return weights


def exact(made: list[tuple[str, int, int]]) -> float:
    """Return the share of texts whose boundary is found exactly."""
    return sum(boundary.best(boundary.candidates(text, start))[0].end == end for text, start, end in made) / len(made)


def write(weights: np.ndarray) -> None:
    record = {
        "about": "where inline headlines end; made by python -m tests.quality.clean.train_inline",
        "weights": {name: round(float(weight), 3) for name, weight in zip(boundary.FEATURES, weights, strict=True)},
    }
    (DATA / "boundary.json").write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    boundary._weights.cache_clear()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="count the words that open sentences anew")
    options = parser.parse_args()
    if options.corpus:
        count_words(options.corpus)
    write(fit(texts(0, TEXTS)))
    print(f"headlines and sentences not seen: {exact(texts(1, 1000)):.3f} of boundaries exact")
    write(fit(texts(0, TEXTS) + texts(1, TEXTS)))


if __name__ == "__main__":
    main()
