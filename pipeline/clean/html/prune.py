"""Cut what is no article from inside the main content: link lists, cards, headed boxes, captions, the title's own line."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from pipeline.clean.furniture import find_phrase
from pipeline.clean.html.furniture import Cut, Cuts
from pipeline.clean.html.headline import Headline, words_of
from pipeline.clean.html.outline import HEADINGS, Node, Outline, Run
from pipeline.clean.html.prose import is_prose
from pipeline.clean.words import folded_words

_LINKED: Final = 0.6
"""A box with a larger share of its characters in links is a list of links."""
_HEADLINE_WORDS: Final = 4
"""A line of so many words that is all link is another article's headline."""
_CAPTION_WORDS: Final = 40
_BOX_SHARE: Final = 0.4
"""A box that holds more of the content than this is not judged by its first line or its likeness to its neighbours."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)[١٢۱۲][٠-٩۰-۹]{3}(?![٠-٩۰-۹])")
_DIGITS: Final = re.compile(r"\d+")
_IMAGE_BOX: Final = re.compile(r"(?i)im(?:g|age)|photo|pic|thumb|figure|media")


def prune(page: Outline, chosen: Node, cuts: Cuts, headline: Headline | None) -> None:
    """Add to ``cuts`` what inside the chosen element is no text of the article."""
    _head(page, chosen, cuts, headline)
    prose = list(accumulate((len(run.text) if is_prose(run) else 0 for run in page.runs), initial=0))
    total = prose[chosen.last] - prose[chosen.first] or 1
    for node in page.nodes:
        if not (chosen.first <= node.first < node.last <= chosen.last) or node is chosen:
            continue
        runs = [run for run, cut in zip(page.runs[node.first : node.last], cuts[node.first : node.last]) if not cut]
        if not runs:
            continue
        share = (prose[node.last] - prose[node.first]) / total
        cut = _link_box(node, runs) or (_headed(runs) or _image_caption(node, runs) if share < _BOX_SHARE else None)
        if cut is not None:
            _fill(cuts, node.first, node.last, cut)
    for cards in _card_lists(page, chosen):
        if (prose[cards.last] - prose[cards.first]) / total < _BOX_SHARE:
            _fill(cuts, cards.first, cards.last, Cut("related", f"a row of {cards.tag} cards alike, each with a link"))


def is_date_line(run: Run) -> bool:
    """Tell whether a short line holds a year and another number, as the line under a title does."""
    text = run.text
    return len(text) <= 120 and bool(_YEAR.search(text)) and len(_DIGITS.findall(text)) >= 2 and text.count(" ") <= 16


def _head(page: Outline, chosen: Node, cuts: Cuts, headline: Headline | None) -> None:
    """Cut the title's line, what stands above it, and the date below it."""
    start = chosen.first
    if headline is not None and headline.first is not None and headline.last is not None:
        if chosen.first <= headline.first < chosen.last:
            above = [run for run in page.runs[chosen.first : headline.first] if is_prose(run)]
            if len(above) <= 1:
                _fill(cuts, chosen.first, headline.first, Cut("navigation", "above the title"))
            start = headline.last
        cuts[headline.first : headline.last] = [Cut("title-repeat", f"the title ({headline.source})")] * (
            headline.last - headline.first
        )
        title = words_of(headline.text)
        for index in range(chosen.first, chosen.last):
            run = page.runs[index]
            if cuts[index] is None and len(run.text) <= 2 * len(headline.text) and words_of(run.text) == title:
                cuts[index] = Cut("title-repeat", "says the title again")
    for index in range(start, chosen.last):
        run = page.runs[index]
        cut = cuts[index]
        if (cut is None or cut.kind == "byline") and is_date_line(run):
            cuts[index] = Cut("dateline", "a date between title and text")
        elif cut is None and is_prose(run):
            break


def _link_box(node: Node, runs: list[Run]) -> Cut | None:
    if node.tag in HEADINGS:
        return None
    length = sum(len(run.text) for run in runs)
    linked = sum(min(run.linked, len(run.text)) for run in runs)
    if linked <= _LINKED * length:
        return None
    if len(runs) == 1:
        words = runs[0].text.count(" ") + 1
        if words < _HEADLINE_WORDS or is_prose(runs[0]):
            return None
        return Cut("related", f"a line that is all link ({words} words)")
    if any(is_prose(run) for run in runs):
        return None
    items = sum(run.link_share > 0.5 for run in runs)
    return Cut("related", f"{items} of {len(runs)} lines are links")


def _headed(runs: list[Run]) -> Cut | None:
    """A box whose first line is a known heading of furniture is furniture as a whole."""
    if len(runs) < 2 or len(runs[0].text) > 80:
        return None
    words = folded_words(runs[0].text)
    phrase = find_phrase(words, len(words))
    if phrase is None or phrase.role != "section":
        return None
    return Cut(phrase.kind, f"a box headed '{phrase.text}'")


def _image_caption(node: Node, runs: list[Run]) -> Cut | None:
    """One short text that shares a floated or sized box with an image, and with nothing else, is its caption."""
    if len(runs) != 1 or runs[0].text.count(" ") >= _CAPTION_WORDS or node.tag not in ("table", "div", "span", "dl"):
        return None
    element = node.element
    if next(element.iter("img"), None) is None:
        return None
    style = (element.get("style") or "").lower()
    named = _IMAGE_BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    if not (element.get("align") or element.get("width") or "float" in style or "width" in style or named):
        return None
    return Cut("caption", f"alone with an image in one {node.tag}")


def _card_lists(page: Outline, chosen: Node) -> Iterator[Node]:
    """Yield elements with three or more children alike, each of a link or two and a little text: teasers of other articles."""
    children: dict[int, list[Node]] = {}
    for node in page.nodes:
        if chosen.first <= node.first < node.last <= chosen.last and node is not chosen:
            children.setdefault(node.parent, []).append(node)
    for parent, nodes in children.items():
        kinds = {(node.tag, node.element.get("class")) for node in nodes}
        if len(nodes) < 3 or len(kinds) > 2 or page.nodes[parent] is chosen:
            continue
        linked = sum(any(run.link_share > 0.8 and run.text.count(" ") >= 2 for run in page.runs[n.first : n.last]) for n in nodes)
        several = sum(n.last - n.first > 1 for n in nodes)
        if linked >= 0.8 * len(nodes) and several >= 0.5 * len(nodes):
            yield page.nodes[parent]


def _fill(cuts: Cuts, first: int, last: int, cut: Cut) -> None:
    for index in range(first, last):
        cuts[index] = cuts[index] or cut
