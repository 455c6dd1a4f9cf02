"""Between title and text: the title's own line, dates, subtitles, and first paragraphs that stand apart."""

import re
from typing import Final

from pipeline.clean.html.cut import Cut, Cuts, fill
from pipeline.clean.html.headline import Headline, words_of
from pipeline.clean.html.outline import Node, Outline, Run
from pipeline.clean.html.prose import is_sentence
from pipeline.clean.html.tags import HEADINGS

_LEADS: Final = 2
"""More paragraphs between title and content belong to something else."""
_LABEL_WORDS: Final = 6
LABELS: Final = "a list of labels by the title"
"""The reason that cuts such a list."""
_CLOCK: Final = re.compile(r"\b\d{1,2}:\d\d\b")


def cut_head(page: Outline, chosen: Node, cuts: Cuts, headline: Headline | None) -> None:
    """Cut the title's line, what stands above it in the content, and dates and subtitles below it."""
    start = chosen.first
    if headline is not None and headline.first is not None and headline.last is not None:
        above = page.runs[chosen.first : headline.first]
        if headline.first < chosen.last and sum(run.prose for run in above) <= 1:
            fill(cuts, chosen.first, headline.first, Cut("navigation", "above the title"))
        start = min(headline.last, chosen.last)
        line = Cut("title-repeat", f"the title ({headline.source})")
        cuts[headline.first : headline.last] = [line] * (headline.last - headline.first)
        title = words_of(headline.text)
        for at in range(chosen.first, chosen.last):
            run = page.runs[at]
            if cuts[at] is None and len(run.text) <= 2 * len(headline.text) and words_of(run.text) == title:
                cuts[at] = Cut("title-repeat", "says the title again")
    _cut_below(page, start, chosen, cuts, headline)
    _cut_lists(page, start, chosen, cuts)
    for at in range(max(start, 1), chosen.last - 1):
        beside = _neighbour(page, at, cuts)
        if cuts[at] is None and beside is not None and page.runs[at].words <= 2:
            cuts[at] = Cut(beside.kind, f"a word beside a {beside.kind}")


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
        if cuts[at] is None
        and (run := page.runs[at]).prose
        and is_sentence(run.text, run.words)
        and run.text[:40] not in content
    ]
    return found if len(found) <= _LEADS else []


def goes_on(page: Outline, chosen: Node, cuts: Cuts) -> list[int]:
    """Return the runs of prose that follow the main content at once, in elements like its last paragraph's.

    Unclosed elements and layouts in parts set an article's end apart from its beginning.
    """
    if chosen.role == "content":
        return []  # it says itself where the text ends
    last = next((at for at in range(chosen.last - 1, chosen.first - 1, -1) if page.runs[at].prose), None)
    if last is None or any(cuts[at] is None for at in range(last + 1, chosen.last)):
        return []
    found: list[int] = []
    for at in range(chosen.last, len(page.runs)):
        if cuts[at] is not None:
            continue
        run = page.runs[at]
        if not run.prose or run.link_share or _kind(page, at) != _kind(page, last):
            break
        found.append(at)
    return found


def _cut_below(page: Outline, start: int, chosen: Node, cuts: Cuts, headline: Headline | None) -> None:
    paragraphs = 0
    for at in range(start, chosen.last):
        run, cut = page.runs[at], cuts[at]
        if (cut is None or cut.kind == "byline") and run.dated:
            cuts[at] = Cut("dateline", "a date between title and text")
        elif cut is None and headline is not None and not paragraphs and _is_subtitle(page, run):
            cuts[at] = Cut("other", "a line under the title that is no sentence")
        elif cut is None and at >= chosen.first and run.prose:
            paragraphs += 1
            if paragraphs > 1:
                break


def _cut_lists(page: Outline, start: int, chosen: Node, cuts: Cuts) -> None:
    """Cut lists of labels near the title (author, date, topics): short lines, a link or a date among them."""
    prose = [at for at in range(start, chosen.last) if cuts[at] is None and page.runs[at].prose]
    end = prose[_LEADS] if len(prose) > _LEADS else chosen.last
    for node in page.nodes:
        if node.tag not in ("ul", "ol", "dl") or not start <= node.first < node.last <= end:
            continue
        runs = page.runs[node.first : node.last]
        if all(run.words <= _LABEL_WORDS for run in runs) and any(run.links or run.dated for run in runs):
            fill(cuts, node.first, node.last, Cut("other", LABELS))


def _is_clock(run: Run) -> bool:
    return bool(_CLOCK.search(run.text)) and run.words <= 3


def _is_subtitle(page: Outline, run: Run) -> bool:
    """A heading or a stated lead that is no sentence says the title in other words."""
    holder = page.nodes[run.node]
    return (holder.tag in HEADINGS or holder.role == "lead") and not is_sentence(run.text, run.words)


def _neighbour(page: Outline, at: int, cuts: Cuts) -> Cut | None:
    """Return the byline or date cut that stands in the same element as a run, right after or before it."""
    node = page.runs[at].node
    for beside in (at + 1, at - 1):
        cut = cuts[beside]
        there = page.runs[beside].node
        if cut is None or cut.kind not in ("byline", "dateline"):
            continue
        parent = page.nodes[there].parent
        if node in (there, parent) or (page.nodes[node].parent == parent and _is_clock(page.runs[at])):
            return cut
    return None


def _kind(page: Outline, at: int) -> tuple[str, str | None]:
    holder = page.nodes[page.runs[at].node]
    return holder.tag, holder.element.get("class")
