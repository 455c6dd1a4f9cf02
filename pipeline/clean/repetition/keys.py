"""What of a line is compared between files: its hash, and whether it is running text."""

from hashlib import blake2b
from typing import Final

from pipeline.clean.line import Line

HASH_BYTES: Final = 8
_PROSE_WORDS: Final = 9
_LONG_WORDS: Final = 20
_MOST_WEIGHT: Final = 60


def line_key(line: Line) -> int | None:
    """Return the 64-bit hash of a line as readers see it (folded, any number for any other), the same on all machines.

    None where the line holds no word of letters: numbers alone say nothing.
    """
    if not line.words or line.digit_share == 1:
        return None
    words = ["#" if word.isdigit() else word for word in line.words] if line.digit_share else line.words
    text = f"{line.count} {' '.join(words)}"
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest(), "big")


def prose_words(line: Line) -> int:
    """Return how many words of running text a line is, at most 60; 0 for labels, headlines and other short lines."""
    is_prose = line.count >= _LONG_WORDS or (line.count >= _PROSE_WORDS and line.ends == "sentence")
    return min(line.count, _MOST_WEIGHT) if is_prose else 0
