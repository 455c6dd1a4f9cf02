"""Cut what is no text of the article from inside the main content, and find its text that stands just outside."""

from itertools import accumulate
from typing import Final

from pipeline.clean.html.boxes import card_rows, cut_labels, form, headed, link_box
from pipeline.clean.html.furniture import Cut, Cuts, fill
from pipeline.clean.html.head import cut_head, goes_on, leads
from pipeline.clean.html.headline import Headline
from pipeline.clean.html.outline import Node, Outline
from pipeline.clean.html.pictures import boxed_caption, cut_below_images, cut_figures
from pipeline.clean.html.prose import is_prose

_MOST: Final = 0.4
"""A box that holds more of the content than this is not judged by its first line or its likeness to its neighbours …"""
_LEFT: Final = 80
"""… unless its first line heads comments and so many characters of prose stand beside it."""


def prune(page: Outline, chosen: Node, cuts: Cuts, headline: Headline | None) -> list[int]:
    """Add to ``cuts`` what inside the chosen element is no text of the article, and return the runs that stay."""
    cut_head(page, chosen, cuts, headline)
    cut_figures(page, cuts)
    cut_below_images(page, chosen, cuts, headline.last if headline and headline.last else chosen.first)
    prose = list(accumulate((len(run.text) if is_prose(run) else 0 for run in page.runs), initial=0))
    total = prose[chosen.last] - prose[chosen.first] or 1
    for node in page.nodes:
        if not (chosen.first <= node.first < node.last <= chosen.last) or node is chosen:
            continue
        runs = [page.runs[at] for at in range(node.first, node.last) if cuts[at] is None]
        if not runs:
            continue
        inside = prose[node.last] - prose[node.first]
        cut = link_box(node, runs) or form(node, runs)
        if cut is None and inside < _MOST * total:
            cut = headed(runs) or boxed_caption(node, runs)
        elif cut is None and total - inside >= _LEFT and (box := headed(runs)) is not None and box.kind == "comments":
            cut = box
        if cut is not None:
            fill(cuts, node.first, node.last, cut)
    for row in card_rows(page, chosen):
        if prose[row.last] - prose[row.first] < _MOST * total:
            fill(cuts, row.first, row.last, Cut("related", f"a row of {row.tag} cards alike, each with a link"))
    cut_labels(page, chosen, cuts)
    kept = [at for at in range(chosen.first, chosen.last) if cuts[at] is None]
    return leads(page, chosen, cuts, headline) + kept + goes_on(page, chosen, cuts)
