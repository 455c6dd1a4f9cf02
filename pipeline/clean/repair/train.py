"""Count words and word pairs of running Arabic text into ``words.tsv``, ``pairs.tsv``, ``letters.tsv``.

    python -m pipeline.clean.repair.train CORPUS…

A corpus is a CoNLL file (token, space, tag), or lines of JSON objects with a ``text``, plain or gzipped. Only counts
are kept, of words seen three times or more and of pairs that say something: seen four times or more, and far more often
than chance would put the two side by side. Words that are themselves glued are left out, so that an error of the corpus
does not protect itself.
"""

import gzip
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import log10
from pathlib import Path

from pipeline.arabic import MARKS, TATWEEL, fold
from pipeline.clean.repair import glued
from pipeline.clean.repair.load import DATA, build

_PHRASES = re.compile(rf"[\u0621-\u064a{MARKS}{TATWEEL} ]+")
_HEADER = """\
# {what},
# folded (one spelling of alef, yeh and heh; no marks), most frequent first. Figures only.
# Counted by pipeline.clean.repair.train over ANTCorpus (Tunisian radio news, Apache-2.0), the first five sixths of
# ANERcorp (Benajiba, Rosso, Benedi 2007; newswire, CC BY-SA 4.0), the Arabic passages of TyDi QA (Wikipedia,
# Apache-2.0) and a sample of Wojood (SinaLab/ArabicNER, MIT).
"""


def texts(file: Path) -> Iterator[str]:
    """Yield the texts of a corpus file."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        if ".conll" in file.name:
            yield " ".join(line.split()[0] if line.strip() else "\n" for line in lines)
        else:
            for line in lines:
                yield json.loads(line)["text"]


def count(files: list[Path]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Count the folded words of the files, and the pairs that no punctuation parts."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for file in files:
        for text in texts(file):
            for phrase in _PHRASES.findall(text):
                run = fold(phrase).split()
                words.update(run)
                pairs.update(pairwise(run))
    return words, pairs


def telling(pair: tuple[str, str], together: int, words: Counter[str], total: int) -> bool:
    """Say whether the two words stand together more than ten times as often as chance would have it."""
    first, second = pair
    if together < 4 or min(len(first), len(second)) < 3 or min(words[first], words[second]) < 3:
        return False
    return log10(together * total / (words[first] * words[second])) > 1


def main() -> None:
    """Write the three files."""
    files = [Path(name) for name in sys.argv[1:]]
    if not files:
        sys.exit(__doc__)
    words, pairs = count(files)
    total = sum(words.values())
    kept_pairs = {pair: n for pair, n in pairs.items() if telling(pair, n, words, total)}
    kept = {word: n for word, n in words.items() if n >= 3 and len(word) > 1}
    letters = spelling(kept)
    known = build(kept, kept_pairs, letters)
    for word in [word for word in kept if len(glued.best_parts(word, word, known, as_unknown=True)) > 1]:
        del kept[word]
    write(kept, {pair: n for pair, n in kept_pairs.items() if pair[0] in kept and pair[1] in kept}, spelling(kept))


def spelling(words: Iterable[str]) -> dict[str, float]:
    """Return log10 of the probability of a letter after two others, over distinct words (Witten-Bell smoothing)."""
    counts: list[dict[str, Counter[str]]] = [defaultdict(Counter), defaultdict(Counter), defaultdict(Counter)]
    for word in words:
        framed = f"^^{word}$"
        for at in range(2, len(framed)):
            for order in range(3):
                counts[order][framed[at - order : at]][framed[at]] += 1
    found: dict[str, float] = {}
    for context, nexts in counts[2].items():
        for letter in nexts:
            probability = 1 / len(counts[0][""])
            for order in range(3):
                after = counts[order][context[2 - order :]]
                probability = (after[letter] + len(after) * probability) / (after.total() + len(after))
            found[context + letter] = round(log10(probability), 3)
    return found


def write(words: dict[str, int], pairs: dict[tuple[str, str], int], letters: dict[str, float]) -> None:
    """Write the three files."""
    rows = [f"{word}\t{n}" for word, n in sorted(words.items(), key=lambda item: (-item[1], item[0]))]
    _write("words.tsv", "Arabic words and how often they were seen", "word\tcount", rows)
    rows = [f"{pair[0]}\t{pair[1]}\t{n}" for pair, n in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]
    _write("pairs.tsv", "Arabic words that stand side by side and how often", "first\tsecond\tcount", rows)
    rows = [f"{three}\t{value}" for three, value in sorted(letters.items(), key=lambda item: (-item[1], item[0]))]
    _write("letters.tsv", "Log10 of the probability of a letter after two others in a word", "letters\tlog10", rows)


def _write(name: str, what: str, columns: str, rows: list[str]) -> None:
    (DATA / name).write_text(_HEADER.format(what=what) + "\n".join([columns, *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
