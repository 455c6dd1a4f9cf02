"""Text files → blocks: one for every line that says something, with its place in the file."""

from typing import Final

from pipeline.clean.block import Block

_AROUND: Final = " \t\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000" + (
    "\ufeff\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\u061c\x00"
)
"""What may stand around a line without saying anything: spaces, byte order mark, zero-width and bidi controls."""


def split_lines(text: str) -> list[Block]:
    """Return the lines of a text that hold more than space, with offsets into it and the empty lines before each."""
    blocks: list[Block] = []
    position = gap = 0
    for line in text.splitlines(keepends=True):
        start = position
        position += len(line)
        bare = line.strip().strip(_AROUND).strip()
        if not bare:
            gap += 1
            continue
        start += 0 if line.startswith(bare) else line.find(bare)  # to look for a long line takes long
        blocks.append(Block(bare, start, start + len(bare), gap))
        gap = 0
    return blocks
