"""Links to other articles inside a paragraph: "اقرأ أيضًا: headline", with nothing to show where the headline ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.arabic import MARKS, TATWEEL
from pipeline.clean.article import RemovedKind
from pipeline.clean.boundary import SENTENCE_END, best, candidates
from pipeline.clean.words import DATA
from pipeline.knowledge import read_rows

_LETTERS: Final = {
    **dict.fromkeys("اأإآ", "[اأإآٱ]"), **dict.fromkeys("يىی", "[يىی]"), **dict.fromkeys("ةه", "[ةه]"),
    **dict.fromkeys("كک", "[كک]"), " ": r"\s+",
}  # fmt: skip
_CLOSING: Final = {"(": ")", "[": "]"}
_MARK: Final = re.compile(r"\s*(?:[:：]|\.{2,}|…|<<|»|\|)")
_HINT: Final = re.compile(r"[:：…<»|.ضذ](?:(?<=[:：…<»|])|(?<=\.)\.|(?<=[أا]يض)|(?<=كذ)لك)")
"""What every label has in or behind it (a mark, أيضا, كذلك), by its rarest letter; most paragraphs have none of it."""
_AROUND: Final = 30
"""Characters: no label is longer."""
_MOST_LINKS: Final = 500
"""No article has more; a file of nothing but labels must not take minutes."""
_LONGEST: Final = 400
"""Characters within which the bracket around a link closes."""
_SKIPPED: Final = re.compile(r"[\s:：.…<»|-]*")


@dataclass(frozen=True, slots=True)
class Link:
    """An inline link: where it stands in the paragraph, and why it ends there."""

    start: int
    end: int
    reason: str
    kind: RemovedKind = "related"


def find_links(text: str) -> list[Link]:
    """Return the inline links of a paragraph, from left to right."""
    links: list[Link] = []
    position = 0
    for match in _find_labels(text):
        if len(links) == _MOST_LINKS:
            break
        if match.start() < position:
            continue
        position = match.end()
        label = match.lastgroup
        marked = bool(_MARK.match(text, position))
        before = text[max(0, match.start() - _AROUND) : match.start()].rstrip()[-3:]
        bracket = before[-1:] in _CLOSING
        starts = not before or bracket or bool(SENTENCE_END.search(before)) or before[-1] in '"”»:|-–*'
        if not starts or not (marked or (label == "alone" and before and not bracket)):
            continue
        start = match.start()
        closing = text.find(_CLOSING[before[-1]], position, position + _LONGEST) if bracket else -1
        if closing > 0:
            start = text.rfind(before[-1], 0, start)
            end, reason = closing + 1, "the bracket closes"
        else:
            end, reason = _end(text, position)
        links.append(Link(start, end, f"inline link: {reason}"))
        position = end
    return links


def _find_labels(text: str) -> Iterator[re.Match[str]]:
    """Yield the labels of a paragraph; they are looked for only where something shows that there may be one."""
    position = 0
    for hint in _HINT.finditer(text):
        if hint.start() >= position:
            start = max(position, hint.start() - _AROUND)
            if match := _labels().search(text, start, hint.end() + _AROUND):
                position = match.end()
                yield match


def _end(text: str, position: int) -> tuple[int, str]:
    """Return where the headline behind a label ends, and why."""
    skipped = _SKIPPED.match(text, position)
    found = candidates(text, skipped.end() if skipped else position)
    if not found:
        return len(text), "nothing follows"
    place, chance = best(found)
    return place.end, f"{place.why} (probability {chance:.2f})"


@cache
def _labels() -> re.Pattern[str]:
    strengths: dict[str, list[str]] = {"alone": [], "marked": []}
    for row in read_rows(DATA / "inline.tsv", ("phrase", "strength")):
        if row["strength"] not in strengths:
            raise row.error(f"the strength is '{row['strength']}', expected alone or marked")
        letters = [
            _LETTERS.get(letter, re.escape(letter)) for letter in row["phrase"] if letter not in "\u064b\u064c\u064d"
        ]
        marks = f"[{MARKS}{TATWEEL}]*"
        strengths[row["strength"]].append(marks.join(letters) + marks)
    groups = [
        f"(?P<{name}>{'|'.join(sorted(patterns, key=len, reverse=True))})" for name, patterns in strengths.items()
    ]
    return re.compile(rf"(?<![\w])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)
