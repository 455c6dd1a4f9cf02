"""Cut what is no text of the article from inside the main content, and find its text that stands just outside."""

from typing import Final

from pipeline.clean.html.boxes import Box, Sums, cut_labels, form, headed, link_box
from pipeline.clean.html.cut import Cut, Cuts, fill
from pipeline.clean.html.head import cut_head, goes_on, leads
from pipeline.clean.html.headline import Headline
from pipeline.clean.html.outline import Node, Outline
from pipeline.clean.html.pictures import boxed_caption, cut_below_images, cut_figures

_MOST: Final = 0.4
"""A box that holds more of the content than this is not judged by its first line or its likeness to its neighbours …"""
_LEFT: Final = 80
"""… unless its first line heads comments and so many characters of prose stand beside it."""


def prune(page: Outline, chosen: Node, cuts: Cuts, headline: Headline | None) -> list[int]:
    """Add to ``cuts`` what inside the chosen element is no text of the article, and return the runs that stay."""
    cut_head(page, chosen, cuts, headline)
    cut_figures(page, cuts)
    cut_below_images(page, chosen, cuts, headline.last if headline and headline.last else chosen.first)
    sums = Sums(page, cuts)
    total = Box(sums, chosen).prose or 1
    covered = chosen.first
    for node in page.nodes:
        if not chosen.first <= node.first < node.last <= chosen.last or node is chosen or node.first < covered:
            continue
        box = Box(sums, node)
        cut = _judge(box, total) if box.runs else None
        if cut is not None:
            fill(cuts, node.first, node.last, cut)
            covered = node.last
    cut_labels(page, chosen, cuts)
    kept = [at for at in range(chosen.first, chosen.last) if cuts[at] is None]
    return leads(page, chosen, cuts, headline) + kept + goes_on(page, chosen, cuts)


def _judge(box: Box, total: int) -> Cut | None:
    cut = link_box(box) or form(box)
    if cut is None and box.prose < _MOST * total:
        return headed(box) or boxed_caption(box)
    if cut is None and total - box.prose >= _LEFT:
        cut = headed(box)
        return cut if cut is not None and cut.kind == "comments" else None
    return cut
