"""Compare Fihrist's cleaning with its peers on a folder of labelled pages: F1 of the body, and milliseconds a page.

Usage: python -m benchmarks.clean.compare FOLDER [--only NAME]… [--rounds 3] [--json FILE]

FOLDER holds pages (``*.html``, or ``*.txt`` with a page's text in lines) and beside each ``<name>.gold.json`` with
the article's ``body`` and, to group the results, its ``site`` or ``outlet``. Peers read a text file as a page with each
line a paragraph. F1 is that of the longest common subsequence of words, mean over pages. Time is of one process on one
core (user and system), the best of the rounds, after one unmeasured page; decoding is not in it, for nobody.
"""

import argparse
import json
import time
from collections import defaultdict
from dataclasses import dataclass
from html import escape
from pathlib import Path

from benchmarks.clean.peers import Extract, peers
from pipeline.clean.cleaner import clean_page, clean_text
from pipeline.clean.html import read_page
from pipeline.errors import BadInputError
from pipeline.sources.decoding import decode
from tests.quality.clean.measure import f1


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page, what of it is the article, and whose it is."""

    name: str
    text: str
    is_html: bool
    body: str
    group: str


@dataclass(frozen=True, slots=True)
class Result:
    """One tool's results."""

    f1: dict[str, float]
    """Mean over the pages of each group, and over all of them under ``all``."""
    milliseconds: float
    """A page, mean."""
    failed: int
    """Pages on which it raised an error; they count as empty."""


def load(folder: Path) -> list[LabelledPage]:
    """Return the folder's labelled pages."""
    pages = []
    for file in sorted([*folder.glob("*.html"), *folder.glob("*.txt")]):
        gold_file = file.with_suffix(".gold.json")
        if gold_file.exists():
            gold = json.loads(gold_file.read_text(encoding="utf-8"))
            text, _ = decode(file.read_bytes())
            group = gold.get("site") or gold.get("outlet") or "-"
            pages.append(LabelledPage(file.stem, text, file.suffix == ".html", gold["body"], group))
    return pages


def as_html(page: LabelledPage) -> str:
    """Return the page as a tool for HTML takes it."""
    if page.is_html:
        return page.text
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in page.text.splitlines() if line.strip())
    return f"<html><body>\n{lines}\n</body></html>"


def fihrist(page: LabelledPage) -> str:
    """Return the body as the whole of Fihrist's cleaning gives it (fields, repairs and reasons included)."""
    return (clean_page(page.text) if page.is_html else clean_text(page.text)).body


def structure(page: LabelledPage) -> str:
    """Return the main content as the page's structure alone gives it."""
    return "\n".join(block.text for block in read_page(as_html(page)).blocks)


def measure(tool: Extract | None, pages: list[LabelledPage], inputs: list, rounds: int) -> Result:
    """Run a tool over all pages."""
    best = float("inf")
    texts: list[str] = []
    failed = 0
    run = tool or fihrist
    for _ in range(rounds):
        texts, failed, seconds = [], 0, 0.0
        _attempt(run, inputs[0])
        for given in inputs:
            start = time.process_time()
            text = _attempt(run, given)
            seconds += time.process_time() - start
            failed += text is None
            texts.append(text or "")
        best = min(best, seconds)
    scores: dict[str, list[float]] = defaultdict(list)
    for page, text in zip(pages, texts, strict=True):
        score = f1(page.body, text)
        scores[page.group].append(score)
        scores["all"].append(score)
    means = {group: sum(values) / len(values) for group, values in scores.items()}
    return Result(means, best / len(pages) * 1000, failed)


def _attempt(run, given) -> str | None:  # noqa: ANN001
    try:
        return run(given)
    except BadInputError:
        return None
    except Exception as error:  # noqa: BLE001  a peer's fault must not end the comparison
        print(f"    {type(error).__name__}: {error}")
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="labelled pages")
    parser.add_argument("--only", action="append", metavar="NAME", help="a tool of the table; may be given again")
    parser.add_argument("--rounds", type=int, default=3, help="times to read all pages (default 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results there too")
    arguments = parser.parse_args()
    pages = load(arguments.folder)
    if not pages:
        parser.error(f"{arguments.folder} holds no page with a .gold.json beside it")
    html = [as_html(page) for page in pages]
    tools = {"Fihrist": (None, pages), "Fihrist, structure alone": (structure, pages)}
    tools |= {name: (tool, html) for name, tool in peers().items()}
    groups = ["all", *sorted({page.group for page in pages})]
    groups = groups if len(groups) <= 8 else groups[:1]
    print(f"{len(pages)} pages\n{'':26}{'ms/page':>9}" + "".join(f"{group[:12]:>13}" for group in groups))
    results = {}
    for name, (tool, inputs) in tools.items():
        if arguments.only and name not in arguments.only:
            continue
        result = results[name] = measure(tool, pages, inputs, arguments.rounds)
        scores = "".join(f"{result.f1[group]:>13.4f}" for group in groups)
        print(f"{name:26}{result.milliseconds:>9.2f}{scores}" + (f"   {result.failed} failed" if result.failed else ""))
    if arguments.json:
        table = {name: {"f1": one.f1, "ms": one.milliseconds, "failed": one.failed} for name, one in results.items()}
        arguments.json.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
