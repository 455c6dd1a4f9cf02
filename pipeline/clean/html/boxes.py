"""Boxes inside the main content that are not of the article: lists of links, forms, headed boxes, rows of cards."""

from collections.abc import Iterator
from typing import Final

from pipeline.clean.furniture import find_phrase
from pipeline.clean.html.furniture import Cut, Cuts
from pipeline.clean.html.outline import HEADINGS, Node, Outline, Run
from pipeline.clean.html.prose import is_prose
from pipeline.clean.words import folded_words

_LINKED: Final = 0.6
"""A box with a larger share of its characters in links is a list of links."""
_HEADLINE_WORDS: Final = 4
"""A line of so many words that is all link is another article's headline."""
_FORM_LENGTH: Final = 300
_HEADING_LENGTH: Final = 80
_BOXES: Final = frozenset({"related", "comments", "share", "subscription", "donation", "ad", "widget"})


def link_box(node: Node, runs: list[Run]) -> Cut | None:
    """A box whose text is mostly links and holds no prose."""
    if node.tag in HEADINGS:
        return None
    length = sum(len(run.text) for run in runs)
    linked = sum(min(run.linked, len(run.text)) for run in runs)
    if linked <= _LINKED * length or any(is_prose(run) for run in runs):
        return None
    if len(runs) == 1:
        words = runs[0].text.count(" ") + 1
        return Cut("related", f"a line that is all link ({words} words)") if words >= _HEADLINE_WORDS else None
    return Cut("related", f"{sum(run.link_share > 0.5 for run in runs)} of {len(runs)} lines are links")


def form(node: Node, runs: list[Run]) -> Cut | None:
    """A little text around fields to fill in."""
    if sum(len(run.text) for run in runs) > _FORM_LENGTH or any(is_prose(run) for run in runs):
        return None
    fields = [field for field in node.element.iter("input", "textarea", "select") if field.get("type") != "hidden"]
    return Cut("widget", f"a form of {len(fields)} fields") if fields else None


def headed(runs: list[Run]) -> Cut | None:
    """A box whose first line is a known heading of furniture (``data/furniture.tsv``, role section)."""
    if len(runs) < 2 or len(runs[0].text) > _HEADING_LENGTH:
        return None
    words = folded_words(runs[0].text)
    phrase = find_phrase(words, len(words))
    if phrase is None or phrase.role != "section":
        return None
    return Cut(phrase.kind, f"a box headed '{phrase.text}'")


def cut_labels(page: Outline, chosen: Node, cuts: Cuts) -> None:
    """Cut the heading of a box whose other lines are all cut: it names what is gone."""
    for node in page.nodes:
        cut = cuts[node.last - 1] if node.last > node.first + 1 else None
        if cut is None or cut.kind not in _BOXES or node is chosen:
            continue
        if not (chosen.first <= node.first and node.last <= chosen.last) or cuts[node.first] is not None:
            continue
        run = page.runs[node.first]
        if None not in cuts[node.first + 1 : node.last] and len(run.text) <= _HEADING_LENGTH and not is_prose(run):
            cuts[node.first] = Cut(cut.kind, f"heads a box of the kind {cut.kind}")


def card_rows(page: Outline, chosen: Node) -> Iterator[Node]:
    """Yield elements of three or more children alike, each with a linked headline and a little text: teasers."""
    children: dict[int, list[Node]] = {}
    for node in page.nodes:
        if chosen.first <= node.first < node.last <= chosen.last and node is not chosen:
            children.setdefault(node.parent, []).append(node)
    for parent, nodes in children.items():
        if len(nodes) < 3 or len({(node.tag, node.element.get("class")) for node in nodes}) > 2:
            continue
        if page.nodes[parent] is chosen:
            continue
        linked = sum(any(map(_is_linked_headline, page.runs[node.first : node.last])) for node in nodes)
        several = sum(node.last - node.first > 1 for node in nodes)
        if linked >= 0.8 * len(nodes) and several >= 0.5 * len(nodes):
            yield page.nodes[parent]


def _is_linked_headline(run: Run) -> bool:
    return run.link_share > 0.8 and run.text.count(" ") >= 2
