"""Glued words on running text: how many words are parted, which, and how fast repair goes.

    python -m benchmarks.glued_words CORPUS…

A corpus is one that ``pipeline.clean.repair.train`` reads, or a folder of ``*.txt``. Every parted word is printed, to
be looked at: on clean text each is either a typing error of the source or a fault of ours.

Last results (2 shared cores, Python 3.11):

- 1,443,285 words of ANTCorpus, ANERcorp, AQMAR, Wojood, TyDi QA and the bodies of 46 newspaper pages: 216 parted
  (0.015 %), by eye 4 of them wrongly; 7 more, of foreign words, until those were listed in ``names.tsv``. In the
  164,000 words of AQMAR and the newspapers, which the counts have not seen: 17 parted, 16 rightly.
- 150,000 words of a general frequency list: 15 parted, each of them really two words.
- 1,200 characters that need no mending: about 19,000 texts a second once their words are known; ANTCorpus from a cold
  start: 1,900 texts a second.
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.clean.repair import repair
from pipeline.clean.repair.train import texts


def corpus(place: Path) -> Iterator[str]:
    """Yield the texts of a file or folder."""
    if place.is_dir():
        for file in sorted(place.glob("**/*.txt")):
            yield file.read_text(encoding="utf-8")
    else:
        yield from texts(place)


def main() -> None:
    """Print the figures."""
    found = [text for name in sys.argv[1:] for text in corpus(Path(name))]
    if not found:
        sys.exit(__doc__)
    parted: Counter[tuple[str, str]] = Counter()
    rates = []
    for _ in range(2):
        parted.clear()
        start = time.process_time()
        for text in found:
            parted.update((made.before, made.after) for made in repair(text)[1] if made.kind == "glued-words")
        rates.append(len(found) / (time.process_time() - start))
    for (before, after), times in parted.most_common():
        print(f"{times:5}  {before} → {after}")
    words = sum(len(text.split()) for text in found)
    share = parted.total() / max(words, 1)
    print(f"{words:,} words, {parted.total():,} parted ({share:.4%}), {len(parted):,} different")
    print(f"{rates[0]:,.0f} texts/s at first, {rates[1]:,.0f} texts/s again")


if __name__ == "__main__":
    main()
