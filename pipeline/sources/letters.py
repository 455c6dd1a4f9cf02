"""Tell by the letters that come out in which table of bytes a text was written."""

import codecs
import re
from dataclasses import dataclass
from functools import cache
from math import inf, log10
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.knowledge import read_rows

DATA = Path(__file__).parent / "data"

_NUMBER = re.compile(r"\d(?:\.\d+)?")
_ASCII = bytes(range(0x80))
_SAMPLE = 50_000
_STRANGE = log10(0.00002)
"""log10 of the share of a character that the language does not use."""
_WORST = -2.1
"""A text whose letters are rarer on the average is not in the table's language; running text has about -1.25."""
_DECLARED_BONUS = 0.05
# In a script of its own most such bytes stand in runs, which are words; Western runs are two letters long ("créée").
_IN_RUNS = 0.6
_RUN_LENGTH = 2.6
_TURKISH = re.compile(rb"(?<=[A-Za-z\x80-\xff])[\xf0\xfd\xfe]|[\xdd\xde](?=[A-Za-z])")
_WESTERN = ("cp1252", "cp1254")
_SIGN_IN_WORD = re.compile("[a-zà-ÿ][\u00a1-\u00a9\u00ac\u00ae-\u00b6\u00b8\u00b9\u00bc-\u00bf×÷†‡][a-zà-ÿ]")
"""What Polish or Czech letters become in a Western table."""
_FEW_ODD = 0.05
_PLAIN = re.compile(
    r"[\t\n\r\x20-\x7e\u00a0-\u024f\u0590-\u06ff\u0370-\u052f\u2000-\u206f\u20ac\ufb50-\ufdff\ufe70-\ufeff]"
)


@dataclass(frozen=True, slots=True)
class _Tables:
    """Tables of bytes, and what each byte says in each of them: a row a table, a column a byte."""

    names: list[str]
    handicaps: list[float]
    shares: npt.NDArray[np.float64]
    """log10 of the share that its letter has in the table's language; 0 where it says nothing."""
    telling: npt.NDArray[np.int64]
    """1 where it says something."""
    missing: npt.NDArray[np.int64]
    """1 where the table has no such byte."""


@cache
def _tables() -> _Tables:
    """Load the tables and their languages' letters.

    Raises:
        KnowledgeError: a data file holds a bad row.
    """
    shares: dict[str, dict[str, float]] = {}
    for row in read_rows(DATA / "letters.tsv", ("language", "letter", "share")):
        if len(row["letter"]) != 1 or not row["share"].isdigit():
            raise row.error("expected one letter and its share of 100,000")
        shares.setdefault(row["language"], {})[row["letter"]] = log10(int(row["share"]) / 100_000)
    names: list[str] = []
    handicaps: list[float] = []
    says: list[list[float]] = []
    letters: list[str] = []
    for row in read_rows(DATA / "encodings.tsv", ("encoding", "language", "handicap")):
        if row["language"] not in shares:
            raise row.error(f"letters.tsv has no letters of '{row['language']}'")
        if not _is_encoding(row["encoding"]) or not _NUMBER.fullmatch(row["handicap"]):
            raise row.error(f"there is no encoding '{row['encoding']}', or its handicap is not a number")
        names.append(row["encoding"])
        handicaps.append(float(row["handicap"]))
        letters.append(bytes(range(0x100)).decode(row["encoding"], "replace").lower())
        known = shares[row["language"]]
        says.append([0.0 if _says_nothing(char) else known.get(char, _STRANGE) for char in letters[-1]])
    return _Tables(
        names,
        handicaps,
        np.array(says),
        np.array([[not _says_nothing(char) for char in row] for row in letters], np.int64),
        np.array([[char == "\ufffd" for char in row] for row in letters], np.int64),
    )


def _is_encoding(name: str) -> bool:
    try:
        return bool(codecs.lookup(name))
    except LookupError:
        return False


def likeliest_table(data: bytes, declared: str | None) -> str | None:
    """Return the single-byte encoding that explains the bytes best, or None if none does.

    Scripts of their own (Arabic, Cyrillic …) fill whole words with bytes above ASCII; in Western languages such bytes
    stand alone between ASCII letters. Which table of a script it is, the frequencies of the letters tell; what the page
    declares only counts where they leave a doubt, for it is often wrong.
    """
    letters, runs, high = _high_bytes(data)
    if len(letters) < _IN_RUNS * high or len(letters) < _RUN_LENGTH * runs:
        return _western(data, declared)
    tables = _tables()
    fits = [
        (fit - handicap + _DECLARED_BONUS * (encoding == _python(declared)), encoding)
        for fit, handicap, encoding in zip(_fits(letters), tables.handicaps, tables.names, strict=True)
    ]
    for fit, encoding in sorted(fits, reverse=True):
        if fit > _WORST and _decodes(data, encoding):
            return encoding
    return None


def _high_bytes(data: bytes) -> tuple[npt.NDArray[np.uint8], int, int]:
    """Return the bytes above ASCII that stand in runs, how many runs those are, and how many such bytes there are.

    In a large file it ends with the run that fills the sample.
    """
    letters = np.frombuffer(data, np.uint8)
    high = letters > 0x7F
    around = np.concatenate(([False], high, [False]))
    before, after = around[:-2], around[2:]
    in_runs = high & (before | after)
    places = np.flatnonzero(in_runs)
    end = len(data)
    if len(places) > _SAMPLE:
        full = int(places[_SAMPLE])
        end = full + int(np.argmin(after[full:])) + 1
    starts = in_runs & ~before
    return letters[:end][in_runs[:end]], int(starts[:end].sum()), int(high[:end].sum())


def _fits(letters: npt.NDArray[np.uint8]) -> list[float]:
    """Return for each table the mean log10 share of the letters that come out."""
    tables = _tables()
    counts = np.bincount(letters, minlength=0x100)
    means = tables.shares @ counts / np.maximum(tables.telling @ counts, 1)
    means[tables.missing @ counts > 0] = -inf
    return [float(mean) for mean in means]


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _western(data: bytes, declared: str | None) -> str | None:
    high = len(data.translate(None, _ASCII))
    tables = [_WESTERN[bool(_TURKISH.search(data))]]
    if declared and declared not in ("utf-8", "ascii"):
        tables.append(declared)
    for encoding in tables:
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        odd = len(_SIGN_IN_WORD.findall(text))
        if is_plausible(text) and odd <= _FEW_ODD * high:
            return encoding
    return None


def is_plausible(text: str) -> bool:
    """Say whether nearly all characters are such as news is written in, and there are letters among them."""
    sample = text[:_SAMPLE]
    plain = len(_PLAIN.findall(sample))
    return plain > 0.97 * len(sample) and any(char.isalpha() for char in sample)


def _says_nothing(char: str) -> bool:
    """Say whether a character stands beside letters in any table: ASCII (which some tables hold twice), punctuation."""
    return char.isascii() or char in "،؛؟«»“”‘’…–—\u00a0\u200c\u200d"


def _python(declared: str | None) -> str | None:
    return {"windows-1256": "cp1256", "iso8859-6": "iso8859_6", "mac-arabic": "mac_arabic"}.get(
        declared or "", declared
    )
