"""Gather the evidence on a file's blocks: first each by itself, then among its neighbours."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Final

from pipeline.clean.block import Block
from pipeline.clean.byline import Byline, read_byline, read_dated_byline
from pipeline.clean.dates import DateSpan, find_date
from pipeline.clean.evidence import Evidence
from pipeline.clean.furniture import phrase_of
from pipeline.clean.line import Line, read_line
from pipeline.clean.names import are_names, is_name
from pipeline.clean.repetition.keys import line_key
from pipeline.clean.repetition.repeated import Repeated
from pipeline.clean.words import stems, word_list
from pipeline.in_step import Steps
from pipeline.memory import remembered

_MOST_META: Final = 24
"""Words: no dateline, byline or name is longer."""
_NAME: Final = 6
"""Characters: no name is shorter."""
_DIGIT: Final = re.compile(r"\d")
_LIST_LINES: Final = 20
"""No list in an article is longer."""
_LONG: Final = 12
_SEVERAL: Final = 3
_MARKED: Final = 0.3
"""Where a smaller share of the long lines ends in a mark, the file is one that leaves the marks out."""
_BOXES: Final = ("related", "widget")
_SIGNATURE: Final = re.compile(r"\s+[|•·–—-]\s+")
_SIGNATURE_WORDS: Final = 14
_RHYTHM: Final = 6
_SHORT: Final = 4
"""Lines of so many words are labels, menu items, names."""
_THEME_WORDS: Final = 5
_LIST_WORDS: Final = 26
"""A line with more words is no item of a list of headlines."""


def gather(blocks: Sequence[Block], repeated: Repeated | None = None) -> Steps[list[Evidence]]:
    """Return the evidence on each block, in one pass forward and one over runs.

    Args:
        blocks: The file's blocks in reading order.
        repeated: The lines that its source repeats; None where nothing is known of it.
    """
    found = [Evidence(block, *_read(block.text)) for block in blocks]
    yield
    if repeated is not None:
        for entry in found:
            entry.share = repeated.find(entry.key)
    long = [entry.line.ends == "sentence" for entry in found if entry.line.count >= _LONG]
    unmarked = len(long) >= _SEVERAL and sum(long) < _MARKED * len(long)
    for entry in found:
        entry.unmarked = unmarked
        entry.settle()
    counts = Counter(entry.line.words for entry in found if entry.line.count < 40)
    related = comments = prose = False
    several = sum(map(_signs_comment, found)) > 1
    listed = 0
    before: Evidence | None = None
    for entry in found:
        line = entry.line
        entry.repeats = counts.get(line.words, 1)
        phrase = line.phrase
        entry.after_comments = comments
        if related and entry.is_sentence and _asks(line, entry.block.text):
            entry.is_sentence = False
        if (
            (entry.is_sentence and not entry.is_furniture)
            or not line.words
            or (phrase and phrase.words[0] in word_list("list ends"))
        ):
            related = False
        entry.after_related = related
        if phrase is not None and phrase.role == "section":
            related = phrase.kind in ("related", "navigation") and phrase.words[0] not in word_list("list ends")
            comments = comments or (phrase.kind == "comments" and prose)
        elif phrase is not None and phrase.kind in _BOXES and line.ends == "colon" and line.count <= _SHORT:
            related = True
        elif prose and several and not comments and _signs_comment(entry):
            entry.opens_comments = comments = True
        entry.after_colon = 0 < listed <= _LIST_LINES and line.count <= _LIST_WORDS and not entry.is_furniture
        text = before is not None and (before.is_sentence or before.after_colon)
        opens = line.ends == "colon" and not entry.is_furniture and line.count >= 2 and (line.count >= 5 or text)
        listed = 1 if opens else listed + 1 if entry.after_colon else 0
        before = entry
        prose = prose or (entry.is_sentence and not entry.is_furniture)
    yield
    _runs(found)
    _dated(found)
    _themes(found)
    return found


def _asks(line: Line, text: str) -> bool:
    """Whether a line is one short question or call, as headlines in a list of links are."""
    return line.count <= _LIST_WORDS and line.sentences == 0 and line.commas == 0 and text.endswith(("؟", "?", "!"))


@remembered(1 << 16)
def _read(text: str) -> tuple[Line, frozenset[str], int | None, DateSpan | None, Byline | None, bool, bool]:
    """Return a line's own evidence: itself, content, hash, a date, a byline, whether it is a name or may be one."""
    line = read_line(text)
    content, key = stems(line.words), line_key(line)
    if line.count > _MOST_META:
        return line, content, key, None, None, False, False
    date = find_date(text) if _DIGIT.search(text) else None
    phrase = line.phrase
    if line.count >= 2 and (phrase is None or phrase.role == "hint"):
        byline = read_byline(text, line.count)
        if byline is None and date is not None and date.year and date.end - date.start < len(text) - _NAME:
            byline = read_dated_byline(text, date.start, date.end)
            byline = None if date.whole and byline and not byline.authors else byline
        return (
            line,
            content,
            key,
            date,
            byline,
            line.count <= 14 and bool(are_names(text)),
            line.count <= 3 and is_name(text, sure=False),
        )
    if phrase is not None and phrase.kind == "source-credit" and phrase.match == "prefix" and ":" in text:
        stated = read_byline(text.split(":", 1)[1], line.count)
        return line, content, key, date, stated if stated and stated.authors else None, False, False
    return line, content, key, date, None, False, False


def _signs_comment(entry: Evidence) -> bool:
    """Whether a line is a name and a date or time, as readers' comments are signed."""
    return 3 <= entry.line.count <= _SIGNATURE_WORDS and not entry.is_dateline and _is_signature(entry.block.text)


@remembered(1 << 14)
def _is_signature(text: str) -> bool:
    parts = _SIGNATURE.split(text, maxsplit=1)
    if len(parts) < 2 or not 1 <= len(parts[0].split()) <= _SHORT:
        return False
    phrase = phrase_of(parts[1])
    date = find_date(parts[1]) if _DIGIT.search(parts[1]) else None
    return (phrase is not None and phrase.kind == "dateline") or (date is not None and date.whole)


def _runs(found: list[Evidence]) -> None:
    start = 0
    while start < len(found):
        end = start
        while end < len(found) and found[end].line.count <= _SHORT and found[end].line.ends != "sentence":
            end += 1
        for entry in found[start:end]:
            entry.short_run = end - start
        start = max(end, start + 1)


def _dated(found: list[Evidence]) -> None:
    """Mark what stands between two dates or times a few lines apart: readers' comments, lists of news."""
    dates = [index for index, entry in enumerate(found) if entry.is_dateline]
    for above, below in islice(pairwise(dates), 1, None):  # the first two may be the article's and a comment's
        if below - above <= _RHYTHM:
            for entry in found[above + 1 : below]:
                entry.between_dates = True


def _themes(found: list[Evidence]) -> None:
    texts = [entry for entry in found if entry.line.count >= _THEME_WORDS and entry.stems]
    if len(texts) < 2:
        return
    running = [entry for entry in texts if entry.is_sentence and not entry.after_comments]
    said: set[str] = set()
    recurring: set[str] = set()
    for entry in running:
        recurring |= said & entry.stems
        said |= entry.stems
    for entry in texts:
        others = recurring if entry.is_sentence and not entry.after_comments else said
        entry.theme = len(entry.stems & others) / len(entry.stems)
