"""Parse a page into an element tree, whatever its size, depth and mistakes.

lxml reads the page, not BeautifulSoup: on 46 news pages BeautifulSoup (over the same lxml parser) takes 37 ms a page
and lxml 2 ms, and a page has to cost less than trafilatura's whole reading of it. libxml2 refuses more than 2,048
nested elements and drops the rest of the page; such a page (mostly unclosed ``<font>`` or ``<div>``) is flattened and
read again. Entities are those of HTML only: the HTML parser ignores entity declarations, so none can expand.
"""

import re
from typing import Final

from lxml import etree

from pipeline.clean.html.tags import FORMATTING, PLAIN, UNCLOSED
from pipeline.errors import BadInputError

MAX_TAGS: Final = 500_000
"""More tags than this is no news page; reading it would take minutes."""

_MAX_DEPTH: Final = 1_500
_TAG: Final = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_LEVELS: Final = {"table": 3, "ul": 2, "ol": 2, "dl": 2}
"""Elements that always hold others, which need no end tag: how deep they nest together."""
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_CONTROLS: Final = bytes((*range(9), 11, *range(14, 32), 127))
_SPACED: Final = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))
_NO_CHARACTERS: Final = ("\ufffe".encode(), "\uffff".encode())


def parse(html: str) -> etree._Element | None:
    """Return the root of the page's tree, or None where the page holds no element and no text.

    Raises:
        BadInputError: the page has more than :data:`MAX_TAGS` tags (``too-many-tags``).
    """
    if html.count("<") > MAX_TAGS:
        raise BadInputError("too-many-tags", f"The page has more than {MAX_TAGS:,} tags; cut it before it comes here.")
    root, complete = _parse(html)
    for simpler in (_flatten, _unnest):
        if not complete:
            root, complete = _parse(simpler(html))
    return root


def _parse(html: str) -> tuple[etree._Element | None, bool]:
    # Text goes in as UTF-8 bytes with the encoding named, or a <meta> that names another one would be believed.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        root = etree.fromstring(_encoded(html), parser)
    except etree.XMLSyntaxError:  # what the parser says of an empty page
        root = None
    limits = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR)
    return root, not any(entry.type in limits or "depth" in entry.message for entry in parser.error_log)


def _encoded(html: str) -> bytes:
    """Return the page in UTF-8, with spaces for what no page may hold: as bytes, for a search of the text is slow."""
    try:
        data = html.encode()
    except UnicodeEncodeError:
        data = _SURROGATES.sub(" ", html).encode()
    for sign in _NO_CHARACTERS:
        data = data.replace(sign, b" ")
    return data.translate(_SPACED)


def _flatten(html: str) -> str:
    """Return the page without formatting, and with every element below a depth of 1,500 turned into a line break."""
    depth = 0

    def shallow(match: re.Match[str]) -> str:
        nonlocal depth
        tag = match[2].lower()
        if tag in UNCLOSED:
            return match[0]
        if tag in FORMATTING:
            return ""
        levels = _LEVELS.get(tag, 1)
        if match[1]:
            depth = max(0, depth - levels)
            return match[0] if depth < _MAX_DEPTH else "<br>"
        depth += levels
        return match[0] if depth <= _MAX_DEPTH else "<br>"

    return _TAG.sub(shallow, html)


def _unnest(html: str) -> str:
    """Return the page with every element that can hold others turned into a line break: text is all that is left."""
    return _TAG.sub(lambda tag: tag[0] if tag[2].lower() in PLAIN else "<br>", html)
