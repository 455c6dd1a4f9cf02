"""A block: one line of a text file, or one block element's text of a page; the unit that cleaning decides about."""

from dataclasses import dataclass


@dataclass(slots=True)
class Block:
    """A run of text between line breaks, with what the file says of it.

    Nothing changes it; to have that enforced takes eight times as long, for each line of each file.
    """

    text: str
    """Whitespace collapsed at the ends only; never empty."""
    start: int | None = None
    """Offset of its first character in the decoded file; None where the file is HTML."""
    end: int | None = None
    gap: int = 0
    """Empty lines before it (text files)."""
    tag: str = ""
    """HTML element that holds it (``p``, ``h1``, ``li`` …); empty for text files."""
    hints: frozenset[str] = frozenset()
    """Words of the ``class``, ``id``, ``role`` and ``itemprop`` values of the element and its ancestors, lower case."""
    link_share: float = 0.0
    """Share of its characters that stand in links, 0 to 1."""
