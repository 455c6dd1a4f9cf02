"""The title: the line before the article that reads like a headline and speaks of the same things."""

from collections.abc import Sequence
from typing import Final

from pipeline.clean.evidence import Evidence
from pipeline.clean.sections import is_section
from pipeline.clean.title_score import (
    ENOUGH,
    LONG,
    NEAR,
    REACH,
    TELLING,
    TOP,
    asks,
    in_list,
    is_plain,
    leads,
    opens_prose,
    share,
    title_score,
)
from pipeline.clean.words import word_list

_LEAST_TITLE: Final = 5
"""Words of a line above a deck; a shorter one is a kicker."""
_DECK_AHEAD: Final = 1.2
"""A deck scores at most so much more than its title."""
_KICKED: Final = 16
_SPOKEN_OF: Final = 0.4
"""Share of a title's words that the first paragraph takes up at least; of another headline's a third of that."""
_DECKLIKE: Final = 1.8
"""A line below that is so many times as long is a deck."""
_MOST_LONELY: Final = 20
_LEAD: Final = 12


def find_title(evidence: Sequence[Evidence], first: int) -> tuple[int, float] | None:
    """Return the index of the title and its score, or None where no line deserves it.

    Args:
        evidence: All blocks.
        first: Index of the article's first running text.
    """
    if first == 0:
        return None
    text = [entry for entry in evidence[first : first + _LEAD] if entry.is_sentence and not entry.is_furniture]
    lead = frozenset[str]().union(*(entry.stems for entry in text or evidence[first : first + 1]))
    best: tuple[float, int] | None = None
    for index in {*range(min(TOP, first)), *range(max(0, first - REACH), first)}:
        score = title_score(evidence, index, first, lead)
        if score is not None and score >= ENOUGH and (best is None or (score, -index) > (best[0], -best[1])):
            best = (score, index)
    if best is None:
        return _lonely(evidence, first)
    below = _below_kicker(evidence, first, lead, best[1]) or _below_headline(evidence, first, lead, best[1])
    return below or _above_deck(evidence, first, lead, best[1], best[0])


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
    score = title_score(evidence, below, first, lead)
    return (below, score) if score is not None and is_plain(title) else None


def _below_headline(
    evidence: Sequence[Evidence], first: int, lead: frozenset[str], index: int
) -> tuple[int, float] | None:
    """Return the line below the best one as the title, where the best one is another headline of the story."""
    below = index + 1
    if below >= first or not _is_other(evidence, index, first):
        return None
    score = title_score(evidence, below, first, lead)
    return None if score is None else (below, score)


def _is_other(evidence: Sequence[Evidence], index: int, first: int) -> bool:
    """Whether a line is another headline above the title: the first paragraph speaks of the line below it only.

    Some papers set such a line above: whom they met, then what was decided.
    """
    upper, title = evidence[index], evidence[index + 1]
    words, size = title.line.words, title.line.count
    if upper.repeats > 1 or title.line.ends != "open" or not (is_plain(upper) and is_plain(title)):
        return False
    if upper.line.count < _LEAST_TITLE or not _LEAST_TITLE <= size <= _DECKLIKE * upper.line.count:
        return False
    opening = evidence[first].stems
    spoken_of = share(title, opening)
    told = spoken_of >= _SPOKEN_OF and 3 * share(upper, opening) <= spoken_of
    return told and not opens_prose(words) and word_list("pictured").isdisjoint(words)


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
    own = title_score(evidence, above, first, lead)
    over = evidence[above - 1] if above > 0 else None
    alone = over is None or not is_plain(over) or is_section(over.line.words) or over.line.count <= TELLING
    crumbs = entry.line.has_arrows or entry.is_furniture or entry.after_related
    if own is None or own < score - _DECK_AHEAD or not alone or crumbs:
        return index, score
    if _is_other(evidence, above, first):
        return index, score
    headed = entry.line.ends in ("open", "ellipsis") or entry.repeats > 1 or asks(entry)
    return (above, own) if headed else (index, score)


def _lonely(evidence: Sequence[Evidence], first: int) -> tuple[int, float] | None:
    """Return the one line that can be the title although it shares no words with the article.

    It stands right by a date or byline, or right above the article and below furniture or at the file's top.
    """
    found = []
    for index in range(max(0, first - NEAR), first):
        entry = evidence[index]
        if title_score(evidence, index, first, frozenset()) is None or not is_plain(entry):
            continue
        if entry.after_related and not evidence[index - 1].is_furniture:
            continue
        if not TELLING <= entry.line.count <= _MOST_LONELY or entry.line.ends in ("colon", "sentence"):
            continue
        if opens_prose(entry.line.words) and entry.line.count >= LONG:
            continue
        around = (evidence[other] for other in (index - 1, index + 1) if 0 <= other < first)
        if any(leads(other) or _is_caption(other) for other in around) or index == first - 1:
            found.append(index)
    return (found[0], 0.0) if found and not in_list(evidence, found[0]) else None


def _is_caption(entry: Evidence) -> bool:
    return entry.line.phrase is not None and entry.line.phrase.kind == "caption"
