"""The title: the line before the article that reads like a headline and speaks of the same things."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.clean.boundary import sentence_word
from pipeline.clean.captions import read_caption
from pipeline.clean.evidence import Evidence
from pipeline.clean.line import opener as line_opener
from pipeline.clean.sections import is_section
from pipeline.clean.words import word_list

_REACH: Final = 40
"""A title stands at most so many lines above the first sentence, or at the file's beginning."""
_TOP: Final = 3
_MOST_WORDS: Final = 45
_LONG: Final = 15
_TELLING: Final = 4
"""Shorter lines are names, sections, labels."""
_PARTS: Final = re.compile(r"\s[-–—|/•·]\s")
_MORE: Final = 10
"""Words that a breadcrumb or a site's name adds to the title."""
_NEAR: Final = 8
_FAR: Final = 0.08
"""Each line by which a title stands farther above the article costs so much."""
_PAIR: Final = re.compile(r"\s[-–—|/]\s")
"""What parts a place from an agency or an outlet."""
_SLOGAN: Final = 3.0
_LEAST_TITLE: Final = 5
"""Words of a line above a deck; a shorter one is a kicker."""
_DECK_AHEAD: Final = 1.2
"""A deck scores at most so much more than its title."""
_KICKED: Final = 16
_MOST_LONELY: Final = 20
_ENOUGH: Final = 1.7
_HEADING: Final = 0.5
"""What a line gains that has a date and a byline right below it, as headings do."""
_PART_OF_TITLE: Final = 2.5
"""A label of a few words that a longer line above the article has too is a photo's or a section's."""
_LEAD: Final = 12


def find_title(evidence: Sequence[Evidence], first: int) -> tuple[int, float] | None:
    """Return the index of the title and its score, or None where no line deserves it.

    Args:
        evidence: All blocks.
        first: Index of the article's first running text.
    """
    if first == 0:
        return None
    below = [entry for entry in evidence[first : first + _LEAD] if entry.is_sentence and not entry.is_furniture]
    lead = frozenset[str]().union(*(entry.stems for entry in below or evidence[first : first + 1]))
    best: tuple[float, int] | None = None
    for index in {*range(min(_TOP, first)), *range(max(0, first - _REACH), first)}:
        score = _score(evidence, index, first, lead)
        if score is not None and score >= _ENOUGH and (best is None or (score, -index) > (best[0], -best[1])):
            best = (score, index)
    if best is None:
        return _lonely(evidence, first)
    kicker = _below_kicker(evidence, first, lead, best[1])
    return kicker if kicker is not None else _above_deck(evidence, first, lead, best[1], best[0])


def _below_kicker(
    evidence: Sequence[Evidence], first: int, lead: frozenset[str], index: int
) -> tuple[int, float] | None:
    """Return the line below the best one as the title, where the best one is a short kicker ("بعد توقف 3 أيام")."""
    entry, below = evidence[index], index + 1
    if below >= first or entry.line.count > _LEAST_TITLE or entry.repeats > 1 or not entry.line.words:
        return None
    title = evidence[below]
    longer = _LEAST_TITLE < title.line.count <= _KICKED and title.line.count >= entry.line.count + 2
    if not longer or title.line.ends == "sentence" or entry.line.words[0] not in word_list("opens kickers"):
        return None
    score = _score(evidence, below, first, lead)
    return (below, score) if score is not None and _is_plain(title) else None


def _above_deck(
    evidence: Sequence[Evidence], first: int, lead: frozenset[str], index: int, score: float
) -> tuple[int, float]:
    """Return the title: the line just above the best one where the best one is its deck.

    A deck takes up the article's words, often more of them than the title does. A short line above is a kicker.
    """
    above = index - 1
    if above < 0 or evidence[index].repeats > 1 or evidence[above].line.count < _LEAST_TITLE:
        return index, score
    entry = evidence[above]
    own = _score(evidence, above, first, lead)
    over = evidence[above - 1] if above > 0 else None
    alone = over is None or not _is_plain(over) or is_section(over.line.words) or over.line.count <= _TELLING
    crumbs = entry.line.has_arrows or entry.is_furniture or entry.after_related
    if own is None or own < score - _DECK_AHEAD or not alone or crumbs:
        return index, score
    headed = entry.line.ends in ("open", "ellipsis") or entry.repeats > 1 or _asks(entry)
    return (above, own) if headed else (index, score)


def _lonely(evidence: Sequence[Evidence], first: int) -> tuple[int, float] | None:
    """Return the one line that can be the title although it shares no words with the article.

    It stands right by a date or byline, or right above the article and below furniture or at the file's top.
    """
    found = []
    for index in range(max(0, first - _NEAR), first):
        entry = evidence[index]
        if _score(evidence, index, first, frozenset()) is None or not _is_plain(entry):
            continue
        if entry.after_related and not evidence[index - 1].is_furniture:
            continue
        if not _TELLING <= entry.line.count <= _MOST_LONELY or entry.line.ends in ("colon", "sentence"):
            continue
        if _opens_prose(entry.line.words) and entry.line.count >= _LONG:
            continue
        around = (evidence[other] for other in (index - 1, index + 1) if 0 <= other < first)
        if any(_leads(other) or _is_caption(other) for other in around) or index == first - 1:
            found.append(index)
    return (found[0], 0.0) if found and not _in_list(evidence, found[0]) else None


def _is_caption(entry: Evidence) -> bool:
    return entry.line.phrase is not None and entry.line.phrase.kind == "caption"


def _asks(entry: Evidence) -> bool:
    return entry.block.text.endswith(("؟", "!", "?"))


def _score(evidence: Sequence[Evidence], index: int, first: int, lead: frozenset[str]) -> float | None:
    entry = evidence[index]
    line = entry.line
    if (
        not 2 <= line.count <= _MOST_WORDS
        or entry.is_dateline
        or line.is_link
        or len(_PARTS.findall(entry.block.text)) > 2
    ):
        return None
    if entry.block.text.endswith(("،", ",", "؛")):
        return None
    if entry.is_furniture and (
        line.phrase is None or line.phrase.match == "exact" or line.phrase.role == "section" or line.count < _TELLING
    ):
        return None
    if (entry.byline and entry.byline.authors) or entry.is_name or entry.after_comments or is_section(line.words):
        return None
    if read_caption(entry.block.text, line.count):
        return None
    own = entry.stems
    overlap = len(own & lead) / len(own) if own else 0.0
    plain = sum(_is_plain(other) and other.line.words != line.words for other in evidence[index + 1 : first])
    above = [other for other in evidence[max(0, index - 6) : index] if other.line.words != line.words]
    score = 3 * overlap - 0.1 * min(plain, 3) - 0.4 * max(0, plain - 3) - _FAR * max(0, first - index - _NEAR)
    score -= 1.5 * entry.is_furniture + 1.0 * (overlap == 0)
    score -= 1.0 * (index < _TOP and overlap == 0 and not word_list("outlet kinds").isdisjoint(line.words))
    score += 2.5 * (line.count >= _TELLING and (entry.repeats > 1 or _inside_another(evidence, index, first)))
    score -= 2.5 * (_PAIR.search(entry.block.text) is not None and _holds_another(evidence, index, first))
    score -= 3.0 * (line.count >= _LONG and _opens_prose(line.words))
    score += 1.0 * (5 <= line.count <= 25) - 1.0 * (line.count < 3)
    score += 0.7 * (index == 0 and overlap > 0) + 1.2 * (index == 0 and first == 1)
    below = [other for other in evidence[index + 1 : index + 5] if not other.is_furniture]
    score += 1.5 * any(_leads(other) for other in below)
    score += _HEADING * (index + 2 < first and _leads(evidence[index + 1]) and _leads(evidence[index + 2]))
    score -= 1.2 * (not word_list("pictured").isdisjoint(line.words))
    score -= 2.0 * _below_date(above, lead) * (entry.repeats == 1) + 1.5 * (
        line.count <= 6 and bool(_PAIR.search(entry.block.text))
    )
    score += 0.8 * (not above or not _is_plain(above[-1]) or is_section(above[-1].line.words))
    score -= 1.5 * (line.ends == "sentence" and not _asks(entry)) + 1.0 * (line.ends == "colon")
    score -= _SLOGAN * (1 - overlap) * _is_slogan(entry)
    score -= 0.7 * entry.after_related + 0.5 * line.has_arrows
    score -= 0.8 * (_in_list(evidence, index) and overlap < 0.5)
    if line.count < _TELLING and score >= _ENOUGH and _inside_another(evidence, index, first):
        score -= _PART_OF_TITLE
    return score


def _holds_another(evidence: Sequence[Evidence], index: int, first: int) -> bool:
    """Whether a line is the path to another above the article: عام / title / first addition."""
    own = f" {' '.join(evidence[index].line.words)} "
    near = evidence[max(0, first - _REACH) : first]
    return any(
        _TELLING <= other.line.count < evidence[index].line.count and f" {' '.join(other.line.words)} " in own
        for other in near
    )


def _inside_another(evidence: Sequence[Evidence], index: int, first: int) -> bool:
    """Whether a longer line above the article holds the line: a breadcrumb, the window's title with the site's name."""
    own = f" {' '.join(evidence[index].line.words)} "
    size = evidence[index].line.count
    near = (*range(min(_TOP, first)), *range(max(0, first - _REACH), first))
    return any(
        size < evidence[other].line.count <= size + _MORE and own in f" {' '.join(evidence[other].line.words)} "
        for other in near
    )


def _opens_prose(words: Sequence[str]) -> bool:
    """Whether a line begins as a sentence of prose does; a headline of such a length rarely does."""
    return line_opener(words) >= 1.5 or sentence_word(words[0]) >= 1.5


def _below_date(above: Sequence[Evidence], lead: frozenset[str]) -> bool:
    """Whether a date or byline stands just above, and over it a line that may be the title."""
    leads = [index for index, other in enumerate(above) if _leads(other)]
    return bool(leads) and any(
        _is_plain(other) and other.line.count >= _TELLING and not lead.isdisjoint(other.stems)
        for other in above[: leads[-1]]
    )


def _is_plain(entry: Evidence) -> bool:
    """Whether nothing says what the line is, so that it may be a headline, a kicker, a deck, a menu item."""
    return not (entry.is_furniture or _is_slogan(entry) or _leads(entry) or entry.line.count <= 2)


def _is_slogan(entry: Evidence) -> bool:
    """Whether very many files of the source have the line; a headline may recur too, but only in lists of links."""
    return entry.share is not None and entry.share.is_strong


def _leads(entry: Evidence) -> bool:
    return entry.is_dateline or entry.byline is not None or entry.is_name


def _in_list(evidence: Sequence[Evidence], index: int) -> bool:
    """Whether lines of the same kind stand on both sides: a menu, a list of headlines."""
    around = evidence[max(0, index - 2) : index]
    count = evidence[index].line.count
    return len(around) == 2 and all(
        _is_plain(other) and other.line.ends == "open" and abs(other.line.count - count) <= max(2, count // 2)
        for other in around
    )
