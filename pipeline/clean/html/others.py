"""Parts of a page that are other articles or readers' words, by their shape: cards, second articles, dated rows."""

from collections.abc import Iterator
from itertools import accumulate, islice
from typing import Final

from pipeline.clean.html.cut import Cut
from pipeline.clean.html.outline import Node, Outline, Run
from pipeline.clean.html.tags import HEADINGS

_ROW_RUNS: Final = 12
_ABOVE: Final = 100
"""Characters of running text above readers' comments, at least."""
_CARDS: Final = 3
_LEVELS: Final = 30
"""Elements around a heading that are looked at."""
_CARD_RUNS: Final = 6
_CARD_LENGTH: Final = 400


def others(page: Outline, headline: int | None) -> Iterator[tuple[Node, Cut]]:
    """Yield the elements that are no part of the article with the headline at this run, and why."""
    for node in _cards(page):
        if headline is None or not node.first <= headline < node.last:
            yield node, Cut("related", "a card: a linked heading and a little text")
    for node in _card_rows(page):
        if headline is None or not node.first <= headline < node.last:
            yield node, Cut("related", "one of several boxes alike, each with a linked headline")
    if headline is not None:
        for node in _other_articles(page, headline):
            yield node, Cut("related", "another article, with a headline of its own")
    for node in _dated_rows(page, headline or 0):
        yield node, Cut("comments", "one of several boxes alike, each with a date")


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


def _card_rows(page: Outline) -> Iterator[Node]:
    """Yield elements of one kind, three or more side by side, with a linked headline and a little text each."""
    headlines = list(accumulate(map(_is_linked_headline, page.runs), initial=0))
    for nodes in page.children(range(len(page.runs))).values():
        kinds: dict[tuple[str, str | None], list[Node]] = {}
        for node in nodes:
            if 2 <= node.last - node.first <= _CARD_RUNS and headlines[node.last] - headlines[node.first] == 1:
                kinds.setdefault(_kind(node), []).append(node)
        for alike in kinds.values():
            if len(alike) >= _CARDS:
                yield from alike


def _other_articles(page: Outline, headline: int) -> Iterator[Node]:
    """Yield the elements like the one that holds the headline, that hold a main heading of their own."""
    around = [page.nodes[at] for at in page.ancestors(page.runs[headline].node)]
    tags = {node.tag for node in around} & HEADINGS
    kinds = {_kind(node) for node in around if node.tag == "article" or node.element.get("class")}
    for heading in page.nodes:
        if heading.tag not in tags or heading.first <= headline < heading.last:
            continue
        for at in islice(page.ancestors(heading.parent), _LEVELS):
            node = page.nodes[at]
            if node.first <= headline < node.last:
                break
            if _kind(node) in kinds:
                yield node


def _dated_rows(page: Outline, start: int) -> Iterator[Node]:
    """Yield elements of one kind, side by side below running text, each with one date: readers' comments.

    Boxes with a linked headline are teasers, and not meant; nor is a page with little text above such boxes (a live
    blog).
    """
    dates = list(accumulate((run.dated for run in page.runs), initial=0))
    prose = list(accumulate((len(run.text) * run.prose for run in page.runs), initial=0))
    for nodes in page.children(range(start, len(page.runs))).values():
        kinds: dict[tuple[str, str | None], list[Node]] = {}
        for node in nodes:
            if 2 <= node.last - node.first <= _ROW_RUNS and dates[node.last] - dates[node.first] == 1:
                kinds.setdefault(_kind(node), []).append(node)
        for alike in kinds.values():
            if len(alike) > 1 and prose[alike[0].first] - prose[start] >= _ABOVE:
                yield from alike


def _kind(node: Node) -> tuple[str, str | None]:
    return node.tag, node.element.get("class")


def _is_linked_headline(run: Run) -> bool:
    return run.link_share > 0.8 and run.words > 2
