"""Links to other articles inside a paragraph: "اقرأ أيضًا: headline", with nothing to show where the headline ends.

Every word boundary behind the label is a candidate. A candidate gains by how usual a headline of that length is, by an end
mark before it, and by words behind it that open a sentence of prose; it loses where a headline cannot end (behind a
preposition, inside quotes) or no sentence follows. The best one wins.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from pipeline.arabic import MARKS, TATWEEL
from pipeline.clean.line import opener
from pipeline.clean.words import DATA, folded_words, stopwords
from pipeline.knowledge import read_rows

_MOST: Final = 32
"""No headline has more words."""
_USUAL, _SPREAD = 10.0, 4.5
_TOKEN: Final = re.compile(r"\S+")
_LETTERS: Final = {
    **dict.fromkeys("اأإآ", "[اأإآٱ]"), **dict.fromkeys("يىی", "[يىی]"), **dict.fromkeys("ةه", "[ةه]"),
    **dict.fromkeys("كک", "[كک]"), " ": r"\s+",
}  # fmt: skip
_SENTENCE_END: Final = re.compile(r"(?<!\.)[.؟!?۔][\"'»”)\]]*$")
_CLOSERS: Final = "\"'»”)]"
_OPENING, _CLOSING = "(«“[", ")»”]"


@dataclass(frozen=True, slots=True)
class Link:
    """An inline link: where it stands in the paragraph, and why it ends there."""

    start: int
    end: int
    reason: str


def find_links(text: str) -> list[Link]:
    """Return the inline links of a paragraph, from left to right."""
    links: list[Link] = []
    position = 0
    while match := _labels().search(text, position):
        position = match.end()
        label = match.lastgroup
        marked = bool(re.match(r"\s*(?:[:：]|\.{2,}|…|<<|»|\|)", text[position : position + 8]))
        before = text[: match.start()].rstrip()[-3:]
        bracket = before[-1:] in ("(", "[") if before else False
        starts = not before or bracket or bool(_SENTENCE_END.search(before)) or before[-1] in "\"”»:|-–*"
        if not starts or not (marked or (label == "alone" and before and not bracket)):
            continue
        start = match.start()
        if bracket and (closing := text.find(_CLOSING["([".find(before[-1]) * 3], position)) > 0:
            start = text.rfind(before[-1], 0, start + 1)
            end, reason = closing + 1, "the bracket closes"
        else:
            end, reason = _end(text, position)
        links.append(Link(start, end, f"inline link: {reason}"))
        position = end
    return links


def _end(text: str, position: int) -> tuple[int, str]:
    """Return where the headline that begins at ``position`` ends, and why."""
    skipped = re.compile(r"[\s:：.…<»|-]*").match(text, position)
    position = skipped.end() if skipped else position
    tokens = []
    for match in _TOKEN.finditer(text, position):
        tokens.append(match)
        if len(tokens) == _MOST + 12:
            break
    whole = len(tokens) < _MOST + 12
    words = [folded_words(match.group()) for match in tokens]
    best, end, reason = -1e9, len(text), "it fills the paragraph"
    depth = 0
    for index in range(1, min(len(tokens), _MOST) + 1):
        token = tokens[index - 1].group()
        depth += sum(mark in _OPENING for mark in token) - sum(mark in _CLOSING for mark in token)
        score, why = _length(index), ""
        if _SENTENCE_END.search(token):
            score, why = score + (1.0 if token.rstrip(_CLOSERS).endswith((".", "۔")) else 4.5), "end mark"
        if index < len(tokens):
            following = [word for group in words[index : index + 3] for word in group]
            opening = opener(following[:3])
            nxt = tokens[index].group()
            score += opening or -0.5
            if opening:
                why = f"{why}, " * bool(why) + f"a sentence opens with '{' '.join(following[:2])}'"
            if nxt.endswith("،"):
                score += 1.2
            rest = _sentence_length(tokens, index)
            score -= 3.0 if rest < 5 and whole else 0.0
        elif whole:
            score, why = score + 2.5, why or "it fills the paragraph"
        if words[index - 1] and words[index - 1][-1] in stopwords() and not _SENTENCE_END.search(token):
            score -= 5.0
        if token.endswith((":", "،", ",", "..", "…", "؛", "-")):
            score -= 4.0
        score -= 5.0 * (depth > 0)
        if score > best:
            best, end, reason = score, tokens[index - 1].end(), f"{why or 'usual length'} (score {score:.1f})"
    return end, reason


def _length(words: int) -> float:
    return -(((words - _USUAL) / _SPREAD) ** 2) / 2 - (2.0 if words < 3 else 0.0)


def _sentence_length(tokens: list[re.Match[str]], start: int) -> int:
    for index in range(start, len(tokens)):
        if _SENTENCE_END.search(tokens[index].group()):
            return index - start + 1
    return len(tokens) - start


@cache
def _labels() -> re.Pattern[str]:
    strengths: dict[str, list[str]] = {"alone": [], "marked": []}
    for row in read_rows(DATA / "inline.tsv", ("phrase", "strength")):
        if row["strength"] not in strengths:
            raise row.error(f"the strength is '{row['strength']}', expected alone or marked")
        letters = [_LETTERS.get(letter, re.escape(letter)) for letter in row["phrase"] if letter not in "\u064b\u064c\u064d"]
        marks = f"[{MARKS}{TATWEEL}]*"
        strengths[row["strength"]].append(marks.join(letters) + marks)
    groups = [
        f"(?P<{name}>{'|'.join(sorted(patterns, key=len, reverse=True))})" for name, patterns in strengths.items()
    ]
    return re.compile(rf"(?<![\w])(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)
