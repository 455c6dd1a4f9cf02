"""Which runs of text the page's structure calls furniture: by what elements, classes and ids say of themselves."""

from itertools import accumulate
from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.html.cut import Cut, Cuts, fill
from pipeline.clean.html.others import others
from pipeline.clean.html.outline import Outline
from pipeline.clean.html.vocabulary import CUT_ROLES, Role

_KINDS: Final[dict[str, RemovedKind]] = {
    "byline": "byline", "date": "dateline", "section": "navigation", "hidden": "widget",
}  # fmt: skip
_SMALL: Final = frozenset({"byline", "date", "section", "counter", "copyright", "tags"})
"""Roles of a line or two: what holds more of the page's prose than a seventh is misnamed."""
_LITTLE: Final = 1 / 7
_MOST: Final = 0.5
"""Furniture that holds more of the page's prose than this is misnamed …"""
_ENOUGH: Final = 200.0
"""… unless it is comments and this much prose stands elsewhere: short articles have long comments."""


def furniture(page: Outline, headline: int | None) -> Cuts:
    """Return for each run the cut that the elements around it state, or None.

    The outermost element that names itself furniture decides; inside navigation and widgets, a more telling element
    (comments, copyright …) does, and text hidden from readers is always a widget's. An element is not believed where it
    holds the headline, or most of the page's prose with little left elsewhere (a form or a class ``sidebar`` around the
    whole page).
    """
    cuts: Cuts = [None] * len(page.runs)
    for node, cut in others(page, headline):
        fill(cuts, node.first, node.last, cut)
    prose = list(accumulate((max(0.0, run.worth) for run in page.runs), initial=0.0))
    covered = 0
    vague = False
    for node in page.nodes:
        role = node.role
        if role is None or not (role in CUT_ROLES or role in _KINDS) or node.first == node.last:
            continue
        if node.first < covered and role != "hidden" and not (vague and node.last <= covered):
            continue
        if headline is not None and node.first <= headline < node.last:
            continue
        if _is_misnamed(role, prose[node.last] - prose[node.first], prose[-1]):
            continue
        cut = Cut(_KINDS.get(role, role), node.why)  # type: ignore[arg-type]  # every other role is a kind
        cuts[node.first : node.last] = [cut] * (node.last - node.first)
        if node.last > covered:
            covered = node.last
            vague = cut.kind in ("navigation", "widget")
    return cuts


def _is_misnamed(role: Role, inside: float, total: float) -> bool:
    most = _LITTLE if role in _SMALL else _MOST
    return inside > most * total and not (role == "comments" and total - inside >= _ENOUGH)
