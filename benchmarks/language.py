"""How many lines of each language are told, how sure the detector is, and how fast.

Usage: python -m benchmarks.language [FOLDER] [--least CHARACTERS]

FOLDER holds a file ``<code>.txt`` a language, a text a line; dialects of Arabic count as Arabic. By default the lines
that ship with the project.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.enrich.language import Language, detect

OURS = Path(__file__).parents[1] / "tests/quality/language/lines"
EXPECTED = dict.fromkeys(("acm", "aeb", "afb", "apc", "arq", "ary", "arz"), "ar")
"""The code that the detector should give for lines of these, where it differs."""


def lines(file: Path, least: int = 0) -> Iterator[str]:
    """Yield the lines of a file that have at least so many characters."""
    with file.open(encoding="utf-8") as texts:
        yield from (line for text in texts if len(line := text.strip()) >= max(least, 1))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=OURS)
    parser.add_argument("--least", type=int, default=20, help="leave out lines of fewer characters (default 20)")
    arguments = parser.parse_args()
    detect(
        "Loads what is loaded once: قال إن",
    )
    right = total = 0
    seconds = 0.0
    print("lines of   texts  right  sure  mistakes")
    for file in sorted(arguments.folder.glob("*.txt")):
        texts = list(lines(file, arguments.least))
        if not texts:
            continue
        started = time.process_time()
        found: list[Language] = [detect(text) for text in texts]
        seconds += time.process_time() - started
        expected = EXPECTED.get(file.stem, file.stem)
        hits = sum(language.code == expected for language in found)
        mistakes = Counter(language.code for language in found if language.code != expected)
        sure = sum(language.confidence for language in found) / len(found)
        print(
            f"{file.stem:8} {len(texts):7} {hits / len(texts):6.3f} {sure:5.2f}  {dict(mistakes.most_common(5)) or ''}"
        )
        right, total = right + hits, total + len(texts)
    if total:
        print(f"{'all':8} {total:7} {right / total:6.3f}        {total / seconds:,.0f} texts/s a core")


if __name__ == "__main__":
    main()
