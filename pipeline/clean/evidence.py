"""What each block shows, alone and among its neighbours: all that the decision may rest on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.clean.block import Block
from pipeline.clean.byline import Byline, read_byline
from pipeline.clean.dates import DateSpan, find_date
from pipeline.clean.line import Line, read_line
from pipeline.clean.names import are_names, is_name
from pipeline.clean.words import folded_words, stems

_LIST_LINES: Final = 20
"""No list in an article is longer."""
_LONG: Final = 12
_SEVERAL: Final = 3
_MARKED: Final = 0.3
"""Where a smaller share of the long lines ends in a mark, the file is one that leaves the marks out."""
_RHYTHM: Final = 6
_END: Final = frozenset(folded_words("نهاية end"))
"""Labels for screen readers that close a list of links."""
_SHORT: Final = 4
"""Lines of so many words are labels, menu items, names."""
_THEME_WORDS: Final = 5
_LIST_WORDS: Final = 26
"""A line with more words is no item of a list of headlines."""


@dataclass(slots=True)
class Evidence:
    """The evidence on one block."""

    block: Block
    line: Line
    date: DateSpan | None = None
    """A date in a short line, whether or not it is the whole line."""
    byline: Byline | None = None
    is_name: bool = False
    """Nothing but one or more personal names."""
    may_be_name: bool = False
    """Shaped like one name, no given name known; its place must agree."""
    repeats: int = 1
    """How often the line stands in the file."""
    unmarked: bool = False
    """The file's long lines mostly end without a mark, so that a missing mark says nothing."""
    short_run: int = 0
    """Short lines in a row around it, itself included."""
    after_colon: bool = False
    """An item of a list that a line ending in a colon opened."""
    after_related: bool = False
    """Below a heading of related links, with no running text in between."""
    after_comments: bool = False
    """Below a comment section's heading."""

    between_dates: bool = False
    """Between two lines that are dates, a few lines apart."""
    theme: float = 0.0
    """Share of its content words that other running text of the file has too."""

    @property
    def is_furniture(self) -> bool:
        """Whether a phrase says so; one word at a sentence's beginning (ادعموا التعليم …) does not."""
        phrase = self.line.phrase
        if phrase is None or phrase.role == "hint":
            return False
        return not (phrase.match == "prefix" and len(phrase.words) == 1 and self.is_sentence)

    @property
    def is_dateline(self) -> bool:
        """Whether the line is a date, with little around it."""
        return self.date is not None and self.date.whole

    @property
    def is_sentence(self) -> bool:
        """Whether it reads as running text: long enough and ended like a sentence, or very long."""
        line = self.line
        if line.count >= 40 or (line.count >= 9 and line.ends == "sentence") or (line.count >= 7 and line.sentences > 0):
            return True
        if not self.unmarked or line.ends == "colon":
            return False
        verb = line.opener >= 1 or (bool(line.words) and len(line.words[0]) >= 4 and line.words[0].endswith("ت"))
        return line.count >= 18 or (line.count >= 9 and (line.commas > 0 or verb))


def gather(blocks: Sequence[Block]) -> list[Evidence]:
    """Return the evidence on each block, in one pass forward and one over runs."""
    found = [_alone(block) for block in blocks]
    long = [entry.line.ends == "sentence" for entry in found if entry.line.count >= _LONG]
    if len(long) >= _SEVERAL and sum(long) < _MARKED * len(long):
        for entry in found:
            entry.unmarked = True
    counts = Counter(entry.line.words for entry in found if entry.line.count < 64)
    related = comments = False
    listed = 0
    before: Evidence | None = None
    for entry in found:
        line = entry.line
        entry.repeats = counts.get(line.words, 1)
        phrase = line.phrase
        entry.after_comments = comments
        if (entry.is_sentence and not entry.is_furniture) or not line.words or (phrase and phrase.words[0] in _END):
            related = False
        entry.after_related = related
        if phrase is not None and phrase.role == "section":
            related = phrase.kind == "related"
            comments = comments or phrase.kind == "comments"
        entry.after_colon = 0 < listed <= _LIST_LINES and line.count <= _LIST_WORDS and not entry.is_furniture
        prose = before is not None and (before.is_sentence or before.after_colon)
        opens = line.ends == "colon" and not entry.is_furniture and line.count >= 2 and (line.count >= 5 or prose)
        listed = 1 if opens else listed + 1 if entry.after_colon else 0
        before = entry
    _runs(found)
    _dated(found)
    _themes(found)
    return found


def _alone(block: Block) -> Evidence:
    line = read_line(block.text)
    entry = Evidence(block, line)
    if line.count <= 24:
        if any(character.isdigit() for character in block.text):
            entry.date = find_date(block.text)
        phrase = line.phrase
        if line.count >= 2 and (phrase is None or phrase.role == "hint"):
            entry.byline = read_byline(block.text, line.count)
            entry.is_name = line.count <= 14 and bool(are_names(block.text))
            entry.may_be_name = line.count <= 3 and is_name(block.text, sure=False)
        elif phrase is not None and phrase.kind == "source-credit" and phrase.match == "prefix" and ":" in block.text:
            stated = read_byline(block.text.split(":", 1)[1], line.count)
            entry.byline = stated if stated and stated.authors else None
    return entry


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
    for above, below in pairwise(dates):
        if below - above <= _RHYTHM:
            for entry in found[above + 1 : below]:
                entry.between_dates = True


def _themes(found: list[Evidence]) -> None:
    texts = [(entry, stems(entry.line.words)) for entry in found if entry.line.count >= _THEME_WORDS]
    counts = Counter(stem for entry, own in texts if entry.is_sentence and not entry.after_comments for stem in own)
    for entry, own in texts:
        itself = entry.is_sentence and not entry.after_comments
        entry.theme = sum(counts[stem] > itself for stem in own) / len(own) if own else 0.0
