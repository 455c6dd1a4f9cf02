"""Measure how fast Fihrist cleans: raw-text articles a second, and milliseconds an HTML page beside trafilatura.

Usage: python -m benchmarks.clean.speed [--texts FILE.jsonl[.gz]] [--pages FOLDER] [--rounds 3]

Without FILE the labelled articles of ``tests/quality/clean`` are read, in lines as they are and as one line each; FILE
holds a JSON object with a ``text`` a line, of which those of 900 to 1,500 characters are taken. FOLDER holds ``*.html``
(default: ``tests/quality/html``). All time is CPU time (user and system) of one process on one core, which is made
ready as a worker's is (``pipeline.flow.preload``). "first" is the first reading of texts never seen, after 200 others
(or a third of them); "again" the best of the rounds after it.
trafilatura is of the group ``bench``; without it only Fihrist is measured.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

from pipeline.clean.cleaner import clean_page, clean_text
from pipeline.errors import BadInputError
from pipeline.flow.ready import meet_frequent_words, ready
from pipeline.sources.decoding import decode
from tests.quality.clean.cases import load

_LENGTHS = range(900, 1501)
_MOST = 1500
_PAGES = Path(__file__).parents[2] / "tests" / "quality" / "html"


def read_texts(file: Path) -> list[str]:
    """Return the texts of about 1,200 characters in a file of JSON lines."""
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        texts = (json.loads(line)["text"] for line in lines)
        return list(islice((text for text in texts if len(text) in _LENGTHS), _MOST))


def seconds(clean: Callable[[str], object], texts: Sequence[str]) -> float:
    """Return the CPU time of cleaning all texts once."""
    start = time.process_time()
    for text in texts:
        try:
            clean(text)
        except BadInputError:
            continue
    return time.process_time() - start


def report_texts(name: str, texts: Sequence[str], rounds: int) -> None:
    """Print articles a second."""
    warm = min(200, len(texts) // 3)
    seconds(clean_text, texts[:warm])
    first = (len(texts) - warm) / seconds(clean_text, texts[warm:])
    again = len(texts) / min(seconds(clean_text, texts) for _ in range(rounds))
    length = sum(map(len, texts)) / len(texts)
    print(f"{name:34}{len(texts):>6} texts of {length:6.0f} characters: first {first:6.0f}/s, again {again:6.0f}/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, metavar="FILE", help="articles, a JSON object with a text a line")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", default=_PAGES, help="HTML pages")
    parser.add_argument("--rounds", type=int, default=3, help="times to read everything again (default 3)")
    arguments = parser.parse_args()
    texts = read_texts(arguments.texts) if arguments.texts else ["\n".join(case.body) for case in load()]
    pages = [decode(file.read_bytes())[0] for file in sorted(arguments.pages.glob("*.html"))]
    if len(texts) < 3 or not pages:
        parser.error("no texts of 900 to 1,500 characters, or no pages (*.html)")
    ready("clean")
    meet_frequent_words()
    report_texts("Fihrist, raw text, a line each", [" ".join(text.split()) for text in texts], arguments.rounds)
    report_texts("Fihrist, raw text, in sentences", [text.replace(". ", ".\n") for text in texts], arguments.rounds)
    cleaners: dict[str, Callable[[str], object]] = {"Fihrist": clean_page}
    if find_spec("trafilatura"):
        import trafilatura

        cleaners["trafilatura"] = lambda html: trafilatura.extract(html, include_comments=False)
        cleaners["trafilatura, fast"] = lambda html: trafilatura.extract(html, include_comments=False, fast=True)
    for name, clean in cleaners.items():
        seconds(clean, pages[:1])
        first, *more = (seconds(clean, pages) / len(pages) * 1000 for _ in range(1 + arguments.rounds))
        print(f"{name + ', HTML':34}{len(pages):>6} pages: first {first:6.2f} ms, again {min(more):6.2f} ms")


if __name__ == "__main__":
    main()
