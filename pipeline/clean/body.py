"""Where the article is: the best path through head, body, interruptions, comments and tail.

The body is the sum of blocks that scores most, like a maximum-sum segment, with prices for what is unlikely: an
interruption without furniture, an article that goes on below its readers' comments. One pass (Viterbi 1967), linear in
the number of blocks.
"""

from collections.abc import Sequence
from typing import Final, Literal

from pipeline.clean.evidence import Evidence

Zone = Literal["head", "body", "break", "comments", "tail"]
ZONES: Final[tuple[Zone, ...]] = ("head", "body", "break", "comments", "tail")

_LEAVE: Final = 1.5
"""Price of an interruption that nothing explains."""
_LEAVE_KNOWN: Final = 0.2
_BACK: Final = 0.4
_BREAK_LINE: Final = 0.6
"""Price of each line of an interruption that nothing explains."""
_BREAK_KNOWN: Final = 0.1
_IGNORE_COMMENTS: Final = 15.0
"""Price of going on with the article below a comment section's heading."""
_START: Final = 1.5
"""Reward for a body that begins right below a date, a byline or the like."""


def zones(evidence: Sequence[Evidence], scores: Sequence[float]) -> list[Zone]:
    """Return the zone of each block."""
    if not evidence:
        return []
    best = [0.0, scores[0], -1e9, -1e9, -1e9]
    if _opens_comments(evidence[0]):
        best[1] -= _IGNORE_COMMENTS
    came: list[tuple[int, int, int, int, int]] = []
    for index in range(1, len(evidence)):
        entry = evidence[index]
        score = scores[index]
        shared = entry.doubt is not None and entry.doubt.is_strong
        signed = entry.byline is not None and not entry.byline.authors and entry.byline.reason.startswith("byline")
        known = entry.is_furniture or entry.is_dateline or entry.after_related or shared or signed
        opens = _opens_comments(entry)
        head, body, gap, comments, tail = best
        toll = _IGNORE_COMMENTS if opens else 0.0
        start = head + (_START if _leads(evidence[index - 1]) else 0.0)
        body_from = max((body, 1), (start, 0), (gap - _BACK, 2))
        gap_from = max((gap, 2), (body - (_LEAVE_KNOWN if known else _LEAVE), 1))
        tail_from = max((tail, 4), (body, 1))
        comments_from = (comments, 3)
        if opens:
            comments_from = max(comments_from, (body, 1), (gap, 2), (tail, 4))
        best = [
            head,
            body_from[0] + score - toll,
            gap_from[0] - (_BREAK_KNOWN if known else _BREAK_LINE) - toll,
            comments_from[0],
            tail_from[0] - toll,
        ]
        came.append((0, body_from[1], gap_from[1], comments_from[1], tail_from[1]))
    state = max((0, 1, 3, 4), key=lambda zone: best[zone])
    path = [state]
    for step in reversed(came):
        state = step[state]
        path.append(state)
    return [ZONES[state] for state in reversed(path)]


def _opens_comments(entry: Evidence) -> bool:
    phrase = entry.line.phrase
    return entry.opens_comments or (phrase is not None and phrase.role == "section" and phrase.kind == "comments")


def _leads(entry: Evidence) -> bool:
    return entry.is_dateline or entry.byline is not None or entry.is_name
