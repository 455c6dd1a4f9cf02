"""Sketches: what is remembered of a file, enough to see which of its lines other files have too."""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Final

from pipeline.clean.html import read_page
from pipeline.clean.line import read_line
from pipeline.clean.lines import split_lines
from pipeline.clean.repetition.keys import HASH_BYTES, line_key, prose_words
from pipeline.sources.raw import RawFile

MOST_LINES: Final = 400
"""A sketch holds so many lines at most, half of them the file's first: furniture stands at both ends."""
_REMEMBERED: Final = 100
"""Characters: shorter lines recur from file to file, and are read once."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """The lines of one file."""

    id: str
    """Of the file's article."""
    seen_at: str
    """When the run began that read it, ISO 8601."""
    lines: Mapping[int, int]
    """Hash of each different line → how many words of prose it is; 0: a short line."""

    def record(self) -> dict[str, Any]:
        """Return the sketch as a JSON object; 12 characters a line."""
        hashes = b"".join(key.to_bytes(HASH_BYTES, "big") for key in self.lines)
        return {
            "id": self.id,
            "seen_at": self.seen_at,
            "lines": b64encode(hashes).decode("ascii"),
            "prose": b64encode(bytes(self.lines.values())).decode("ascii"),
        }

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Sketch":
        """Return the sketch that :meth:`record` wrote.

        Raises:
            ValueError: the record is no sketch.
        """
        try:
            hashes, prose = b64decode(record["lines"], validate=True), b64decode(record["prose"], validate=True)
            starts = range(0, len(hashes), HASH_BYTES)
            keys = [int.from_bytes(hashes[start : start + HASH_BYTES], "big") for start in starts]
            return cls(str(record["id"]), str(record["seen_at"]), dict(zip(keys, prose, strict=True)))
        except (KeyError, TypeError) as error:
            raise ValueError(f"no sketch of a file: {error}") from error


def sketch(raw: RawFile, seen_at: str) -> Sketch:
    """Return the sketch of a file.

    Raises:
        BadInputError: an HTML page can't be read.
    """
    lines: dict[int, int] = {}
    for text in _texts(raw):
        key, words = _remembered(text) if len(text) <= _REMEMBERED else _read(text)
        if key is not None:
            lines[key] = words
    if len(lines) > MOST_LINES:
        half = MOST_LINES // 2
        lines = dict([*islice(lines.items(), half), *islice(lines.items(), len(lines) - half, None)])
    return Sketch(raw.listed.id, seen_at, lines)


def _read(text: str) -> tuple[int | None, int]:
    line = read_line(text)
    return line_key(line), prose_words(line)


_remembered = lru_cache(maxsize=65_536)(_read)


def _texts(raw: RawFile) -> Iterable[str]:
    if raw.format == "html":
        page = read_page(raw.text)
        return [*(block.text for block in page.blocks), *(removed.text for removed in page.removed)]
    return (block.text for block in split_lines(raw.text))
