"""Make a folder of raw news files of any size, from the labelled cases of the tests and a corpus if one is given.

Usage: python -m benchmarks.make_corpus FOLDER --articles 10000 [--texts FILE.jsonl[.gz]] [--seed 1]

Each file is a layout of the tests (its menus, banners, comments, in text or HTML) around paragraphs of its language.
These are chains of words, most after a word that they follow somewhere in the cases' own articles (or, for Arabic, in
the ``text`` of FILE's rows), so that no two files tell the same story, with as many new words as real news have: one in
fifteen. An article has some 1,200 characters. Most files are UTF-8, some Windows-1256, ISO 8859-6 or UTF-16; one in
twenty is a near-copy of an earlier one. The same arguments make the same files.
"""

import argparse
import gzip
import html
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.quality.clean.cases import Case, load

ENCODINGS = {"utf-8": 85, "cp1256": 8, "iso8859_6": 3, "utf-16": 4}
COPIES = 0.05
COPIED_FROM = 1_000
"""Latest articles, more or less, of which copies are made: a story has as many in a large corpus as in a small one."""
CHANGED = 0.03
"""Share of the words of a near-copy that are left out."""
LEAST_WORDS, MOST_WORDS = 35, 65
"""Of a paragraph, which ends with a sentence where one ends between."""
NEW_WORDS = 0.065
"""Share of words that are made up of parts of two others: in a corpus of 10,000 Arabic news articles, 6 to 9 words of
150 were new to those before."""
LEAPS, LEARNED = 0.5, 10_000
"""Share of words that follow no other, in a language of which so many words were learned, or fewer; with more, it
falls. Without leaps articles of a little known language look alike, and the more of them there are, the more so."""
A_FOLDER = 500
"""Files in a folder."""


def make(folder: Path, articles: int, texts: Path | None, seed: int) -> None:
    """Write the files below the folder, in sub-folders of some hundred.

    Raises:
        SystemExit: the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SystemExit(f"{folder} is not empty; name a new folder")
    chance = random.Random(seed)
    cases = [case for case in (*load("text"), *load("html")) if _can_be_filled(case)]
    chains = _chains(cases, texts)
    earlier: list[tuple[Case, str]] = []
    for number in range(articles):
        if earlier and chance.random() < COPIES:
            case, raw = chance.choice(earlier)
            raw = _copied(raw, chance)
        else:
            case = chance.choice(cases)
            raw = _filled(case, chains[case.language], chance)
            if len(earlier) < COPIED_FROM:
                earlier.append((case, raw))
            else:
                earlier[chance.randrange(COPIED_FROM)] = case, raw
        path = folder / f"{number // A_FOLDER:04d}" / f"{number:07d}.{'html' if case.format == 'html' else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_encoded(raw, chance))


class Chain:
    """The words of a language, and which follow which."""

    def __init__(self) -> None:
        self._first: list[str] = []
        self._all: list[str] = []
        self._after: defaultdict[str, list[str]] = defaultdict(list)

    def learn(self, paragraph: str) -> None:
        words = paragraph.split()
        if words:
            self._first.append(words[0])
            self._all += words
            for word, following in pairwise(words):
                self._after[word].append(following)

    def paragraph(self, chance: random.Random) -> str:
        """Return a new paragraph: no sense, but words, names, numbers and sentences as often as in what was learned."""
        word = chance.choice(self._first)
        words = [word]
        leaps = LEAPS * min(1.0, LEARNED / len(self._all))
        while len(words) < LEAST_WORDS or (len(words) < MOST_WORDS and not words[-1].endswith(".")):
            following = self._all if chance.random() < leaps else self._after.get(word, self._all)
            word = chance.choice(following)
            words.append(self._new_word(word, chance) if chance.random() < NEW_WORDS else word)
        return " ".join(words)

    def _new_word(self, word: str, chance: random.Random) -> str:
        other = chance.choice(self._first)
        return word[: len(word) // 2 + 1] + other[len(other) // 2 :] if word.isalpha() and other.isalpha() else word


def _chains(cases: list[Case], texts: Path | None) -> dict[str, Chain]:
    chains: defaultdict[str, Chain] = defaultdict(Chain)
    for case in cases:
        for paragraph in case.body:
            chains[case.language].learn(paragraph)
    for paragraph in _of_corpus(texts) if texts else ():
        chains["ar"].learn(paragraph)
    return chains


def _of_corpus(texts: Path) -> Iterator[str]:
    with gzip.open(texts, "rt", encoding="utf-8") if texts.suffix == ".gz" else texts.open(encoding="utf-8") as rows:
        for row in rows:
            yield from json.loads(row)["text"].split("\n")


def _can_be_filled(case: Case) -> bool:
    """Whether the case's own paragraphs stand in it as they are, neither broken into lines nor misspelled."""
    return all(own in case.raw or html.escape(own, quote=False) in case.raw for own in case.body)


def _filled(case: Case, chain: Chain, chance: random.Random) -> str:
    """Put other paragraphs in the place of the case's own."""
    raw = case.raw
    for own in case.body:
        new = chain.paragraph(chance)
        raw = raw.replace(html.escape(own, quote=False), html.escape(new, quote=False)).replace(own, new)
    return raw


def _copied(raw: str, chance: random.Random) -> str:
    return "\n".join(
        " ".join(word for word in line.split(" ") if "<" in word or chance.random() >= CHANGED)
        for line in raw.split("\n")
    )


def _encoded(raw: str, chance: random.Random) -> bytes:
    (encoding,) = chance.choices(list(ENCODINGS), list(ENCODINGS.values()))
    try:
        return raw.encode(encoding)
    except UnicodeEncodeError:
        return raw.encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, required=True)
    parser.add_argument("--texts", type=Path, metavar="FILE", help="JSON lines with text, for Arabic words")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.articles, arguments.texts, arguments.seed)
    print(f"{arguments.articles} files below {arguments.folder}")


if __name__ == "__main__":
    main()
