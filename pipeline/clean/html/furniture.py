"""Which runs of text the page's structure calls furniture: by what elements, classes and ids say of themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.html.outline import Node, Outline
from pipeline.clean.html.tags import HEADINGS
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


_CARD_RUNS: Final = 6
_CARD_LENGTH: Final = 400


@dataclass(frozen=True, slots=True)
class Cut:
    """Why a run is no part of the article's text."""

    kind: RemovedKind
    reason: str


Cuts = list[Cut | None]
"""For each run of a page, in order: why it is cut, or None."""


def fill(cuts: Cuts, first: int, last: int, cut: Cut) -> None:
    """Cut the runs of a range that are not cut yet."""
    for at in range(first, last):
        cuts[at] = cuts[at] or cut


def furniture(page: Outline, headline: int | None) -> Cuts:
    """Return for each run the cut that the elements around it state, or None.

    The outermost element that names itself furniture decides; inside navigation and widgets, a more telling element
    (comments, copyright …) does, and text hidden from readers is always a widget's. An
    element is not believed where it holds the headline, or most of the page's prose with little left elsewhere (a form
    or a class ``sidebar`` around the whole page).
    """
    cuts: Cuts = [None] * len(page.runs)
    for card in _cards(page):
        if headline is None or not card.first <= headline < card.last:
            cut = Cut("related", "a card: a linked heading and a little text")
            cuts[card.first : card.last] = [cut] * (card.last - card.first)
    if headline is not None:
        for other in _other_articles(page, headline):
            fill(cuts, other.first, other.last, Cut("related", "another article, with a headline of its own"))
    prose = list(accumulate((max(0.0, run.worth) for run in page.runs), initial=0.0))
    total = prose[-1]
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
        inside = prose[node.last] - prose[node.first]
        if inside > total * (_MOST / 3.5 if role in _SMALL else _MOST) and (
            role != "comments" or total - inside < _ENOUGH
        ):
            continue
        cut = Cut(_KINDS.get(role, role), node.why)  # type: ignore[arg-type]  # every other role is a kind
        cuts[node.first : node.last] = [cut] * (node.last - node.first)
        if node.last > covered:
            covered = node.last
            vague = cut.kind in ("navigation", "widget")
    return cuts


def _other_articles(page: Outline, headline: int) -> Iterator[Node]:
    """Yield the elements like the one that holds the headline, that hold a main heading of their own."""
    around = [page.nodes[at] for at in page.ancestors(page.runs[headline].node)]
    tags = {node.tag for node in around} & HEADINGS
    kinds = {_kind(node) for node in around if node.tag == "article" or node.element.get("class")}
    for heading in page.nodes:
        if heading.tag not in tags or heading.first <= headline < heading.last:
            continue
        for at in page.ancestors(heading.parent):
            node = page.nodes[at]
            if node.first <= headline < node.last:
                break
            if _kind(node) in kinds:
                yield node


def _kind(node: Node) -> tuple[str, str | None]:
    return node.tag, node.element.get("class")


def _cards(page: Outline) -> Iterator[Node]:
    """Yield the elements that announce other articles: a heading that is a link, with little text around it."""
    for node in page.nodes:
        if node.tag not in HEADINGS or node.last - node.first != 1:
            continue
        heading = page.runs[node.first]
        if heading.link_share < 0.8 or heading.words < 3:
            continue
        card = node
        while card.parent >= 0:
            around = page.nodes[card.parent]
            if around.last - around.first > _CARD_RUNS:
                break
            if sum(len(run.text) for run in page.runs[around.first : around.last]) > _CARD_LENGTH:
                break
            if any(run.prose for run in page.runs[around.first : node.first]):
                break  # running text above a card is the article's
            card = around
        yield card
