"""The rules about single blocks in the article and everywhere else. The first rule that speaks decides."""

from typing import Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.byline import is_initials
from pipeline.clean.captions import read_caption
from pipeline.clean.decision import Decision
from pipeline.clean.heading import BULLETS, CAPTION_WORDS, DECK_WORDS, cut_photo, is_photo
from pipeline.clean.words import phrase_list

_NEAR: Final = 3
_BANNERS: Final[tuple[RemovedKind, ...]] = ("donation", "subscription", "cookie", "copyright")
_LINK_WORDS: Final = 5
_HEADLINE_LEAST: Final = 6
"""Sub-headings are mostly shorter."""
_SAYS: Final = 5
_FOREIGN: Final = 0.2
"""Share of its words that another article's headline has in common with this one by chance."""
_NO_HEADLINE: Final = f"{BULLETS}\"“«'(٠١٢٣٤٥٦٧٨٩0123456789"
"""Lists, quotations and verse."""
_TAGGED: Final = 0.8
"""Share of a tag line's words that the title or article has."""
_INITIALS: Final = 9
"""Writers and editors of an agency sign with so many letters at most."""


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
    elif index == end and not entry.unmarked and decisions[index - 1].evidence.is_sentence and is_photo(entry):
        cut_photo(decision, "reads like a photo's caption, at the article's end")
    elif _is_stray_headline(decisions, index, end):
        decision.cut("related", "a headline of another article between two paragraphs")
    elif index == end and _are_tags(decisions, index):
        decision.cut("tags", "the article's words in a row below it")
    else:
        decision.keep(f"score {decision.score:.1f}, inside the article")


def _is_stray_headline(decisions: list[Decision], index: int, end: int) -> bool:
    """Whether a line between two paragraphs is the headline of another article, with hardly a word of this one."""
    entry = decisions[index].evidence
    line = entry.line
    if line.ends != "open" or entry.theme > _FOREIGN or not _HEADLINE_LEAST <= line.count <= DECK_WORDS or index >= end:
        return False
    known = entry.unmarked or entry.after_colon or line.commas or line.opener or entry.block.text[0] in _NO_HEADLINE
    around = (decisions[index - 1].evidence, decisions[index + 1].evidence) if index else ()
    long = all(other.is_sentence and other.line.ends == "sentence" for other in around)
    return bool(around) and long and not known and len(entry.stems) >= _SAYS


def _are_tags(decisions: list[Decision], index: int) -> bool:
    """Whether the last line strings together words of the article, with nothing that would make a sentence of them."""
    entry = decisions[index].evidence
    line = entry.line
    if entry.unmarked or not 3 <= line.count <= DECK_WORDS or line.ends != "open" or line.commas or line.stop_share:
        return False
    if entry.after_colon or entry.block.text[0] in BULLETS or not decisions[index - 1].evidence.is_sentence:
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
    if entry.line.ends == "sentence" or entry.line.count > CAPTION_WORDS:
        return False
    caption = read_caption(entry.block.text, entry.line.words, entry.line.count)
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
    if last is None or not (decisions[last].evidence.is_sentence or decisions[last].evidence.line.ends == "sentence"):
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
    elif index > 0 and decisions[index - 1].kept and is_photo(entry):
        cut_photo(decision, "reads like a photo's caption, right below the article")
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
