"""Which runs of text the page's structure calls furniture: by what elements, classes and ids say of themselves."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.html.outline import Outline
from pipeline.clean.html.prose import worth
from pipeline.clean.html.vocabulary import CUT_ROLES

_KINDS: Final[dict[str, RemovedKind]] = {
    "byline": "byline", "date": "dateline", "section": "navigation", "hidden": "widget",
}  # fmt: skip
_SMALL: Final = frozenset({"byline", "date", "section", "counter", "copyright", "tags"})
"""Roles of a line or two: what holds more of the page's prose than a seventh is misnamed."""
_MOST: Final = 0.5
"""Furniture that holds more of the page's prose than this is misnamed …"""
_ENOUGH: Final = 200.0
"""… unless it is comments and this much prose stands elsewhere: short articles have long comments."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a run is no part of the article's text."""

    kind: RemovedKind
    reason: str


Cuts = list[Cut | None]
"""For each run of a page, in order: why it is cut, or None."""


def furniture(page: Outline, headline: int | None) -> Cuts:
    """Return for each run the cut that the elements around it state, or None.

    The outermost element that names itself furniture decides, but text hidden from readers is always a widget's. An
    element is not believed where it holds the headline, or most of the page's prose with little left elsewhere (a form
    or a class ``sidebar`` around the whole page).
    """
    cuts: Cuts = [None] * len(page.runs)
    prose = list(accumulate((max(0.0, worth(run)) for run in page.runs), initial=0.0))
    total = prose[-1]
    covered = 0
    for node in page.nodes:
        role = node.role
        if role is None or not (role in CUT_ROLES or role in _KINDS) or node.first == node.last:
            continue
        if node.first < covered and role != "hidden":
            continue
        if headline is not None and node.first <= headline < node.last:
            continue
        inside = prose[node.last] - prose[node.first]
        if inside > total * (_MOST / 3.5 if role in _SMALL else _MOST) and (
            role != "comments" or total - inside < _ENOUGH
        ):
            continue
        cut = Cut(_KINDS.get(role, role), node.why)  # type: ignore[arg-type]  # every other role is a kind
        cuts[node.first : node.last] = [cut] * (node.last - node.first)
        covered = max(covered, node.last)
    return cuts
