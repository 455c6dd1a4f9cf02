"""The rules about single blocks: above the article, in it, and everywhere else. The first rule that speaks decides."""

import re
from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.byline import is_initials
from pipeline.clean.captions import Caption, is_pictured, read_caption
from pipeline.clean.decision import Decision
from pipeline.clean.evidence import Evidence
from pipeline.clean.sections import is_section, stated_section
from pipeline.clean.words import phrase_list

_PAIR: Final = re.compile(r"^\w[^/:–—.«\"]{2,24}\s?(?:/|\s[-–—ـ])\s?\w[^/:–—.«\"]{2,24}[:.]?$")
"""Two names parted by a slash or dash: بغداد/ دجلة اليوم."""
_MOST_PAIR: Final = 6
_CAPTION_WORDS: Final = 40
_DECK_WORDS: Final = 24
"""A longer line in the article's range is no deck but its first paragraph."""
_CAPTION_LEAST: Final = 4
_NEAR: Final = 3
_LEAD_IN: Final = 6
"""Without a title the article's heading reaches so many blocks above its first sentence."""
_BANNERS: Final[tuple[RemovedKind, ...]] = ("donation", "subscription", "cookie", "copyright")
_LINK_WORDS: Final = 5
_TAGGED: Final = 0.8
"""Share of a tag line's words that the title or article has."""
_BULLETS: Final = "-–—•*▪◦"
_INITIALS: Final = 9
"""Writers and editors of an agency sign with so many letters at most."""


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
        if not decisions[index].is_decided and _decide_meta(decisions, index, below):
            meta = index
    for index in range(title + 2, anchor) if title is not None else ():
        if _is_unmarked_caption(decisions, index, index < meta or index < anchor - 1):
            photo = is_pictured(decisions[index].evidence.line.words)
            if index == anchor - 1 and not photo and any(other.caption for other in decisions[title:index]):
                decisions[index].cut("other", "a deck above the article, below a photo's caption")
            _caption(decisions[index], "alone in the article's heading, and not by the title as a deck would be")
    if title is not None and title + 1 < anchor:
        _decide_below_title(decisions, title, anchor, meta)
    for index in range(top + 1, anchor) if title is not None else ():
        entry = decisions[index].evidence
        if entry.line.count <= _MOST_PAIR and entry.line.ends == "open" and _PAIR.match(entry.block.text):
            decisions[index].cut("byline", "a place or outlet, and who writes")
    for index in range(top, anchor):
        decision = decisions[index]
        if decision.evidence.line.count > _DECK_WORDS and decision.zone == "body":
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


def _is_photo_below(entry: Evidence) -> bool:
    line = entry.line
    short = _CAPTION_LEAST <= line.count <= _CAPTION_WORDS // 2 and line.ends == "open"
    return short and entry.theme > 0 and not entry.after_related and is_pictured(line.words)


def _caption(decision: Decision, reason: str) -> None:
    """Cut a line as a caption, all of it."""
    if not decision.is_decided:
        decision.caption = Caption(decision.evidence.block.text, "", by_mark=False)
        decision.cut("caption", reason)


def _decide_below_title(decisions: list[Decision], title: int, anchor: int, meta: int) -> None:
    """Decide about headline-like lines right below the title: captions where they read like one, else decks."""
    by_title = True
    for index in range(title + 1, anchor):
        entry = decisions[index].evidence
        short = _CAPTION_LEAST <= entry.line.count <= _DECK_WORDS and entry.line.ends == "open"
        if decisions[index].is_decided or entry.is_furniture:
            by_title = False
        elif not short or entry.unmarked or entry.after_colon:
            return
        elif is_pictured(entry.line.words):
            _caption(decisions[index], "reads like a photo's caption, in the article's heading")
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
        and _CAPTION_LEAST <= entry.line.count <= _CAPTION_WORDS // 2
        and (above.is_decided or above.evidence.is_furniture or above.evidence.line.count < _CAPTION_LEAST)
        and (more_follows or not any(_may_be_heading(other) for other in decisions[index + 1 :]))
    )


def _may_be_heading(decision: Decision) -> bool:
    entry = decision.evidence
    known = entry.is_furniture or entry.is_dateline or entry.after_colon or entry.is_sentence
    known = known or entry.block.text[0] in _BULLETS or entry.line.ends == "sentence"
    return decision.zone == "body" and not known and entry.line.count <= _CAPTION_WORDS // 2


def _decide_meta(decisions: list[Decision], index: int, below: bool) -> bool:
    """Decide about a block by the title where it states something; return whether it marks the heading's end."""
    decision = decisions[index]
    entry = decision.evidence
    if entry.is_dateline:
        decision.cut("dateline", "a date by the title")
    elif below and entry.byline is not None:
        decision.cut("byline", entry.byline.reason)
    elif is_section(entry.line.words) or stated_section(entry.block.text):
        decision.cut("navigation", "a section's name")
        return False
    elif below and (entry.is_name or (entry.may_be_name and _stands_by_title(decisions, index))):
        decision.cut("byline", "a name under the title")
    elif below and not entry.is_furniture and (caption := read_caption(entry.block.text, entry.line.count)):
        decision.caption = caption
        decision.cut("caption", caption.reason)
    return decision.is_decided


def _stands_by_title(decisions: list[Decision], index: int) -> bool:
    """Whether a line stands where writers' names do: right under the title, or by the date."""
    around = decisions[max(0, index - 1) : index + 2]
    return any(decision.is_title or decision.evidence.is_dateline for decision in around)


def decide_inside(decisions: list[Decision], index: int, end: int) -> None:
    """Decide about a block in the article's range: it stays unless a rule knows better."""
    decision = decisions[index]
    entry = decision.evidence
    line = entry.line
    if decision.is_decided:
        return
    if line.phrase is not None and entry.is_furniture and (decision.score < 0 or not entry.is_sentence):
        decision.cut(line.phrase.kind, f"phrase: {line.phrase.text}")
    elif not line.words:
        decision.cut("widget", "no word in it")
    elif entry.after_related and not entry.is_sentence:
        decision.cut("related", "below a heading of links")
    elif entry.block.text.endswith("؟") and _is_answer(decisions[index + 1 : index + 2]):
        decision.cut("widget", "a poll's question")
    elif line.count <= _INITIALS and is_initials(entry.block.text):
        decision.cut("byline", "initials")
    elif line.is_link:
        decision.cut("byline" if "@" in entry.block.text else "share", "an address")
    elif entry.is_dateline and not entry.after_colon:
        decision.cut("dateline", "a date on a line of its own")
    elif _is_caption(decision, index < end):
        decision.cut("caption", decision.caption.reason if decision.caption else "")
    elif entry.byline is not None and entry.byline.reason.startswith("byline") and not entry.after_colon:
        decision.cut("byline", entry.byline.reason)
    elif entry.is_name and index == end and decisions[index - 1].evidence.is_sentence:
        decision.cut("byline", "a name below the article")
    elif index == end and not entry.unmarked and decisions[index - 1].evidence.is_sentence and _is_photo_below(entry):
        _caption(decision, "reads like a photo's caption, at the article's end")
    elif index == end and _are_tags(decisions, index):
        decision.cut("tags", "the article's words in a row below it")
    else:
        decision.keep(f"score {decision.score:.1f}, inside the article")


def _are_tags(decisions: list[Decision], index: int) -> bool:
    """Whether the last line strings together words of the article, with nothing that would make a sentence of them."""
    entry = decisions[index].evidence
    line = entry.line
    if entry.unmarked or not 3 <= line.count <= _DECK_WORDS or line.ends != "open" or line.commas or line.stop_share:
        return False
    if entry.after_colon or entry.block.text[0] in _BULLETS or not decisions[index - 1].evidence.is_sentence:
        return False
    above = frozenset[str]().union(
        *(decision.evidence.stems for decision in decisions[:index] if decision.evidence.is_sentence)
    )
    title = frozenset[str]().union(*(decision.evidence.stems for decision in decisions[:index] if decision.is_title))
    return bool(title) and len(entry.stems) >= 3 and len(entry.stems & (above | title)) >= _TAGGED * len(entry.stems)


def _is_answer(following: list[Decision]) -> bool:
    return any(decision.evidence.line.words in phrase_list("poll answers") for decision in following)


def _is_caption(decision: Decision, more_follows: bool) -> bool:
    entry = decision.evidence
    if entry.line.ends == "sentence" or entry.line.count > _CAPTION_WORDS:
        return False
    caption = read_caption(entry.block.text, entry.line.count)
    if caption is None or not (caption.by_mark or more_follows):
        return False
    decision.caption = caption
    return True


def decide_outside(decisions: list[Decision]) -> None:
    """Name the kind of every block that is left: by its own phrase, or by what stands around it."""
    for decision in decisions:
        phrase = decision.evidence.line.phrase
        if phrase is not None and phrase.role != "hint":
            decision.cut(phrase.kind, f"phrase: {phrase.text}")
        elif not decision.evidence.line.words:
            decision.cut("widget", "no word in it")
        elif decision.zone == "comments":
            decision.cut("comments", "in the comment section")
        elif decision.zone == "tail" and _is_signed(decision):
            decision.cut("byline", decision.evidence.byline.reason if decision.evidence.byline else "")
    _decide_signature(decisions)
    known: RemovedKind | None = None
    distance = 0
    for index, decision in enumerate(decisions):
        if not decision.is_decided:
            distance += 1
            _decide_by_neighbours(decisions, index, known if distance <= _NEAR else None)
        elif decision.kind is None:
            known = None
        elif decision.kind != "widget":
            known, distance = decision.kind, 0


def _is_signed(decision: Decision) -> bool:
    """Whether a line below the article has a word for writing before its writers ("إعداد: …")."""
    byline = decision.evidence.byline
    return byline is not None and bool(byline.authors) and byline.reason.startswith("byline")


def _decide_signature(decisions: list[Decision]) -> None:
    """Take one name right below the article for its writer's; several are something else."""
    last = max((index for index, decision in enumerate(decisions) if decision.kept), default=None)
    if last is None or not decisions[last].evidence.is_sentence:
        return
    below = decisions[last + 1 : last + _NEAR]
    names = [decision for decision in below if _names_someone(decision)]
    if len(names) == 1 and not any(decision.evidence.may_be_name for decision in below if decision is not names[0]):
        names[0].cut("byline", "a name below the article")


def _names_someone(decision: Decision) -> bool:
    entry = decision.evidence
    return entry.is_name or (entry.byline is not None and bool(entry.byline.authors))


def _decide_by_neighbours(decisions: list[Decision], index: int, known: RemovedKind | None) -> None:
    """Name the kind of a block that says nothing of itself, from the furniture just above (``known``) and below it."""
    decision = decisions[index]
    entry = decision.evidence
    share = entry.share
    if decision.zone != "head" and entry.line.count <= _INITIALS and is_initials(entry.block.text):
        decision.cut("byline", "initials")
    reason = share.reason if share else f"score {decision.score:.1f}, outside the article"
    ahead = (other.kind for other in decisions[index + 1 : index + 1 + _NEAR] if other.kind not in (None, "widget"))
    banner = next(ahead, None)
    if entry.line.phrase is not None:
        decision.cut(entry.line.phrase.kind, f"phrase: {entry.line.phrase.text}, outside the article")
    elif index > 0 and decisions[index - 1].kept and _is_photo_below(entry):
        _caption(decision, "reads like a photo's caption, right below the article")
    elif entry.after_related:
        decision.cut("related", f"{reason}, below a heading of links")
    elif banner in _BANNERS and entry.line.count > _NEAR:
        decision.cut(banner, f"{reason}, with a banner")
    elif known is not None and known in (*_BANNERS, "tags"):
        decision.cut(known, f"{reason}, with a banner")
    elif entry.is_dateline:
        decision.cut("dateline", f"{reason}, a date")
    elif share is not None and (entry.is_sentence or entry.line.count >= _LINK_WORDS):
        decision.cut("other", reason)
    elif entry.line.count >= _LINK_WORDS and decision.zone != "head":
        decision.cut("related", f"{reason}, reads like a link")
    else:
        decision.cut("navigation", reason)
