"""Kinds of HTML elements (https://html.spec.whatwg.org/multipage/indices.html, and older ones that pages still use)."""

from typing import Final


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


SKIPPED: Final = _tags(
    "script style noscript template svg math iframe frame frameset noframes object applet embed param select option "
    "datalist textarea input canvas audio video map title link meta progress meter"
)
"""Elements without text of the page (what a browser shows of them is no prose)."""

BLOCKS: Final = _tags(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hgroup html legend li main marquee menu nav ol p pre search "
    "section summary table tbody td tfoot th thead tr ul"
)
"""Elements that break the line before and after."""

HEADINGS: Final = _tags("h1 h2 h3 h4 h5 h6")

UNCLOSED: Final = _tags(
    "area base br col embed hr img input link meta param source track wbr p li td th tr dt dd option script style "
    "noscript html head body title"
)
"""Elements that do not nest: they hold nothing, end by themselves, or stand once in a page."""

FORMATTING: Final = _tags("font span b i u s strong em small big tt sub sup center nobr")

PLAIN: Final = _tags("br meta title script style noscript html head body")
"""All that is left of a page whose elements nest beyond reason."""
