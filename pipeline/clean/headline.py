"""The title: the line before the article that reads like a headline and speaks of the same things."""

from collections.abc import Sequence
from typing import Final

from pipeline.clean.evidence import Evidence
from pipeline.clean.sections import is_section
from pipeline.clean.words import stopwords

_REACH: Final = 40
"""A title stands at most so many lines above the first sentence, or at the file's beginning."""
_TOP: Final = 3
_MOST_WORDS: Final = 45
_ENOUGH: Final = 2.0
_LEAD_WORDS: Final = 250
_PREFIXES: Final = ("وال", "بال", "فال", "كال", "ال", "لل", "و", "ب", "ل")


def find_title(evidence: Sequence[Evidence], first: int) -> tuple[int, float] | None:
    """Return the index of the title and its score, or None where no line deserves it.

    Args:
        evidence: All blocks.
        first: Index of the article's first running text.
    """
    lead = _stems(word for entry in evidence[first : first + 12] for word in entry.line.words[:40])
    best: tuple[float, int] | None = None
    for index in {*range(min(_TOP, first)), *range(max(0, first - _REACH), first)}:
        score = _score(evidence, index, first, lead)
        if score is not None and score >= _ENOUGH and (best is None or (score, -index) > (best[0], -best[1])):
            best = (score, index)
    return (best[1], best[0]) if best else None


def _score(evidence: Sequence[Evidence], index: int, first: int, lead: set[str]) -> float | None:
    entry = evidence[index]
    line = entry.line
    if not 2 <= line.count <= _MOST_WORDS or entry.is_furniture or entry.is_dateline or line.is_link:
        return None
    if (entry.byline and entry.byline.authors) or entry.is_name or entry.after_comments or is_section(line.words):
        return None
    stems = _stems(line.words)
    overlap = len(stems & lead) / len(stems) if stems else 0.0
    between = evidence[index + 1 : first]
    plain = sum(
        not (other.is_furniture or other.is_dateline or other.byline or other.is_name or other.line.count <= 2)
        and other.line.words != line.words
        for other in between
    )
    score = 4 * overlap - 0.25 * plain
    score += 2.0 * (entry.repeats > 1 and line.count >= 4)
    score += 1.0 * (5 <= line.count <= 25) - 1.0 * (line.count < 3)
    score += 0.7 * (index == 0) + 0.5 * any(_leads(other) for other in evidence[index + 1 : index + 4])
    score -= 1.5 * (line.ends == "sentence" and not entry.block.text.endswith(("؟", "!", "?"))) + 1.0 * (line.ends == "colon")
    score -= 0.7 * entry.after_related + 0.5 * line.has_arrows
    return score - 0.8 * (_in_list(evidence, index) and overlap < 0.5)


def _leads(entry: Evidence) -> bool:
    return entry.is_dateline or entry.byline is not None or entry.is_name


def _in_list(evidence: Sequence[Evidence], index: int) -> bool:
    """Whether lines of the same kind stand on both sides: a menu, a list of headlines."""
    around = evidence[max(0, index - 2) : index]
    count = evidence[index].line.count
    return len(around) == 2 and all(
        other.line.ends == "open" and abs(other.line.count - count) <= max(2, count // 2) for other in around
    )


def _stems(words: Sequence[str] | object) -> set[str]:
    known = stopwords()
    return {_stem(word) for word in words if len(word) > 2 and word not in known and not word.isdigit()}  # type: ignore[attr-defined]


def _stem(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word
