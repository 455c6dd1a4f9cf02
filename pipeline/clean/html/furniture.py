"""Which runs of text the page's structure calls furniture: by what elements, classes and ids say of themselves."""

from itertools import accumulate
from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.html.cut import Cut, Cuts, fill
from pipeline.clean.html.others import others
from pipeline.clean.html.outline import Node, Outline
from pipeline.clean.html.vocabulary import CUT_ROLES

_KINDS: Final[dict[str, RemovedKind]] = {
    "byline": "byline", "date": "dateline", "section": "navigation", "hidden": "widget",
}  # fmt: skip
_SMALL: Final = frozenset({"byline", "date", "section", "counter", "copyright", "tags", "share", "ad", "donation"})
"""Roles of a line or two, not of text …"""
_LITTLE: Final = 1 / 7
"""… what holds more of the page's prose than this is misnamed …"""
_MOST: Final = 0.5
"""… and what holds more than this is, whatever its role …"""
_ENOUGH: Final = 80.0
"""… unless it is comments and this much prose stands elsewhere: short articles have long comments."""


def furniture(page: Outline, headline: int | None) -> Cuts:
    """Return for each run the cut that the elements around it state, or None.

    The outermost element that names itself furniture decides; inside navigation and widgets, a more telling element
    (comments, copyright …) does, and text hidden from readers is always a widget's. An element is not believed where it
    holds the headline, or most of the prose that is nobody's comment and no other article's (a form or a class
    ``sidebar`` around the whole page).
    """
    cuts: Cuts = [None] * len(page.runs)
    for node, cut in others(page, headline):
        fill(cuts, node.first, node.last, cut)
    stating = [
        node
        for node in page.nodes
        if node.role in CUT_ROLES or node.role in _KINDS
        if node.first < node.last and (headline is None or not node.first <= headline < node.last)
    ]
    prose = _prose(page, cuts)
    for node in stating:
        inside = prose[node.last] - prose[node.first]
        if node.role == "comments" and (inside <= _MOST * prose[-1] or prose[-1] - inside >= _ENOUGH):
            _cut(cuts, node)
    prose = _prose(page, cuts)
    covered = 0
    vague = False
    for node in stating:
        if node.first < covered and node.role != "hidden" and not (vague and node.last <= covered):
            continue
        if prose[node.last] - prose[node.first] > (_LITTLE if node.role in _SMALL else _MOST) * prose[-1]:
            continue
        if node.role != "comments":
            _cut(cuts, node)
        if node.last > covered:
            covered = node.last
            vague = node.role in ("navigation", "widget")
    return cuts


def _prose(page: Outline, cuts: Cuts) -> list[float]:
    """Return the sums of the prose that is not cut, up to each run."""
    worths = (max(0.0, run.worth) if cut is None else 0.0 for run, cut in zip(page.runs, cuts, strict=True))
    return list(accumulate(worths, initial=0.0))


def _cut(cuts: Cuts, node: Node) -> None:
    role = node.role or ""
    cut = Cut(_KINDS.get(role, role), node.why)  # type: ignore[arg-type]  # every other role here is a kind
    cuts[node.first : node.last] = [cut] * (node.last - node.first)
