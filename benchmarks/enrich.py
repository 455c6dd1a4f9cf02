"""How fast articles are cleaned and enriched at first sight, how much memory that takes, and how long loading takes.

Usage: python -m benchmarks.enrich CORPUS [--articles N] [--fresh]

CORPUS is a file of JSON lines with ``text``, gzipped or not. Its texts are joined with their neighbours to articles of
about 1,200 characters. Every article is new: that is the first pass over an archive; some are done at a stroke, as in
a batch. The process is made ready as those are that Airflow forks a batch's tasks from
(``pipeline.flow.preload``): knowledge is loaded, and the frequent words are met; ``--fresh`` leaves that out, as in
``fihrist extract``. All times are of the processor, of one core. BeautifulSoup with langdetect stands in the same run,
before and after, for on a busy machine only the ratio tells.
"""

import argparse
import gzip
import json
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LEAST, MOST = 900, 1500
"""Characters of an article."""
PEER_ARTICLES = 60


def read(corpus: Path, count: int) -> list[str]:
    """Return the first articles of a corpus."""
    data = corpus.read_bytes()
    rows = (gzip.decompress(data) if corpus.suffix == ".gz" else data).splitlines()
    return list(joined(json.loads(row)["text"].strip() for row in rows))[:count]


def joined(texts: Iterator[str]) -> Iterator[str]:
    """Yield texts joined with the next ones until they are long enough, and cut where they are too long."""
    together = ""
    for text in texts:
        together = f"{together}\n{text}".strip()
        if len(together) >= LEAST:
            yield together[:MOST]
            together = ""


def seconds(work: Callable[[Any], object], items: Sequence[Any]) -> float:
    """Return the processor's time for some work on each item; what it makes is thrown away, as a worker would."""
    started = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - started


def peer(text: str) -> str:
    """Strip and tell the language of a page as a script of ten lines would."""
    import langdetect  # type: ignore[import-untyped]
    from bs4 import BeautifulSoup

    return str(langdetect.detect(BeautifulSoup(f"<html><body><p>{text}</p></body></html>", "html.parser").get_text()))


def memory() -> float:
    """Return the most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--fresh", action="store_true", help="a process that met no words before the first article")
    arguments = parser.parse_args()
    texts = read(arguments.corpus, arguments.articles)
    before = memory()

    started = time.process_time()
    from pipeline.clean.cleaner import clean, cleaning
    from pipeline.enrich.enrich import enrich_all
    from pipeline.flow.batch import TOGETHER
    from pipeline.in_step import in_step
    from pipeline.sources.raw import ListedFile, RawFile

    def groups(items: list[Any]) -> Iterator[list[Any]]:
        return (items[at : at + TOGETHER] for at in range(0, len(items), TOGETHER))

    imported = time.process_time()
    now = datetime.now(UTC)
    raws = [
        RawFile(ListedFile("bench", f"{n}.txt", "bench", len(text), now), text, "text", "utf-8", len(text), "0")
        for n, text in enumerate(texts)
    ]
    made = time.process_time()
    first = clean(raws[0])
    cleaned = time.process_time()
    enrich_all([first])
    loaded = time.process_time()
    print(
        f"start-up: imports {imported - started:.2f} s, first article cleaned {cleaned - made:.2f} s, "
        f"enriched (all knowledge loaded) {loaded - cleaned:.2f} s; {memory():.0f} MB"
    )

    if not arguments.fresh:
        from pipeline.flow.ready import meet_frequent_words, ready

        started = time.process_time()
        ready("clean")
        ready("enrich")
        meet_frequent_words()
        print(f"frequent words met ahead, once for all tasks: {time.process_time() - started:.2f} s; {memory():.0f} MB")
    peer_before = seconds(peer, texts[-PEER_ARTICLES:])
    clean_took = enrich_took = 0.0
    for some in groups(raws):
        started = time.process_time()
        articles = in_step(map(cleaning, some))
        between = time.process_time()
        enrich_all(articles)
        clean_took += between - started
        enrich_took += time.process_time() - between
    again = seconds(enrich_all, list(groups([clean(raw) for raw in raws[-1000:]])))
    most = memory()
    peer_after = seconds(peer, texts[-PEER_ARTICLES:])

    count, average = len(texts), sum(map(len, texts)) / len(texts)
    script = 2 * PEER_ARTICLES / (peer_before + peer_after)
    print(f"{count:,} different articles of {average:,.0f} characters, first pass, a core:")
    for name, speed in (
        ("clean", count / clean_took),
        ("enrich", count / enrich_took),
        ("clean and enrich", count / (clean_took + enrich_took)),
        ("enrich, the last thousand again", min(count, 1000) / again),
        ("BeautifulSoup and langdetect", script),
    ):
        print(f"  {name:32} {speed:7,.0f} articles/s   {speed / script:5.1f} times BeautifulSoup and langdetect")
    print(f"peak memory: {most:.0f} MB, of which {before:.0f} MB before anything was loaded")


if __name__ == "__main__":
    main()
