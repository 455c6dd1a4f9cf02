"""The rules about the article's heading: what stands around the title and down to the first running text."""

import re
from typing import Final

from pipeline.clean.captions import Caption, is_pictured, read_caption
from pipeline.clean.decision import Decision
from pipeline.clean.evidence import Evidence
from pipeline.clean.sections import is_section, stated_section
from pipeline.clean.words import phrase_list

_PAIR: Final = re.compile(r"^\w[^/:–—.«\"]{2,24}\s?(?:/|\s[-–—ـ])\s?\w[^/:–—.«\"]{2,24}[:.]?$")
"""Two names parted by a slash or dash: بغداد/ دجلة اليوم."""
_MOST_PAIR: Final = 6
CAPTION_WORDS: Final = 40
DECK_WORDS: Final = 24
"""A longer line in the article's range is no deck but its first paragraph."""
_CAPTION_LEAST: Final = 4
_NEAR: Final = 3
_LEAD_IN: Final = 6
"""Without a title the article's heading reaches so many blocks above its first sentence."""
_TAKEN_UP: Final = 12
"""Paragraphs in which a photo's label is looked for."""
BULLETS: Final = "-–—•*▪◦"


def decide_heading(decisions: list[Decision], title: int | None, anchor: int, start: int) -> None:
    """Decide about the blocks around the title and down to the article's first running text.

    Args:
        decisions: All blocks.
        title: Index of the title.
        anchor: Index of the first running text in the article.
        start: Index of the first block in the article's range.
    """
    top = title if title is not None else max(0, anchor - _LEAD_IN)
    above = (title or 0) - 1
    while above > 0 and decisions[above].evidence.is_dateline and not decisions[above].evidence.byline:
        above -= 1
    if above >= 0 and _signs_above(decisions[above]):
        decisions[above].cut("byline", "a name above the title")
    if title is not None:
        words = decisions[title].evidence.line.words
        for decision in decisions:
            if decision.evidence.line.words == words:
                decision.cut("title-repeat", "the title again")
    meta = -1
    for index in range(max(0, top - _NEAR), anchor):
        below = index > top or title is None
        if not decisions[index].is_decided and _decide_meta(decisions, index, below, anchor):
            meta = index
    for index in range(title + 2, anchor) if title is not None else ():
        if _is_label(decisions, index, anchor):
            cut_photo(decisions[index], "a few of the article's words, alone in its heading")
        elif _is_unmarked_caption(decisions, index, index < meta or index < anchor - 1):
            photo = is_pictured(decisions[index].evidence.line.words)
            if index == anchor - 1 and not photo and any(other.caption for other in decisions[title:index]):
                decisions[index].cut("other", "a deck above the article, below a photo's caption")
            cut_photo(decisions[index], "alone in the article's heading, and not by the title as a deck would be")
    if title is not None and title + 1 < anchor:
        _decide_below_title(decisions, title, anchor, meta)
    for index in range(top + 1, anchor) if title is not None else ():
        entry = decisions[index].evidence
        if entry.line.count <= _MOST_PAIR and entry.line.ends == "open" and _PAIR.match(entry.block.text):
            decisions[index].cut("byline", "a place or outlet, and who writes")
    for index in range(top, anchor):
        decision = decisions[index]
        if decision.evidence.line.count > DECK_WORDS and decision.zone == "body":
            continue
        if not decision.evidence.is_furniture and (index < meta or (title is not None and decision.zone != "body")):
            decision.cut("other", "between the title and the article")
    for index in range(start, title or 0):
        phrase = decisions[index].evidence.line.phrase
        decisions[index].cut(phrase.kind if phrase else "navigation", "above the title")


def _signs_above(decision: Decision) -> bool:
    """Whether a line above the title says who wrote the article: a name alone, with its place, or behind "by"."""
    byline = decision.evidence.byline
    return decision.evidence.is_name or (byline is not None and bool(byline.authors))


def is_photo(entry: Evidence) -> bool:
    """Whether a short line below the article's text reads like a photo's caption and speaks of the same things."""
    line = entry.line
    short = _CAPTION_LEAST <= line.count <= CAPTION_WORDS // 2 and line.ends == "open"
    return short and entry.theme > 0 and not entry.after_related and is_pictured(line.words)


def cut_photo(decision: Decision, reason: str) -> None:
    """Cut a line as a caption, all of it."""
    if not decision.is_decided:
        decision.caption = Caption(decision.evidence.block.text, "", by_mark=False)
        decision.cut("caption", reason)


def _decide_below_title(decisions: list[Decision], title: int, anchor: int, meta: int) -> None:
    """Decide about headline-like lines right below the title: captions where they read like one, else decks."""
    by_title = True
    for index in range(title + 1, anchor):
        entry = decisions[index].evidence
        short = _CAPTION_LEAST <= entry.line.count <= DECK_WORDS and entry.line.ends == "open"
        if decisions[index].is_decided or entry.is_furniture or entry.line.count < _CAPTION_LEAST:
            by_title = False
        elif not short or entry.unmarked or entry.after_colon:
            return
        elif is_pictured(entry.line.words):
            cut_photo(decisions[index], "reads like a photo's caption, in the article's heading")
        elif by_title and (index < meta or not any(_may_be_heading(other) for other in decisions[anchor + 1 :])):
            decisions[index].cut("other", "a deck below the title")


def _is_unmarked_caption(decisions: list[Decision], index: int, more_follows: bool) -> bool:
    """Whether a line of the heading is a caption that nothing marks.

    The last line above the article may be its first sub-heading too: not where the article has no other.
    """
    decision, above = decisions[index], decisions[index - 1]
    entry = decision.evidence
    return (
        not (decision.is_decided or entry.is_furniture)
        and (entry.theme > 0 or is_pictured(entry.line.words))
        and entry.line.ends == "open"
        and _CAPTION_LEAST <= entry.line.count <= CAPTION_WORDS // 2
        and (above.is_decided or above.evidence.is_furniture or above.evidence.line.count < _CAPTION_LEAST)
        and (more_follows or not any(_may_be_heading(other) for other in decisions[index + 1 :]))
    )


def _may_be_heading(decision: Decision) -> bool:
    entry = decision.evidence
    known = entry.is_furniture or entry.is_dateline or entry.after_colon or entry.is_sentence
    known = known or entry.block.text[0] in BULLETS or entry.line.ends == "sentence"
    return decision.zone == "body" and not known and entry.line.count <= CAPTION_WORDS // 2


def _is_label(decisions: list[Decision], index: int, anchor: int) -> bool:
    """Whether a line of the heading is a photo's label of two or three words (قلعة نزوى)."""
    decision = decisions[index]
    line = decision.evidence.line
    plain = not (decision.is_decided or decision.evidence.is_furniture or decision.evidence.is_name)
    return plain and 1 < line.count < _CAPTION_LEAST and line.ends == "open" and _is_taken_up(decisions, index, anchor)


def _is_taken_up(decisions: list[Decision], index: int, anchor: int) -> bool:
    """Whether the article has most words of a short line again, as it does a photo's label's and no writer's name's."""
    near = (other.evidence for other in decisions[anchor : anchor + _TAKEN_UP])
    own = decisions[index].evidence.stems
    again = own & frozenset[str]().union(*(entry.stems for entry in near if entry.is_sentence))
    return len(again) > 1 and 3 * len(again) >= 2 * len(own)


def _decide_meta(decisions: list[Decision], index: int, below: bool, anchor: int) -> bool:
    """Decide about a block by the title where it states something; return whether it marks the heading's end."""
    decision = decisions[index]
    entry = decision.evidence
    if entry.is_dateline:
        decision.cut("dateline", "a date by the title")
    elif below and entry.byline is not None:
        named = entry.byline.authors or entry.line.words[:1] not in phrase_list("datelines")
        decision.cut("byline" if named else "dateline", entry.byline.reason)
    elif is_section(entry.line.words) or stated_section(entry.block.text):
        decision.cut("navigation", "a section's name")
        return False
    elif below and (
        entry.is_name
        or (
            entry.may_be_name
            and _stands_by_title(decisions, index)
            and not (entry.line.count < _CAPTION_LEAST and _is_taken_up(decisions, index, anchor))
        )
    ):
        decision.cut("byline", "a name under the title")
    elif (
        below
        and not entry.is_furniture
        and (caption := read_caption(entry.block.text, entry.line.words, entry.line.count))
    ):
        decision.caption = caption
        decision.cut("caption", caption.reason)
    return decision.is_decided


def _stands_by_title(decisions: list[Decision], index: int) -> bool:
    """Whether a line stands where writers' names do: right under the title, or by the date."""
    around = decisions[max(0, index - 1) : index + 2]
    return any(decision.is_title or decision.evidence.is_dateline for decision in around)
