"""How much a line above the article looks like its title: by form, place, neighbours, and the article's words."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.clean.boundary import sentence_word
from pipeline.clean.captions import read_caption
from pipeline.clean.evidence import Evidence
from pipeline.clean.line import opener as line_opener
from pipeline.clean.sections import is_section
from pipeline.clean.words import word_list

REACH: Final = 40
"""A title stands at most so many lines above the first sentence, or at the file's beginning."""
TOP: Final = 3
_MOST_WORDS: Final = 45
LONG: Final = 15
TELLING: Final = 4
"""Shorter lines are names, sections, labels."""
_PARTS: Final = re.compile(r"\s[-–—|/•·]\s")
_MORE: Final = 10
"""Words that a breadcrumb or a site's name adds to the title."""
NEAR: Final = 8
_FAR: Final = 0.08
"""Each line by which a title stands farther above the article costs so much."""
_PAIR: Final = re.compile(r"\s[-–—|/]\s")
"""What parts a place from an agency or an outlet."""
_SLOGAN: Final = 3.0
ENOUGH: Final = 1.7
_HEADING: Final = 0.5
"""What a line gains that has a date and a byline right below it, as headings do."""
_PART_OF_TITLE: Final = 2.5
"""A label of a few words that a longer line above the article has too is a photo's or a section's."""


def share(entry: Evidence, stems: frozenset[str]) -> float:
    """Return the share of a line's content words that are among others."""
    return len(entry.stems & stems) / len(entry.stems) if entry.stems else 0.0


def asks(entry: Evidence) -> bool:
    """Whether a line is a question or an exclamation."""
    return entry.block.text.endswith(("؟", "!", "?"))


def title_score(evidence: Sequence[Evidence], index: int, first: int, lead: frozenset[str]) -> float | None:
    """Return how much a line looks like the title; None for one that cannot be it.

    Args:
        evidence: All blocks.
        index: The line's.
        first: Index of the article's first running text.
        lead: Content words of the article's beginning.
    """
    entry = evidence[index]
    line = entry.line
    if not 2 <= line.count <= _MOST_WORDS or entry.is_dateline or line.is_link:
        return None
    if entry.is_furniture and (
        line.phrase is None or line.phrase.match == "exact" or line.phrase.role == "section" or line.count < TELLING
    ):
        return None
    if (entry.byline and entry.byline.authors) or entry.is_name or entry.after_comments or is_section(line.words):
        return None
    if entry.block.text.endswith(("،", ",", "؛")) or len(_PARTS.findall(entry.block.text)) > 2:
        return None
    if read_caption(entry.block.text, line.words, line.count):
        return None
    overlap = share(entry, lead)
    plain = sum(is_plain(other) and other.line.words != line.words for other in evidence[index + 1 : first])
    above = [other for other in evidence[max(0, index - 6) : index] if other.line.words != line.words]
    score = 3 * overlap - 0.1 * min(plain, 3) - 0.4 * max(0, plain - 3) - _FAR * max(0, first - index - NEAR)
    score -= 1.5 * entry.is_furniture + 1.0 * (overlap == 0)
    score -= 1.0 * (index < TOP and overlap == 0 and not word_list("outlet kinds").isdisjoint(line.words))
    score += 2.5 * (line.count >= TELLING and (entry.repeats > 1 or _inside_another(evidence, index, first)))
    score -= 2.5 * (_PAIR.search(entry.block.text) is not None and _holds_another(evidence, index, first))
    score -= 3.0 * (line.count >= LONG and opens_prose(line.words))
    score += 1.0 * (5 <= line.count <= 25) - 1.0 * (line.count < 3)
    score += 0.7 * (index == 0 and overlap > 0) + 1.2 * (index == 0 and first == 1)
    below = [other for other in evidence[index + 1 : index + 5] if not other.is_furniture]
    score += 1.5 * any(leads(other) for other in below)
    score += _HEADING * (index + 2 < first and leads(evidence[index + 1]) and leads(evidence[index + 2]))
    score -= 1.2 * (not word_list("pictured").isdisjoint(line.words))
    score -= 2.0 * _below_date(above, lead) * (entry.repeats == 1) + 1.5 * (
        line.count <= 6 and bool(_PAIR.search(entry.block.text))
    )
    score += 0.8 * (not above or not is_plain(above[-1]) or is_section(above[-1].line.words))
    score -= 1.5 * (line.ends == "sentence" and not asks(entry)) + 1.0 * (line.ends == "colon")
    score -= _SLOGAN * (1 - overlap) * _is_slogan(entry)
    score -= 0.7 * entry.after_related + 0.5 * line.has_arrows
    score -= 0.8 * (in_list(evidence, index) and overlap < 0.5)
    if line.count < TELLING and score >= ENOUGH and _inside_another(evidence, index, first):
        score -= _PART_OF_TITLE
    return score


def _holds_another(evidence: Sequence[Evidence], index: int, first: int) -> bool:
    """Whether a line is the path to another above the article: عام / title / first addition."""
    own = f" {' '.join(evidence[index].line.words)} "
    near = evidence[max(0, first - REACH) : first]
    return any(
        TELLING <= other.line.count < evidence[index].line.count and f" {' '.join(other.line.words)} " in own
        for other in near
    )


def _inside_another(evidence: Sequence[Evidence], index: int, first: int) -> bool:
    """Whether a longer line above the article holds the line: a breadcrumb, the window's title with the site's name."""
    own = f" {' '.join(evidence[index].line.words)} "
    size = evidence[index].line.count
    near = (*range(min(TOP, first)), *range(max(0, first - REACH), first))
    return any(
        size < evidence[other].line.count <= size + _MORE and own in f" {' '.join(evidence[other].line.words)} "
        for other in near
    )


def opens_prose(words: Sequence[str]) -> bool:
    """Whether a line begins as a sentence of prose does; a headline of such a length rarely does."""
    return line_opener(words) >= 1.5 or sentence_word(words[0]) >= 1.5


def _below_date(above: Sequence[Evidence], lead: frozenset[str]) -> bool:
    """Whether a date or byline stands just above, and over it a line that may be the title."""
    leading = [index for index, other in enumerate(above) if leads(other)]
    return bool(leading) and any(
        is_plain(other) and other.line.count >= TELLING and not lead.isdisjoint(other.stems)
        for other in above[: leading[-1]]
    )


def is_plain(entry: Evidence) -> bool:
    """Whether nothing says what the line is, so that it may be a headline, a kicker, a deck, a menu item."""
    return not (entry.is_furniture or _is_slogan(entry) or leads(entry) or entry.line.count <= 2)


def _is_slogan(entry: Evidence) -> bool:
    """Whether very many files of the source have the line; a headline may recur too, but only in lists of links."""
    return entry.share is not None and entry.share.is_strong


def leads(entry: Evidence) -> bool:
    """Whether a line is a date, a byline or a name, as stand between title and article."""
    return entry.is_dateline or entry.byline is not None or entry.is_name


def in_list(evidence: Sequence[Evidence], index: int) -> bool:
    """Whether lines of the same kind stand on both sides: a menu, a list of headlines."""
    around = evidence[max(0, index - 2) : index]
    count = evidence[index].line.count
    return len(around) == 2 and all(
        is_plain(other) and other.line.ends == "open" and abs(other.line.count - count) <= max(2, count // 2)
        for other in around
    )
