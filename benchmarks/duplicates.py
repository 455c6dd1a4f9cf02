"""How many edited copies of real articles are found, how many other articles are taken for copies, and how fast.

Usage: python -m benchmarks.duplicates CORPUS [--articles N]

CORPUS is a file of JSON lines with ``id`` and ``text``, gzipped or not. A copy has some of its words replaced by words
of other articles, or its last part cut off. It is found when it is linked with its original as the index would link it:
by a shared band, then the similarity of the signatures. A pair of articles that are linked without being copies of each
other by construction may well be copies in truth (of an agency, say), so it is counted and shown, not judged.
"""

import argparse
import gzip
import json
import random
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.enrich.duplicates import Keys, signature, similarity
from pipeline.enrich.duplicates.entry import LEAST_SIMILARITY
from pipeline.enrich.duplicates.keys import LEAST_WORDS, words

Edit = Callable[[list[str], random.Random, Sequence[str]], list[str]]


def replaced(share: float) -> Edit:
    """Return an edit that replaces a share of the words by others."""

    def edit(text: list[str], chance: random.Random, others: Sequence[str]) -> list[str]:
        text = list(text)
        for place in chance.sample(range(len(text)), round(share * len(text))):
            text[place] = chance.choice(others)
        return text

    return edit


def cut(share: float) -> Edit:
    """Return an edit that cuts off the end."""
    return lambda text, chance, others: text[: round((1 - share) * len(text))]


EDITS = {
    "5 % of words replaced": replaced(0.05),
    "10 % of words replaced": replaced(0.10),
    "20 % of words replaced": replaced(0.20),
    "last 20 % cut": cut(0.20),
    "last 40 % cut": cut(0.40),
}


def are_linked(first: Keys, second: Keys) -> bool:
    """Whether two texts would be linked in the index."""
    if not set(first.bands) & set(second.bands):
        return False
    if first.signature is None or second.signature is None:
        return first.signature == second.signature
    return similarity(first.signature, second.signature) >= LEAST_SIMILARITY


def read(corpus: Path, count: int) -> list[str]:
    """Return the first texts of a corpus that are long enough to be compared by shingles."""
    data = corpus.read_bytes()
    rows = (gzip.decompress(data) if corpus.suffix == ".gz" else data).splitlines()
    texts = [json.loads(row)["text"] for row in rows]
    return [text for text in texts if len(words(text)) >= LEAST_WORDS][:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    arguments = parser.parse_args()
    texts = read(arguments.corpus, arguments.articles)
    started = time.process_time()
    keys = [signature(text) for text in texts]
    seconds = time.process_time() - started
    average = sum(map(len, texts)) / len(texts)
    print(f"{len(texts)} articles of {average:.0f} characters: {len(texts) / seconds:,.0f} signatures/s a core")

    others = [word for text in texts[:1000] for word in text.split()]
    sample = random.Random(0).sample(range(len(texts)), min(2000, len(texts)))
    for name, edit in EDITS.items():
        chance = random.Random(1)
        copies = [(place, signature(" ".join(edit(texts[place].split(), chance, others)))) for place in sample]
        found = sum(are_linked(keys[place], copy) for place, copy in copies)
        strangers = sum(are_linked(keys[place - 1], copy) for place, copy in copies)
        print(f"{name:24} recall {found / len(copies):.4f}   linked with the article before it: {strangers}")

    by_band: defaultdict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        for band in key.bands:
            by_band[band].append(place)
    pairs = {(low, high) for places in by_band.values() for i, high in enumerate(places) for low in places[:i]}
    linked = sum(are_linked(keys[low], keys[high]) for low, high in pairs)
    exact = sum(words(texts[low]) == words(texts[high]) for low, high in pairs)
    print(
        f"among the articles themselves: {len(pairs)} pairs share a band ({len(pairs) / len(texts):.2f} an article), "
        f"{linked} are linked, {exact} of them word for word"
    )


if __name__ == "__main__":
    main()
