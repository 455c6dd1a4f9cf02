"""Evidence → decision → reason: find the article, then let the rules speak about every block."""

from collections.abc import Sequence
from typing import Final

from pipeline.clean.body import Zone, zones
from pipeline.clean.captions import read_caption
from pipeline.clean.decision import Decision, Layout
from pipeline.clean.evidence import Evidence
from pipeline.clean.heading import decide_heading
from pipeline.clean.headline import find_title
from pipeline.clean.rules import decide_inside, decide_outside
from pipeline.clean.score import scores
from pipeline.clean.words import word_list
from pipeline.in_step import Steps

_PLAIN: Final = 2.5
"""Log-odds added to every line of a file without any furniture …"""
_MIXED: Final = 6.0
"""… and to none where one line in so many is furniture."""
_ITEM: Final = -0.1
_OPENS_LIST: Final = 0.5
_LABEL: Final = 2
"""So many words and a colon are a label (الاسم:), no sentence that opens a list."""
_MENU: Final = 4
"""So many short lines in a row are a menu, or verse that what stands around it will tell from one."""
_LINKED: Final = 0.6
"""Share of links from which a block that structure chose has to prove itself."""
_CAPTION_WORDS: Final = 22
_CHOSEN: Final = 1.0
_MOST: Final = 6.0
_SHARED: Final = -0.5
"""At most the score of a line that files of its source share: enough to go at the article's edge, not inside it …"""
_SHARED_WIDELY: Final = -4.0
"""… and of one that very many share: it goes even from between two paragraphs."""


def decide(evidence: Sequence[Evidence], chosen: bool = False, titled: bool = False) -> Steps[Layout]:
    """Decide about every block of a file.

    Args:
        evidence: All blocks in reading order.
        chosen: Whether a page's structure already chose them as the article, so that only what is known to be furniture
            goes.
        titled: Whether the page states the title elsewhere.
    """
    if not evidence:
        return Layout([], None, 0, -1)
    values = _values(evidence, chosen)
    yield
    places = zones(evidence, values)
    if chosen:
        places = ["body" if _is_trusted(entry, zone) else zone for entry, zone in zip(evidence, places, strict=True)]
    decisions = [Decision(entry, score, zone) for entry, score, zone in zip(evidence, values, places, strict=True)]
    yield
    inside = [index for index, decision in enumerate(decisions) if decision.zone == "body"]
    title = None
    if inside:
        anchor = next((index for index in inside if _opens_article(evidence, index)), inside[0])
        found = None if titled else find_title(evidence, anchor)
        if found is not None:
            title = found[0]
            decisions[title].entitle(f"headline above the article (score {found[1]:.1f})")
        yield
        decide_heading(decisions, title, anchor, inside[0])
        yield
        for index in inside:
            decide_inside(decisions, index, inside[-1])
    yield
    decide_outside(decisions)
    kept = [index for index, decision in enumerate(decisions) if decision.kept]
    return Layout(decisions, title, kept[0] if kept else len(decisions), kept[-1] if kept else -1)


def _opens_article(evidence: Sequence[Evidence], index: int) -> bool:
    """Whether a block is running text, and not a photo's caption that ends in its credit."""
    entry = evidence[index]
    if not entry.is_sentence:
        return False
    short = entry.line.count <= _CAPTION_WORDS and any(other.is_sentence for other in evidence[index + 1 : index + 3])
    return not (short and read_caption(entry.block.text, entry.line.words, entry.line.count))


def _is_trusted(entry: Evidence, zone: Zone) -> bool:
    """Whether a block that structure chose stays in the article's range; not comments, lists of links, shared lines."""
    listed = entry.after_related or entry.block.link_share > _LINKED
    return zone != "comments" and not listed and entry.doubt is None


def _values(evidence: Sequence[Evidence], chosen: bool) -> list[float]:
    """Return the score of each block, with what the file as a whole says."""
    values = _with_lists(evidence, scores(evidence))
    if chosen:
        return [_doubted(entry, _believed(entry, value)) for entry, value in zip(evidence, values, strict=True)]
    open_ = [_is_open(entry) for entry in evidence]
    trust = _PLAIN * max(0.0, 1 - open_.count(False) / len(open_) * _MIXED)
    last = max((index for index, entry in enumerate(evidence) if entry.is_sentence), default=-1)
    reach = len(evidence) if evidence[0].unmarked or last < 0 else last + 1
    return [
        _doubted(entry, min(_MOST, value + trust * (free and index < reach)))
        for index, (entry, value, free) in enumerate(zip(evidence, values, open_, strict=True))
    ]


def _with_lists(evidence: Sequence[Evidence], values: list[float]) -> list[float]:
    """Hold a list together with the sentence that opens it by a colon: its items read like a menu's, but are none."""
    for index, entry in enumerate(evidence):
        if entry.is_furniture or entry.is_dateline:
            continue
        if entry.after_colon:
            values[index] = max(values[index], _ITEM)
        elif _opens_list(entry) and index > 0 and evidence[index - 1].is_sentence:
            values[index] = max(values[index], _OPENS_LIST)
    return values


def _opens_list(entry: Evidence) -> bool:
    line = entry.line
    return line.ends == "colon" and line.count > _LABEL and word_list("reader").isdisjoint(line.words)


def _is_open(entry: Evidence) -> bool:
    """Whether nothing is known against the block."""
    known = entry.is_furniture or entry.is_dateline or entry.line.is_link
    listed = entry.short_run >= _MENU and not entry.after_colon
    return not (known or listed or entry.after_comments or entry.after_related)


def _believed(entry: Evidence, score: float) -> float:
    """The score of a block that structure chose: it stays unless something is known against it."""
    known = entry.is_furniture or entry.is_dateline or entry.byline is not None
    return score if known or entry.after_comments or entry.block.link_share > _LINKED else max(score, _CHOSEN)


def _doubted(entry: Evidence, score: float) -> float:
    """The score of a block, with what other files of its source say against it."""
    doubt = entry.doubt
    return score if doubt is None else min(score, _SHARED_WIDELY if doubt.is_strong else _SHARED)
