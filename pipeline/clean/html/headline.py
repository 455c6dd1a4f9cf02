"""Find the headline: the visible text that agrees with what the page states as its title."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.clean.html.outline import Outline
from pipeline.clean.html.stated import Stated
from pipeline.clean.html.tags import HEADINGS
from pipeline.clean.html.vocabulary import CUT_ROLES
from pipeline.clean.words import folded_words

_SEPARATOR: Final = re.compile(r"\s+[-–—|:•·»«/\\~]+\s+|\s*(?:\||»|«|::)\s*|\s*[-–—:]\s+")
_MAX_PARTS: Final = 6
_TRUNCATED_WORDS: Final = 4
"""So many words that a longer heading begins with are that heading, cut by a share's or a search engine's limit."""
_FEW_WORDS: Final = 3
"""A heading that nothing confirms needs so many words to be a headline."""
_ALIKE: Final = 0.3
_NEAR: Final = 12
"""Running text begins within so many runs of a headline."""
_PARTS: Final = 4
"""A headline is set in at most so many lines …"""
_LONGEST: Final = 400
"""… and has at most so many characters."""

Words = tuple[str, ...]
Candidate = tuple[int, int, str, str, bool]
"""What may be the headline: its first run, the run after it, text, tag (``title`` by its class), whether furniture."""


@dataclass(frozen=True, slots=True)
class Headline:
    """The title and, where it is visible, the runs that hold it."""

    text: str
    source: str
    first: int | None = None
    last: int | None = None
    rest: tuple[str, ...] = ()
    """The other parts of the ``<title>`` element: section, outlet."""


def words_of(text: str) -> Words:
    """Return the text's words as matching compares them."""
    return tuple(folded_words(text))


def find_headline(page: Outline, stated: Stated, title_element: str) -> Headline | None:
    """Return the page's headline, or None where nothing is one.

    A heading (or any visible line) that repeats a stated title is the headline as the reader sees it, the longest such
    text before shorter ones, ``h1`` before other elements. Else an ``h1`` that shares words with a stated title, else
    the stated title, the outlet's name cut off, else the first ``h1`` with text below it, else a heading
    right above the first running text.
    """
    parts = [part for part in _SEPARATOR.split(title_element) if part.strip()][:_MAX_PARTS]
    variants: dict[Words, str] = {}
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            variants.setdefault(words_of(" ".join(parts[start:end])), "title")
    for place, titles in reversed(stated.places("title")):
        for title in titles:
            variants[words_of(title)] = place
            for part in _SEPARATOR.split(title):
                variants.setdefault(words_of(part), place)
    variants.pop((), None)
    outlets = {words_of(name) for _, names in stated.places("outlet") for name in names}
    candidates = _candidates(page)

    best: tuple[tuple[float, ...], Headline] | None = None
    shortest = min(map(len, variants), default=0)
    for first, last, text, tag, furniture in candidates:
        if text.count(" ") + 1 < shortest // 2 or (furniture and best is not None and best[0][0]):
            continue
        words = words_of(text)
        match = _match(words, variants)
        if match is None or words in outlets or (len(words) == 1 and tag != "h1"):
            continue
        rank = (not furniture, min(len(words), 4), tag == "h1", tag in HEADINGS or tag == "title", len(words), -first)
        if best is None or rank > best[0]:
            best = (rank, Headline(text, f"{tag}, {match}", first, last, _rest(parts, words)))
    if best is not None and best[0][1] >= 2:
        return best[1]
    return _unconfirmed(page, candidates, stated, parts, outlets) or (best[1] if best else None)


def _candidates(page: Outline) -> list[Candidate]:
    found: list[Candidate] = []
    tags: list[str] = []
    furniture: list[bool] = []
    for node in page.nodes:
        above = node.parent
        heading = node.tag if node.tag in HEADINGS else tags[above] if above >= 0 and tags[above] in HEADINGS else ""
        tags.append(heading or ("title" if node.role == "title" else node.tag))
        furniture.append((above >= 0 and furniture[above]) or node.role in CUT_ROLES or node.role == "section")
        if (node.tag in HEADINGS or node.role == "title") and 1 < node.last - node.first <= _PARTS:
            text = " ".join(run.text for run in page.runs[node.first : node.last])
            found.append((node.first, node.last, text, tags[-1], furniture[-1]))
    for index, run in enumerate(page.runs):
        if len(run.text) <= _LONGEST:
            found.append((index, index + 1, run.text, tags[run.node], furniture[run.node]))
    return found


def _match(words: Words, variants: dict[Words, str]) -> str | None:
    if words in variants:
        return variants[words]
    if len(words) > _TRUNCATED_WORDS:
        for variant, place in variants.items():
            if _TRUNCATED_WORDS <= len(variant) < len(words) and words[: len(variant) - 1] == variant[:-1]:
                return place
    return None


def _unconfirmed(
    page: Outline,
    candidates: list[Candidate],
    stated: Stated,
    parts: list[str],
    outlets: set[Words],
) -> Headline | None:
    titles = [(title, place) for place, found in stated.places("title") for title in found]
    tops = [
        Headline(text, tag, first, last)
        for first, last, text, tag, furniture in candidates
        if tag == "h1" and not furniture and len(words_of(text)) >= _FEW_WORDS and words_of(text) not in outlets
    ]
    for top in tops:
        said = set(words_of(" ".join(parts + [title for title, _ in titles])))
        words = set(words_of(top.text))
        if len(words & said) >= _ALIKE * len(words):
            return top
    for title, place in titles:
        cut = _without_outlet(title, outlets)
        if len(words_of(cut)) >= _FEW_WORDS:
            return Headline(cut, place)
    for top in tops:
        if top.last is not None and any(run.prose for run in page.runs[top.last : top.last + _NEAR]):
            return top
    if len(parts) > 1:
        longest = max(parts, key=lambda part: len(words_of(part)))
        if len(words_of(longest)) >= _FEW_WORDS:
            return Headline(longest, "title", rest=tuple(part for part in parts if part != longest))
    return _above_text(page, candidates, outlets)


def _above_text(page: Outline, candidates: list[Candidate], outlets: set[Words]) -> Headline | None:
    """Return the last heading above the first running text, where it stands right above it and is no link."""
    text = next((at for at, run in enumerate(page.runs) if run.prose), 0)
    for first, last, heading, tag, furniture in reversed(candidates):
        if furniture or not max(0, text - _NEAR) <= first < last <= text or page.runs[first].links:
            continue
        if (
            (tag in HEADINGS or tag == "title")
            and len(words_of(heading)) >= _FEW_WORDS
            and words_of(heading) not in outlets
        ):
            return Headline(heading, f"{tag}, above the text", first, last)
    return None


def _without_outlet(title: str, outlets: set[Words]) -> str:
    for separator in _SEPARATOR.finditer(title):
        if words_of(title[separator.end() :]) in outlets:
            return title[: separator.start()]
        if words_of(title[: separator.start()]) in outlets:
            return title[separator.end() :]
    return title


def _rest(parts: list[str], words: Words) -> tuple[str, ...]:
    said = " ".join(words)
    return tuple(part for part in parts if " ".join(words_of(part)) not in said)
