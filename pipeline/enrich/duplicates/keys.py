"""The keys under which an article's near-duplicates are found: MinHash over word shingles, banded (Broder 1997; LSH).

Keys are stored for years, so nothing here may depend on a library's version or the process: BLAKE2b hashes words, the
rest is arithmetic modulo 2⁶⁴ and 2³² with constants that BLAKE2b gives too. A change of any of it is a new
``SCHEME``, and makes a rebuild of the index necessary.
"""

import base64
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pipeline.arabic import WORD, fold
from pipeline.memory import remembered

SCHEME = "2"
"""Version of the keys; each begins with it, so that keys of two versions never meet."""
SHINGLE = 2
"""Words a shingle. Pairs keep more of a text after edits than triples do (one word in ten replaced: 0.68 against 0.57),
and tell a copy as well from a follow-up on the same subject."""
BANDS = 32
ROWS = 4
"""Hashes a band. Texts of Jaccard similarity s share a band with probability 1 - (1 - s⁴)³²: of 0.68 0.9995, of 0.5
0.87, of 0.05 0.0002."""
HASHES = 256
"""Hashes a signature, 8 bits of each: the estimate's standard error is 0.03 (b-bit MinHash; Li, König 2010)."""
BY_CHANCE = 1 / 256
"""Share of the hashes (a byte of each is kept) that agree in any two signatures."""
LEAST_WORDS = 30
"""Of a shorter text only exact copies are found: few shingles say little."""
LEAST_WORDS_EXACT = 5
"""A still shorter text (a caption, nothing at all) is no duplicate of anything."""

_CHUNK = 120
"""Shingles at a time: their products stay in the processor's cache, which is five times as fast."""

Shingles = NDArray[np.uint64]
Hashes = NDArray[np.uint32]
"""Half as wide, and computed in a third of the time; a text has far fewer shingles than there are values."""


@dataclass(frozen=True, slots=True)
class Keys:
    """What is stored with an article to find its near-duplicates."""

    bands: tuple[str, ...]
    """Keywords; near-duplicates share at least one. One for a short text, none for a very short one."""
    signature: str | None
    """256 hashes of 8 bits, base64; None for a short text."""


def words(text: str) -> list[str]:
    """Return the words of a text as comparison sees them: folded, without punctuation."""
    return WORD.findall(fold(text))


def content_sha256(body: str) -> str:
    """Return the SHA-256, hex, of the normalised body: its folded words with single spaces between."""
    return sha256_of_words(words(body))


def sha256_of_words(content: Sequence[str]) -> str:
    """Return :func:`content_sha256` of a body, given its :func:`words`."""
    return hashlib.sha256(" ".join(content).encode("utf-8", "surrogatepass")).hexdigest()


def signature(body: str) -> Keys:
    """Return the keys of an article's body."""
    return signatures_of_words([words(body)])[0]


def signatures_of_words(contents: Sequence[Sequence[str]]) -> list[Keys]:
    """Return :func:`signature` of each body, given its :func:`words`; many at once take less time."""
    shingles = _shingles([content for content in contents if len(content) >= LEAST_WORDS])
    return [_long(next(shingles)) if len(content) >= LEAST_WORDS else _short(content) for content in contents]


def _long(shingles: Shingles) -> Keys:
    hashes = _minima(shingles).astype(np.uint8).tobytes()
    return Keys(_bands(hashes), base64.b64encode(hashes).decode("ascii"))


def _short(content: Sequence[str]) -> Keys:
    return Keys(exact_bands(sha256_of_words(content)) if len(content) >= LEAST_WORDS_EXACT else (), None)


def exact_bands(sha256: str) -> tuple[str, ...]:
    """Return the one key of a text too short for shingles, from the hash of its normalised words."""
    return (f"{SCHEME}x{sha256[:24]}",)


def similarity(first: str, second: str) -> float:
    """Estimate the Jaccard similarity (0 to 1) of the shingles of two texts from their signatures."""
    return max(0.0, (float(np.mean(_unpack(first) == _unpack(second))) - BY_CHANCE) / (1 - BY_CHANCE))


def _bands(hashes: bytes) -> tuple[str, ...]:
    rows = hashes[: BANDS * ROWS].hex("-", -ROWS).split("-")
    return tuple([f"{SCHEME}{band:02d}{row}" for band, row in enumerate(rows)])


def _unpack(packed: str) -> NDArray[np.uint8]:
    return np.frombuffer(base64.b64decode(packed), dtype=np.uint8)


def _shingles(contents: Sequence[Sequence[str]]) -> Iterator[Shingles]:
    """Yield the shingles of each text, as well mixed 64-bit hashes."""
    hashes = np.fromiter(map(_word_hash, chain.from_iterable(contents)), dtype=np.uint64)
    mixed = np.zeros(max(0, len(hashes) - SHINGLE + 1), dtype=np.uint64)
    for place in range(SHINGLE):
        mixed = _mix(mixed + hashes[place : place + len(mixed)])
    end = 0
    for content in contents:
        start, end = end, end + len(content)
        yield mixed[start : end - SHINGLE + 1]


def _mix(values: Shingles) -> Shingles:
    """Scramble 64-bit numbers one to one (the finalizer of SplitMix64; Steele, Lea, Flood 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _minima(shingles: Shingles) -> Hashes:
    """Return, for each of the hash functions x → ax + b modulo 2³², the least value over the shingles."""
    factors, summands = _functions()
    low = shingles.astype(np.uint32)
    least = np.full(HASHES, np.iinfo(np.uint32).max, dtype=np.uint32)
    for start in range(0, len(low), _CHUNK):
        values = low[start : start + _CHUNK, None] * factors
        values += summands
        np.minimum(least, values.min(axis=0), out=least)
    return least


@remembered(1 << 17)
def _word_hash(word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big")


@cache
def _functions() -> tuple[Hashes, Hashes]:
    """Return the odd factors and the summands of the hash functions: nothing up the sleeve, BLAKE2b of their names."""
    factors = [_word_hash(f"factor {place}") | 1 for place in range(HASHES)]
    summands = [_word_hash(f"summand {place}") for place in range(HASHES)]
    return np.array(factors, dtype=np.uint64).astype(np.uint32), np.array(summands, dtype=np.uint64).astype(np.uint32)
