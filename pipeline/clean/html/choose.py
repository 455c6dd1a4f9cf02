"""Choose the element that holds the article: the one whose text speaks most for it."""

from itertools import accumulate
from typing import Final

from pipeline.clean.html.cut import Cuts
from pipeline.clean.html.outline import Outline

_STATED: Final = 0.5
"""An element that states it holds the content is worth this much more than its text."""
_MOST: Final = 0.85
"""Inside the best element, one that states it holds the content and holds so much of it is preferred."""
_AFTER_HEADLINE: Final = 0.25
"""An element is worth so much more that holds the headline, or begins at most so many runs after it."""
_NEAR: Final = 12
_BEFORE_HEADLINE: Final = 0.5
"""Text before the headline counts half."""


def choose(page: Outline, cuts: Cuts, headline: int | None) -> tuple[int, str]:
    """Return the index of the element that holds the article, and why it was chosen.

    Args:
        page: The page's outline.
        cuts: The runs that are furniture already.
        headline: Index of the run after the headline, where that is known.

    Each run adds its :func:`~pipeline.clean.html.prose.worth`, furniture adds nothing. So an element gains from every
    paragraph and loses by every link item that it takes in; the best sum wins, the innermost element among equals.
    """
    values = [0.0 if cut else run.worth for run, cut in zip(page.runs, cuts, strict=True)]
    if headline is not None:
        for index in range(headline):
            values[index] = min(values[index], values[index] * _BEFORE_HEADLINE)
    sums = list(accumulate(values, initial=0.0))
    best, best_score = 0, float("-inf")
    for index, node in enumerate(page.nodes):
        score = sums[node.last] - sums[node.first]
        if score > 0:
            near = headline is not None and node.first <= headline + _NEAR and headline <= node.last
            score *= 1.0 + _STATED * (node.role == "content") + _AFTER_HEADLINE * near
        if score > 0 and score >= best_score:
            best, best_score = index, score
    for index in range(best + 1, len(page.nodes)):
        node, outer = page.nodes[index], page.nodes[best]
        if node.role != "content" or not outer.first <= node.first < node.last <= outer.last:
            continue
        if sums[node.last] - sums[node.first] >= _MOST * (sums[outer.last] - sums[outer.first]):
            best = index
    node = page.nodes[best]
    runs = page.runs[node.first : node.last]
    length = sum(len(run.text) for run in runs) or 1
    linked = sum(run.link_share * len(run.text) for run in runs) / length
    name = f"{node.tag} ({node.why})" if node.why else node.tag
    return best, f"{name}: {length:,} characters in {len(runs)} runs, {linked:.0%} in links, score {best_score:.0f}"
