"""The article's section, from the lines around its title that state it."""

from typing import Final

from pipeline.clean.decision import Decision, Layout
from pipeline.clean.sections import is_root, is_section, labelled_section, section_by_title, stated_section
from pipeline.clean.words import folded_words, phrase_list

_CRUMBS: Final = 4
"""A home page and so few short lines above the title are a breadcrumb, more are a menu."""
_CRUMB_WORDS: Final = 3
_COUNTING: Final = ("counter", "share")
_BELOW: Final = 8
"""Lines below the article that may state it by a label."""


def find_section(layout: Layout) -> str | None:
    """Return the section that the file states for the article, or None."""
    if layout.title is None and layout.first >= len(layout.decisions):
        return None
    top = layout.title if layout.title is not None else layout.first
    for decision in layout.decisions[: layout.first]:
        if decision.kind == "navigation" and (stated := stated_section(decision.evidence.block.text)):
            return stated
    for decision in layout.decisions[layout.last + 1 : layout.last + 1 + _BELOW]:
        stated = labelled_section(decision.evidence.block.text) if decision.zone != "comments" else None
        if stated and is_section(folded_words(stated)):
            return stated
    above = top
    while above > 0 and _is_meta(layout.decisions[above - 1]):
        above -= 1
    for index in (*range(top + 1, layout.first), above - 1, above - 2, above - 3):
        if index < 0 or layout.decisions[index].kept:
            continue
        text = layout.decisions[index].evidence.block.text.strip(" :|-•/<>«»›‹")
        if (index > top or index == above - 1) and (section := section_by_title(text)):
            return section
        if "#" not in text and _names_section(layout.decisions, index, above):
            return str(text)
    return None


def _is_meta(decision: Decision) -> bool:
    """Whether a line above the title is a byline, a date, a counter or the like, between it and its section."""
    entry = decision.evidence
    return decision.kind == "byline" or entry.is_dateline or (entry.is_furniture and decision.kind in _COUNTING)


def _names_section(decisions: list[Decision], index: int, top: int) -> bool:
    """Whether the line is a section's name by the title, and not the last item of a menu above it."""
    entry = decisions[index].evidence
    line = entry.line
    home = index > 0 and decisions[index - 1].evidence.line.words in phrase_list("home")
    if home and index == top - 1 and 1 <= line.count <= _CRUMB_WORDS and not (entry.is_furniture or line.digit_share):
        return not decisions[index].kept
    if decisions[index].kept or not is_section(line.words):
        return False
    if index > top or entry.repeats > 1 or (line.has_arrows and index == top - 1):
        return True
    if index > 0 and not is_section(line.words, common=True) and _is_item(decisions[index - 1]):
        return False
    if index != top - 1:
        return (
            index == 0
            and not is_root(entry.line.words)
            and not any(_is_item(decision) for decision in decisions[1:top])
        )
    if index == 0 or not decisions[index - 1].evidence.line.words or _is_meta(decisions[index - 1]):
        return True
    start = index
    while start > 0 and index - start < _CRUMBS and decisions[start - 1].evidence.line.count <= _CRUMB_WORDS:
        start -= 1
    if decisions[start].evidence.line.words in phrase_list("home") and index - start < _CRUMBS - 1:
        return True
    before = [decision.evidence for decision in decisions[max(0, index - 2) : index]]
    if is_root(before[-1].line.words):
        return len(before) == 1 or not is_section(before[0].line.words, common=True)
    phrase = before[-1].line.phrase
    if before[-1].is_furniture and phrase is not None and phrase.kind != "navigation":
        return True
    return not any(is_section(other.line.words, common=True) for other in before)


def _is_item(decision: Decision) -> bool:
    """Whether a line may be a menu's: a few words that state nothing."""
    entry = decision.evidence
    known = entry.is_furniture and entry.line.phrase is not None and entry.line.phrase.kind != "navigation"
    return entry.line.count <= _CRUMB_WORDS and not known and not _is_meta(decision)
