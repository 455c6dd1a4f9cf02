"""Read the texts that knowledge is counted in, and write what was counted.

A file of texts has JSON lines (``.jsonl`` or ``.jsonl.gz``) with the field ``text`` and, where there is one, ``title``.
"""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson


def texts(files: Iterable[Path]) -> Iterator[str]:
    """Yield the texts of some files, each behind its title."""
    for file in files:
        with gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as lines:
            for document in map(orjson.loads, lines):
                yield f"{document.get('title') or ''}\n{document['text']}"


def write_packed(file: Path, lines: Iterable[str]) -> None:
    """Write lines, gzipped; the same lines give the same bytes."""
    with file.open("wb") as raw, gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
        packed.writelines(f"{line}\n".encode() for line in lines)
