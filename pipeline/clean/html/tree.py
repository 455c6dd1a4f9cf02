"""Parse a page into an element tree, whatever its size, depth and mistakes.

lxml reads the page, not BeautifulSoup: on 46 news pages BeautifulSoup (over the same lxml parser) takes 37 ms a page
and lxml 2 ms, and a page has to cost less than trafilatura's whole reading of it. libxml2 refuses more than 2,048
nested elements and drops the rest of the page; such a page (mostly unclosed ``<font>`` or ``<div>``) is flattened and
read again. Entities are those of HTML only: the HTML parser ignores entity declarations, so none can expand.
"""

import re
from typing import Final

from lxml import etree

from pipeline.errors import BadInputError

MAX_TAGS: Final = 2_000_000
"""More tags than this is no news page; the tree would need gigabytes."""

_MAX_DEPTH: Final = 1_500
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^<>]*>")
_NOT_NESTING = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "td",
        "th",
        "tr",
        "option",
        "script",
        "style",
        "noscript",
        "html",
        "head",
        "body",
        "title",
    ]
)
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]+")


def parse(html: str) -> etree._Element | None:
    """Return the root of the page's tree, or None where the page holds no element and no text.

    Raises:
        BadInputError: the page has more than :data:`MAX_TAGS` tags (``too-many-tags``).
    """
    if html.count("<") > MAX_TAGS:
        raise BadInputError("too-many-tags", f"The page has more than {MAX_TAGS:,} tags; cut it before it comes here.")
    html = _UNREADABLE.sub(" ", html)
    root, complete = _parse(html)
    if not complete:
        root, _ = _parse(_flatten(html))
    return root


def _parse(html: str) -> tuple[etree._Element | None, bool]:
    # Text goes in as UTF-8 bytes with the encoding named, or a <meta> that names another one would be believed.
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, recover=True
    )
    try:
        root = etree.fromstring(html.encode(), parser)
    except etree.XMLSyntaxError:  # what the parser says of an empty page
        root = None
    limits = (etree.ErrorTypes.ERR_RESOURCE_LIMIT, etree.ErrorTypes.ERR_INTERNAL_ERROR)
    return root, not any(entry.type in limits or "depth" in entry.message for entry in parser.error_log)


def _flatten(html: str) -> str:
    """Return the page with every element below a depth of 1,500 turned into a line break."""
    depth = 0

    def shallow(match: re.Match[str]) -> str:
        nonlocal depth
        if match[2].lower() in _NOT_NESTING:
            return match[0]
        if match[1]:
            depth = max(0, depth - 1)
            return match[0] if depth < _MAX_DEPTH else "<br>"
        depth += 1
        return match[0] if depth <= _MAX_DEPTH else "<br>"

    return _TAG.sub(shallow, html)
