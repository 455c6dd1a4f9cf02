"""Evidence → decision → reason: what each block is, and which rule or score said so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.clean.article import RemovedKind
from pipeline.clean.body import Zone, zones
from pipeline.clean.captions import Caption, read_caption
from pipeline.clean.evidence import Evidence
from pipeline.clean.headline import find_title
from pipeline.clean.score import scores
from pipeline.clean.sections import is_section, stated_section

Label = Literal["body", "title"] | RemovedKind

_CAPTION_REACH: Final = 40
_NEAR: Final = 3
_PLAIN: Final = 2.5
"""Log-odds added to every line of a file without any furniture …"""
_MIXED: Final = 6.0
"""… and to none where one line in so many is furniture."""
_LINKED: Final = 0.6


@dataclass(slots=True)
class Decision:
    """What a block is."""

    evidence: Evidence
    score: float
    """Log-odds that it is article text, from the model of its evidence."""
    zone: Zone
    label: Label | None = None
    reason: str = ""
    caption: Caption | None = None

    def set(self, label: Label, reason: str) -> None:
        """Decide, once."""
        if self.label is None:
            self.label, self.reason = label, reason


@dataclass(frozen=True, slots=True)
class Layout:
    """A file's decisions, and where its article stands."""

    decisions: list[Decision]
    title: int | None
    first: int
    """Index of the article's first block; the number of blocks where there is none."""
    last: int
    """Index of its last block; -1 where there is none."""


def decide(evidence: Sequence[Evidence], chosen: bool = False) -> Layout:
    """Decide about every block of a file.

    Args:
        evidence: All blocks in reading order.
        chosen: Whether a page's structure already chose them as the article, so that only what is known to be furniture
            goes, and the title stands elsewhere.
    """
    values = scores(evidence)
    trust = _trust(evidence)
    values = [min(6.0, value + (trust if _is_open(entry) else 0.0)) for entry, value in zip(evidence, values, strict=True)]
    if chosen:
        values = [_believed(entry, value) for entry, value in zip(evidence, values, strict=True)]
    decisions = [
        Decision(entry, score, zone)
        for entry, score, zone in zip(evidence, values, zones(evidence, values), strict=True)
    ]
    inside = [index for index, decision in enumerate(decisions) if decision.zone == "body"]
    if not inside:
        _outside(decisions)
        return Layout(decisions, None, len(decisions), -1)
    anchor = next((index for index in inside if evidence[index].is_sentence), inside[0])
    found = None if chosen else find_title(evidence, anchor)
    title = None
    if found is not None:
        title = found[0]
        decisions[title].set("title", f"headline above the article (score {found[1]:.1f})")
    _heading(decisions, title, anchor, inside[0])
    for index in inside:
        _inside(decisions, index, inside[0], inside[-1])
    _outside(decisions)
    body = [index for index, decision in enumerate(decisions) if decision.label == "body"]
    return Layout(decisions, title, body[0] if body else len(decisions), body[-1] if body else -1)


def _trust(evidence: Sequence[Evidence]) -> float:
    """Log-odds that any line of the file is the article's: high where nothing shows that the file holds a whole page."""
    furniture = sum(not _is_open(entry) for entry in evidence)
    return _PLAIN * max(0.0, 1 - furniture / len(evidence) * _MIXED) if evidence else 0.0


def _is_open(entry: Evidence) -> bool:
    """Whether nothing is known against the block."""
    return not (entry.is_furniture or entry.is_dateline or entry.after_comments or entry.after_related or entry.line.is_link)


def _believed(entry: Evidence, score: float) -> float:
    """The score of a block that structure chose: it stays unless something is known against it."""
    known = entry.is_furniture or entry.is_dateline or entry.after_comments or entry.byline or entry.block.link_share > _LINKED
    return score if known else max(score, 1.0)


def _heading(decisions: list[Decision], title: int | None, anchor: int, start: int) -> None:
    """Decide about the lines around the title and down to the first running text."""
    top = title if title is not None else max(0, anchor - _NEAR * 2)
    words = decisions[title].evidence.line.words if title is not None else None
    if words:
        for decision in decisions:
            line = decision.evidence.line
            if line.words == words and line.count == len(words):
                decision.set("title-repeat", "the title again")
    meta = -1
    for index in range(max(0, top - _NEAR), anchor):
        decision = decisions[index]
        entry = decision.evidence
        if decision.label is not None:
            continue
        if entry.is_dateline:
            decision.set("dateline", "a date by the title")
        elif (index > top or title is None) and (entry.byline is not None or entry.is_name or (entry.may_be_name and _between_meta(decisions, index))):
            decision.set("byline", entry.byline.reason if entry.byline and entry.byline.reason else "a name under the title")
        elif is_section(entry.line.words) or stated_section(entry.block.text):
            decision.set("navigation", "a section's name")
            continue
        elif entry.is_furniture or index < top:
            continue
        elif caption := read_caption(entry.block.text, entry.line.count):
            decision.caption = caption
            decision.set("caption", caption.reason)
        else:
            continue
        meta = max(meta, index)
    for index in range(top if title is None else top + 1, anchor):
        decision = decisions[index]
        if decision.label is None and not decision.evidence.is_furniture and title is not None and (
            index < meta or decision.zone != "body"
        ):
            decision.set("other", "between the title and the article")
        elif decision.label is None and index < meta and decision.zone == "body":
            decision.set("other", "above the article's byline")
    if title is not None:
        for index in range(start, title):
            decisions[index].set(decisions[index].evidence.line.phrase.kind if decisions[index].evidence.is_furniture and decisions[index].evidence.line.phrase else "navigation", "above the title")


def _between_meta(decisions: list[Decision], index: int) -> bool:
    """Whether a line stands where writers' names do: right under the title or by the date."""
    around = decisions[max(0, index - 1) : index + 2]
    return any(decision.label == "title" or decision.evidence.is_dateline for decision in around)


def _inside(decisions: list[Decision], index: int, start: int, end: int) -> None:
    """Decide about a block in the article's range: it stays unless a rule knows better."""
    decision = decisions[index]
    entry = decision.evidence
    if decision.label is not None:
        return
    phrase = entry.line.phrase
    if phrase is not None and entry.is_furniture and (decision.score < 0 or not entry.is_sentence):
        decision.set(phrase.kind, f"phrase: {phrase.text}")
    elif not entry.line.words:
        decision.set("widget", "no word in it")
    elif entry.after_related and entry.line.ends != "sentence" and not entry.is_sentence:
        decision.set("related", "below a heading of links")
    elif entry.line.is_link:
        decision.set("byline" if "@" in entry.block.text else "share", "an address")
    elif entry.is_dateline and not entry.after_colon:
        decision.set("dateline", "a date on a line of its own")
    elif entry.line.ends != "sentence" and entry.line.count <= _CAPTION_REACH and (
        caption := read_caption(entry.block.text, entry.line.count)
    ) and (caption.by_mark or index < end):
        decision.caption = caption
        decision.set("caption", caption.reason)
    elif entry.byline is not None and entry.byline.reason.startswith("byline") and not entry.after_colon:
        decision.set("byline", entry.byline.reason)
    elif entry.is_name and index == end and decisions[index - 1].evidence.is_sentence:
        decision.set("byline", "a name below the article")
    else:
        decision.set("body", f"score {decision.score:.1f}, inside the article")


def _is_signature(decision: Decision) -> bool:
    byline = decision.evidence.byline
    return byline is not None and bool(byline.authors)


def _outside(decisions: list[Decision]) -> None:
    """Name the kind of every block that is left: by its own phrase, or by what stands around it."""
    for decision in decisions:
        entry = decision.evidence
        phrase = entry.line.phrase
        if decision.label is not None:
            continue
        if phrase is not None and phrase.role != "hint":
            decision.set(phrase.kind, f"phrase: {phrase.text}")
        elif not entry.line.words:
            decision.set("widget", "no word in it")
        elif decision.zone == "comments":
            decision.set("comments", "in the comment section")
    last = max((index for index, decision in enumerate(decisions) if decision.label == "body"), default=-1)
    below = [decision for decision in decisions[last + 1 : last + 3] if decision.evidence.is_name or _is_signature(decision)]
    if last >= 0 and len(below) == 1 and decisions[last].evidence.is_sentence:
        below[0].set("byline", "a name below the article")
    known: RemovedKind | None = None
    distance = 0
    for index, decision in enumerate(decisions):
        if decision.label is not None:
            if decision.label not in ("body", "title", "widget"):
                known, distance = decision.label, 0
            elif decision.label in ("body", "title"):
                known = None
            continue
        distance += 1
        entry = decision.evidence
        if entry.line.phrase is not None:
            decision.set(entry.line.phrase.kind, f"phrase: {entry.line.phrase.text}, outside the article")
            continue
        reason = f"score {decision.score:.1f}, outside the article"
        ahead = next((other.label for other in decisions[index + 1 : index + 4] if other.label and other.label != "widget"), None)
        if entry.after_related:
            decision.set("related", f"{reason}, below a heading of links")
        elif ahead in ("donation", "subscription", "cookie", "copyright") and entry.line.count >= 4:
            decision.set(ahead, f"{reason}, with a banner")
        elif known in ("donation", "subscription", "cookie", "tags") and distance <= _NEAR:
            decision.set(known, f"{reason}, with a banner")
        elif entry.is_dateline:
            decision.set("dateline", f"{reason}, a date")
        elif entry.line.count >= 5 and decision.zone != "head":
            decision.set("related", f"{reason}, reads like a link")
        else:
            decision.set("navigation", reason)
