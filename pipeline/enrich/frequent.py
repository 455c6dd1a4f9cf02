"""The most frequent words of Arabic news as written: ``python -m pipeline.enrich.frequent TEXT …`` counts them.

A text is a file of :mod:`pipeline.enrich.corpus`.

What cleaning and enrichment work out of a word they remember. One word in three of a first article is new, and costs as
much as ten known ones; a process from which others are forked meets the frequent words ahead
(:func:`pipeline.flow.ready.meet_frequent_words`). Nothing else depends on this list.
"""

import argparse
import gzip
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pipeline.arabic import WORD
from pipeline.enrich.corpus import texts, write_packed

FILE: Final = Path(__file__).parent / "data" / "frequent_words.txt.gz"
_MOST: Final = 20_000
"""Twice as many save hardly more."""
_SOURCE: Final = (
    "# The most frequent words of Arabic news, most frequent first; counted by frequent.py in antcorpus "
    "(Chouigui et al., Apache-2.0)."
)


def frequent_words(file: Path = FILE) -> list[str]:
    """Return the words, the most frequent first."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n") for line in lines if not line.startswith("#")]


def count(read: Iterable[str], most: int = _MOST) -> list[str]:
    """Return the most frequent words of letters only, the most frequent first, of equals in their order."""
    counts = Counter(word for text in read for word in WORD.findall(text) if word.isalpha())
    return [word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]]


def main() -> None:
    """Count the words of the files that the command line names."""
    parser = argparse.ArgumentParser(description="Count the most frequent words, for processes to meet ahead.")
    parser.add_argument("texts", nargs="+", type=Path, help="JSON lines with the field text, may be gzipped")
    parser.add_argument("--output", type=Path, default=FILE)
    arguments = parser.parse_args()
    words = count(texts(arguments.texts))
    write_packed(arguments.output, [_SOURCE, *words])
    print(f"{arguments.output}: {len(words):,} words, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
