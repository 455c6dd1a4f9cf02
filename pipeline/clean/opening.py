"""A title, date and writer that are written onto the article's first line, as in dumps of one line.

``title title Saturday 26 October 2024 - 11:52 pm writer text`` becomes a block for each. Only what is sure is parted: a
title that stands there twice, a date with its time of day, a headline whose words the sentence behind it takes up again
and that ends where sentences begin.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice, pairwise
from typing import Final

from pipeline.clean.block import Block
from pipeline.clean.boundary import SENTENCE_END, best, candidates, sentence_word, sentence_words
from pipeline.clean.byline import byline_head
from pipeline.clean.dates import DateSpan, find_dates
from pipeline.clean.furniture import find_phrase
from pipeline.clean.line import opener, openers
from pipeline.clean.names import is_name
from pipeline.clean.sections import is_section
from pipeline.clean.words import folded_words, phrase_list, stems, stopwords

_LEAST: Final = 40
"""Words of a line from which it may hold more than a paragraph."""
_HEAD: Final = 350
"""Characters that hold a title and the date behind it."""
_TITLE: Final = range(4, 31)
"""Words of a title."""
_HEADLINE: Final = range(4, 21)
_BEHIND: Final = 45
"""Words behind a headline that take it up again."""
_REACH: Final = 1000
"""Characters that hold a headline and the words behind it."""
_ABOVE: Final = 3
"""A line with more words above may be the title."""
_NAME: Final = range(2, 5)
_MENU: Final = ("navigation", "subscription", "widget")
_BAR: Final = ("share", "widget", "counter", "ad")
_MOST_LABELS: Final = 60
_LABEL: Final = 4
_SEVERAL: Final = 3
_CHANCE: Final = 0.3
_TAKEN_UP: Final = 0.6
_SENTENCE: Final = 0.7
"""Measured together on made-up titles and articles on one line: 31 of 32 parted right, and 2 of 500 without a title."""
_TOKEN: Final = re.compile(r"\S+")
_NUMBERS: Final = re.compile(r"\d\D+\d+\D+\d")
"""Three numbers, which a date with its year and time has at least."""
_CALL: Final = re.compile(r"[؟!?][\"'»”)\]]*$")


def part_opening(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a text file, the first long one parted where it holds more than the article's text."""
    parted = list(blocks)
    for index, block in enumerate(blocks):
        count = block.text.count(" ") + 1
        if count >= _LEAST:
            menu = _furniture_end(block.text, 0, _MENU)
            found = sorted({menu, *(menu + place for place in _places(block.text[menu:]))})
            places = sorted({0, *found, _furniture_end(block.text, found[-1], _BAR), len(block.text)})
            if len(places) > 2:
                parted[index : index + 1] = _cut(block, places)
            break
        if count > _ABOVE:
            break
    return parted


def _cut(block: Block, places: Sequence[int]) -> Iterator[Block]:
    for start, end in pairwise(places):
        piece = block.text[start:end]
        text = piece.strip(" -–—|،:")
        if text and block.start is not None:
            first = block.start + start + piece.find(text)
            yield replace(block, text=text, start=first, end=first + len(text), gap=block.gap if start == 0 else 0)


def _furniture_end(text: str, start: int, kinds: Collection[str]) -> int:
    """Return where several labels in a row end that begin at ``start``, a menu's or a share bar's, or ``start``."""
    tokens = list(islice(_TOKEN.finditer(text, start), _MOST_LABELS))
    at = count = 0
    while at < len(tokens):
        words = folded_words(" ".join(token.group() for token in tokens[at : at + _LABEL]))
        at += (size := next((size for size in range(len(words), 0, -1) if _is_label(words[:size], kinds)), 0))
        count += size > 0
        if not size:
            break
    return tokens[at].start() if count >= _SEVERAL and at < len(tokens) else start


def _is_label(words: Sequence[str], kinds: Collection[str]) -> bool:
    phrase = find_phrase(words, len(words))
    if phrase is not None:
        return phrase.match == "exact" and phrase.kind in kinds
    return "navigation" in kinds and (tuple(words) in phrase_list("home") or is_section(words))


def _places(text: str) -> list[int]:
    """Return the offsets at which something new begins."""
    size = _repeated(text.split(None, 2 * _TITLE.stop))
    starts = [match.start() for match in islice(_TOKEN.finditer(text), 2 * size + 1)] if size else [0]
    places = starts[size::size] if size else []
    position = starts[-1]
    span = _date(text, position)
    if span is not None:
        writer = _writer_before(text, position, span.start)
        behind = span.end + len(text[span.end :]) - len(text[span.end :].lstrip(" -–—|،:"))
        return [*places, *([writer] if writer else []), span.start, behind, *_behind_name(text, behind)]
    if places:
        return [*places, *_behind_name(text, position)]
    return _headline(text)


def _repeated(words: list[str]) -> int:
    """Return how many words stand twice at the line's beginning, or 0."""
    again = (size for size in reversed(_TITLE) if 2 * size < len(words) and words[size] == words[0])
    return next((size for size in again if words[:size] == words[size : 2 * size]), 0)


def _date(text: str, position: int) -> DateSpan | None:
    """Return the date behind the title: a full one with its time of day (or behind a title that stands twice)."""
    head = text[: position + _HEAD]
    for span in find_dates(head) if position or _NUMBERS.search(head) else ():
        if span.start < position or span.iso is None or not span.day:
            continue
        before = text[position : span.start].split()
        near = position > 0 and len(before) <= _NAME.stop
        titled = position == 0 and len(before) in _TITLE and span.hour is not None
        words = folded_words(" ".join(before))
        runs = span.today or (bool(words) and (words[-1] in stopwords() or opener(words[:3]) >= 1))
        ended = any(SENTENCE_END.search(word) and not _CALL.search(word) for word in before)
        return span if (near or titled) and not (ended or runs) else None
    return None


def _writer_before(text: str, start: int, end: int) -> int | None:
    """Return where a byline ("كتب فلان الفلاني") begins that stands between the title and the date."""
    tokens = list(_TOKEN.finditer(text, start, end))
    for index in range(max(0, len(tokens) - _NAME.stop), len(tokens) - 1):
        at = tokens[index].start()
        if index >= _TITLE.start and byline_head(text[at:end]) and is_name(" ".join(text[at:end].split()[1:])):
            return at
    return None


def _behind_name(text: str, start: int) -> list[int]:
    """Return where the text begins behind a writer's name, where one stands at ``start``."""
    tokens: list[re.Match[str]] = []
    for match in _TOKEN.finditer(text, start):
        tokens.append(match)
        if len(tokens) == _NAME.stop + 2:
            break
    head = byline_head(" ".join(match.group() for match in tokens))
    names = tokens[head:]
    found: list[tuple[float, int]] = []
    for size in _NAME:
        if size < len(names) and is_name(" ".join(match.group() for match in names[:size])):
            following = folded_words(names[size].group())
            found.append((sentence_word(following[0]) if following else 0.0, -size))
    return [names[-max(found)[1]].start()] if found else []


def _headline(text: str) -> list[int]:
    """Return where the article begins behind a headline that nothing parts from it."""
    words = folded_words(text[:_REACH], _HEADLINE.stop + _BEHIND)
    opening = [size for size in _HEADLINE if size < len(words) and words[size] in _sentence_openers()]
    sizes = [size for size in opening if _opens(words[size:]) and _is_taken_up(words, size)]
    if not sizes:
        return []
    place, chance = best(candidates(text, 0))
    return [place.end] if chance >= _CHANCE and len(folded_words(text[: place.end])) in sizes else []


@cache
def _sentence_openers() -> frozenset[str]:
    """Return the first words of all that opens a sentence."""
    return frozenset((*openers(), *(word for word, (odds, _) in sentence_words().items() if odds >= _SENTENCE)))


def _opens(words: Sequence[str]) -> bool:
    return max(opener(words), sentence_word(words[0])) >= _SENTENCE


def _is_taken_up(words: Sequence[str], size: int) -> bool:
    """Whether the words behind a headline of ``size`` words say most of it again."""
    own = stems(words[:size])
    return len(own & stems(words[size : size + _BEHIND])) >= _TAKEN_UP * (len(own) or 1)
