"""Make a folder of raw news files of any size, from the labelled cases of the tests and a corpus if one is given.

Usage: python -m benchmarks.make_corpus FOLDER --articles 10000 [--texts FILE.jsonl[.gz]] [--seed 1]

Each file is a layout of the tests (its menus, banners, comments, in text or HTML) around paragraphs of its language
drawn at random: from the cases themselves, or, for Arabic, from the ``text`` of FILE's rows, which have the many rare
words that real news have. Most files are UTF-8, some Windows-1256, ISO 8859-6 or UTF-16; one in twenty is a near-copy
of an earlier one. The same arguments make the same files.
"""

import argparse
import gzip
import html
import json
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.quality.clean.cases import Case, load

ENCODINGS = {"utf-8": 85, "cp1256": 8, "iso8859_6": 3, "utf-16": 4}
COPIES = 0.05
CHANGED = 0.03
"""Share of the words of a near-copy that are left out."""
SHORTEST = 60
"""Characters of a paragraph taken from a corpus."""
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
    cases = [*load("text"), *load("html")]
    paragraphs = _paragraphs(cases, texts)
    earlier: list[tuple[Case, str]] = []
    for number in range(articles):
        if earlier and chance.random() < COPIES:
            case, raw = chance.choice(earlier)
            raw = _copied(raw, chance)
        else:
            case = chance.choice(cases)
            raw = _filled(case, paragraphs[case.language], chance)
            if len(earlier) < 1000:
                earlier.append((case, raw))
        path = folder / f"{number // A_FOLDER:04d}" / f"{number:07d}.{'html' if case.format == 'html' else 'txt'}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_encoded(raw, chance))


def _paragraphs(cases: list[Case], texts: Path | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for case in cases:
        found[case.language] += case.body
    if texts:
        found["ar"] = list(_of_corpus(texts))
    return found


def _of_corpus(texts: Path) -> Iterator[str]:
    with gzip.open(texts, "rt", encoding="utf-8") if texts.suffix == ".gz" else texts.open(encoding="utf-8") as rows:
        for row in rows:
            yield from (line for line in json.loads(row)["text"].split("\n") if len(line) >= SHORTEST)


def _filled(case: Case, paragraphs: list[str], chance: random.Random) -> str:
    """Put other paragraphs in the place of the case's own."""
    raw = case.raw
    for own in case.body:
        new = chance.choice(paragraphs)
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
    parser.add_argument(
        "--texts", type=Path, metavar="FILE", help="JSON lines with text, to draw Arabic paragraphs from"
    )
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    make(arguments.folder, arguments.articles, arguments.texts, arguments.seed)
    print(f"{arguments.articles} files below {arguments.folder}")


if __name__ == "__main__":
    main()
