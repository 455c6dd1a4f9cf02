"""Boxes inside the main content that are not of the article: lists of links, forms, headed boxes, rows of cards."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from pipeline.clean.furniture import phrase_of
from pipeline.clean.html.cut import Cut, Cuts
from pipeline.clean.html.outline import Node, Outline
from pipeline.clean.html.tags import HEADINGS

_LINKED: Final = 0.6
"""A box with a larger share of its characters in links is a list of links."""
_HEADLINE_WORDS: Final = 4
"""A line of so many words that is all link is another article's headline."""
_FORM_LENGTH: Final = 300
_HEADING_LENGTH: Final = 80
_BOXES: Final = frozenset({"related", "comments", "share", "subscription", "donation", "ad", "widget"})


class Box:
    """An element's runs that are not cut, in figures; each figure is had from sums over the whole page."""

    def __init__(self, sums: "Sums", node: Node) -> None:
        def of(series: Sequence[int]) -> int:
            return series[node.last] - series[node.first]

        self.node = node
        self.runs = of(sums.runs)
        self.length = of(sums.length)
        self.linked = of(sums.linked)
        self.links = of(sums.links)
        self.prose = of(sums.prose)
        """Characters of running text."""
        self.first = sums.page.runs[sums.next[node.first]] if self.runs else None


class Sums:
    """Sums over a page's runs that are not cut, up to each of them."""

    def __init__(self, page: Outline, cuts: Cuts) -> None:
        def series(values: Iterator[int]) -> list[int]:
            return list(accumulate(values, initial=0))

        self.page = page
        kept = [(run, cut is None) for run, cut in zip(page.runs, cuts, strict=True)]
        self.runs = series(int(uncut) for _, uncut in kept)
        self.length = series(len(run.text) * uncut for run, uncut in kept)
        self.linked = series(round(run.link_share * len(run.text)) * uncut for run, uncut in kept)
        self.links = series(int(uncut and run.link_share > 0.5) for run, uncut in kept)
        self.prose = series(len(run.text) * (uncut and run.prose) for run, uncut in kept)
        self.next = [0] * len(kept)
        """Index of the first uncut run from each on."""
        following = len(kept)
        for at in range(len(kept) - 1, -1, -1):
            following = at if kept[at][1] else following
            self.next[at] = following


def link_box(box: Box) -> Cut | None:
    """A box whose text is mostly links and holds no prose."""
    if box.node.tag in HEADINGS or box.linked <= _LINKED * box.length or box.prose or box.first is None:
        return None
    if box.runs == 1:
        if box.first.words >= _HEADLINE_WORDS:
            return Cut("related", f"a line that is all link ({box.first.words} words)")
        return Cut("navigation", f"{box.first.links} links and nothing else") if box.first.links > 1 else None
    return Cut("related", f"{box.links} of {box.runs} lines are links")


def form(box: Box) -> Cut | None:
    """A little text around fields to fill in."""
    if box.length > _FORM_LENGTH or box.prose:
        return None
    fields = [field for field in box.node.element.iter("input", "textarea", "select") if field.get("type") != "hidden"]
    return Cut("widget", f"a form of {len(fields)} fields") if fields else None


def headed(box: Box) -> Cut | None:
    """A box whose first line is a known heading of furniture (``data/furniture.tsv``, role section)."""
    if box.runs < 2 or box.first is None or len(box.first.text) > _HEADING_LENGTH:
        return None
    phrase = phrase_of(box.first.text)
    if phrase is None or phrase.role != "section":
        return None
    return Cut(phrase.kind, f"a box headed '{phrase.text}'")


def cut_labels(page: Outline, chosen: Node, cuts: Cuts) -> None:
    """Cut the heading of a box whose other lines are all cut: it names what is gone."""
    kept = list(accumulate((cut is None for cut in cuts), initial=0))
    for node in page.nodes:
        cut = cuts[node.last - 1] if node.last > node.first + 1 else None
        if cut is None or cut.kind not in _BOXES or node is chosen or cuts[node.first] is not None:
            continue
        if not chosen.first <= node.first < node.last <= chosen.last or kept[node.last] - kept[node.first] != 1:
            continue
        run = page.runs[node.first]
        if len(run.text) <= _HEADING_LENGTH and not run.prose:
            cuts[node.first] = Cut(cut.kind, f"heads a box of the kind {cut.kind}")
