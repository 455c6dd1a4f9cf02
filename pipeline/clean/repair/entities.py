"""Character references left in text (``&nbsp;``, ``&quot;``, ``&amp;#1575;``)."""

import html
import re

_REFERENCE = re.compile(r"&(?:amp;)*(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_DEEPEST = 4


def entities(text: str) -> str:
    """Return the text with its character references read, also those that were escaped twice.

    Only references that end in ``;`` and name a printable character: ``AT&T`` and ``&c`` stay. A line break among them
    becomes a space, so that paragraphs stay what they were.
    """
    return _REFERENCE.sub(_read, text) if "&" in text else text


def _read(reference: re.Match[str]) -> str:
    read = reference[0]
    for _ in range(_DEEPEST):
        again = html.unescape(read)
        if again == read:
            break
        read = again
    if read.isspace():
        return " "
    return (
        reference[0]
        if "\ufffd" in read or not all(char.isprintable() or char in "\u200c\u200d\u200e\u200f\u00ad" for char in read)
        else read
    )
