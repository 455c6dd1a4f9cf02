"""Which runs of text the page's structure calls furniture: by what elements, classes and ids say of themselves."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.html.outline import Outline
from pipeline.clean.html.prose import worth
from pipeline.clean.html.vocabulary import CUT_ROLES

_MOST: Final = 0.5
"""Furniture that holds more of the page's prose than this is misnamed …"""
_ENOUGH: Final = 200.0
"""… unless this much prose stands elsewhere: short articles have long comments."""
_KINDS: Final[dict[str, RemovedKind]] = {
    "byline": "byline", "date": "dateline", "section": "navigation", "hidden": "widget", "header": "navigation",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a run is no part of the article."""

    kind: RemovedKind
    reason: str


def furniture(page: Outline, headline: int | None) -> list[Cut | None]:
    """Return for each run the cut that its surroundings state, or None.

    The outermost element that names itself furniture decides. An element is not believed where it holds the headline, or
    most of the page's prose with little left elsewhere (``<form>`` and "sidebar" classes around whole pages).
    """
    cuts: list[Cut | None] = [None] * len(page.runs)
    prose = list(accumulate((max(0.0, worth(run)) for run in page.runs), initial=0.0))
    total = prose[-1]
    covered = 0
    for node in page.nodes:
        if node.first < covered or (node.role not in CUT_ROLES and node.role != "hidden"):
            continue
        if headline is not None and node.first <= headline < node.last:
            continue
        inside = prose[node.last] - prose[node.first]
        if inside > total * _MOST and (node.role != "comments" or total - inside < _ENOUGH):
            continue
        kind: RemovedKind = _KINDS.get(node.role or "", node.role)  # type: ignore[arg-type]
        for index in range(node.first, node.last):
            cuts[index] = Cut(kind, node.why)
        covered = node.last
    return cuts
