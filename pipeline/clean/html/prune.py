"""Cut what is no article from inside the main content: link lists, cards, headed boxes, captions, the title's own line."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.furniture import find_phrase
from pipeline.clean.html.furniture import Cut, Cuts
from pipeline.clean.html.headline import Headline, words_of
from pipeline.clean.html.outline import HEADINGS, Node, Outline, Run
from pipeline.clean.html.prose import SENTENCE_ENDS, is_prose
from pipeline.clean.words import folded_words

_LINKED: Final = 0.6
"""A box with a larger share of its characters in links is a list of links."""
_HEADLINE_WORDS: Final = 4
"""A line of so many words that is all link is another article's headline."""
_FORM_LENGTH: Final = 300
_CAPTION_WORDS: Final = 40
_DECK_WORDS: Final = 25
"""A line under the title with more words, or with a sentence's end, is the article's first paragraph."""
_LEADS: Final = 2
"""More paragraphs between title and content belong to something else."""
_CLOCK: Final = re.compile(r"\b\d{1,2}:\d\d\b")
_BOX_SHARE: Final = 0.4
"""A box that holds more of the content than this is not judged by its first line or its likeness to its neighbours."""
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)[١٢۱۲][٠-٩۰-۹]{3}(?![٠-٩۰-۹])")
_DIGITS: Final = re.compile(r"\d+")
_BOXES: Final = frozenset({"related", "comments", "share", "subscription", "donation", "ad", "widget"})
_IMAGE_BOX: Final = re.compile(r"(?i)im(?:g|age)|photo|pic|thumb|figure|media")


def prune(page: Outline, chosen: Node, cuts: Cuts, headline: Headline | None) -> None:
    """Add to ``cuts`` what inside the chosen element is no text of the article."""
    _head(page, chosen, cuts, headline)
    _figures(page, cuts)
    prose = list(accumulate((len(run.text) if is_prose(run) else 0 for run in page.runs), initial=0))
    total = prose[chosen.last] - prose[chosen.first] or 1
    for node in page.nodes:
        if not (chosen.first <= node.first < node.last <= chosen.last) or node is chosen:
            continue
        runs = [run for run, cut in zip(page.runs[node.first : node.last], cuts[node.first : node.last]) if not cut]
        if not runs:
            continue
        share = (prose[node.last] - prose[node.first]) / total
        cut = (
            _link_box(node, runs)
            or _form(node, runs)
            or (_headed(runs) or _image_caption(node, runs) if share < _BOX_SHARE else None)
        )
        if cut is not None:
            _fill(cuts, node.first, node.last, cut)
    _labels(page, chosen, cuts)
    for cards in _card_lists(page, chosen):
        if (prose[cards.last] - prose[cards.first]) / total < _BOX_SHARE:
            _fill(cuts, cards.first, cards.last, Cut("related", f"a row of {cards.tag} cards alike, each with a link"))


def leads(page: Outline, chosen: Node, cuts: Cuts, headline: Headline | None) -> list[int]:
    """Return the runs of prose between the title and the main content: the article's first paragraph, set apart.

    A paragraph that the content repeats, or a line that is no sentence, is none.
    """
    if headline is None or headline.last is None or headline.last >= chosen.first:
        return []
    content = " ".join(page.runs[at].text for at in range(chosen.first, min(chosen.first + 4, chosen.last)))
    found = [
        at
        for at in range(headline.last, chosen.first)
        if cuts[at] is None and is_prose(run := page.runs[at]) and _is_sentence(run) and run.text[:40] not in content
    ]
    return found if len(found) <= _LEADS else []


def is_date_line(run: Run) -> bool:
    """Tell whether a short line holds a year and another number, or only a time, as the line under a title does."""
    text = run.text
    if len(text) > 120 or text.count(" ") > 16:
        return False
    if _CLOCK.search(text) and text.count(" ") <= 2:
        return True
    return bool(_YEAR.search(text)) and len(_DIGITS.findall(text)) >= 2


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
    paragraphs = 0
    for index in range(start, chosen.last):
        run = page.runs[index]
        cut = cuts[index]
        if (cut is None or cut.kind == "byline") and is_date_line(run):
            cuts[index] = Cut("dateline", "a date between title and text")
        elif cut is None and _is_deck(page, run, headline) and not paragraphs:
            cuts[index] = Cut("other", "a line under the title that is no sentence")
        elif cut is None and is_prose(run):
            paragraphs += 1
            if paragraphs > 1:
                break
    for index in range(start, chosen.last - 1):
        if cuts[index] is None and page.runs[index].text.count(" ") <= 1:
            beside = cuts[index + 1] or cuts[index - 1]
            same = page.runs[index].node in (page.nodes[page.runs[index + 1].node].parent, page.runs[index - 1].node)
            if beside is not None and beside.kind in ("byline", "dateline") and same:
                cuts[index] = Cut(beside.kind, f"a word beside a {beside.kind}")


def _is_deck(page: Outline, run: Run, headline: Headline | None) -> bool:
    """A heading or a stated lead between title and text, that is no sentence, repeats the title in other words."""
    holder = page.nodes[run.node]
    if headline is None or (holder.tag not in HEADINGS and holder.role != "lead"):
        return False
    return not _is_sentence(run)


def _is_sentence(run: Run) -> bool:
    return run.text.count(" ") >= _DECK_WORDS or run.text.rstrip("»”\"' ").endswith(SENTENCE_ENDS)


def _figures(page: Outline, cuts: Cuts) -> None:
    """Text in a figure is its caption; beside a ``<figcaption>`` it is the photo's credit."""
    for node in page.nodes:
        if node.tag != "figure" or next(node.element.iter("blockquote", "table", "pre"), None) is not None:
            continue
        has_caption = next(node.element.iter("figcaption"), None) is not None
        kind: RemovedKind = "source-credit" if has_caption else "caption"
        _fill(
            cuts, node.first, node.last, Cut(kind, "in a figure, beside its caption" if has_caption else "in a figure")
        )


def _labels(page: Outline, chosen: Node, cuts: Cuts) -> None:
    """Cut the heading of a box whose other lines are all cut: it names what is gone."""
    for node in page.nodes:
        if not (chosen.first <= node.first < node.last <= chosen.last) or node.last - node.first < 2 or node is chosen:
            continue
        kept = [at for at in range(node.first, node.last) if cuts[at] is None]
        cut = cuts[node.last - 1]
        if len(kept) == 1 and kept[0] == node.first and cut is not None and cut.kind in _BOXES:
            if len(page.runs[kept[0]].text) <= 80 and not is_prose(page.runs[kept[0]]):
                cuts[kept[0]] = Cut(cut.kind, f"heads a box of the kind {cut.kind}")


def _form(node: Node, runs: list[Run]) -> Cut | None:
    """A little text around fields to fill in is a form."""
    if sum(len(run.text) for run in runs) > _FORM_LENGTH or any(is_prose(run) for run in runs):
        return None
    fields = [field for field in node.element.iter("input", "textarea", "select") if field.get("type") != "hidden"]
    return Cut("widget", f"a form of {len(fields)} fields") if fields else None


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
        linked = sum(
            any(run.link_share > 0.8 and run.text.count(" ") >= 2 for run in page.runs[n.first : n.last]) for n in nodes
        )
        several = sum(n.last - n.first > 1 for n in nodes)
        if linked >= 0.8 * len(nodes) and several >= 0.5 * len(nodes):
            yield page.nodes[parent]


def _fill(cuts: Cuts, first: int, last: int, cut: Cut) -> None:
    for index in range(first, last):
        cuts[index] = cuts[index] or cut
