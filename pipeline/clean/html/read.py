"""Read a page: HTML → :class:`~pipeline.clean.html.page.Page`."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Any, Final

from pipeline.clean.article import Removed
from pipeline.clean.block import Block
from pipeline.clean.furniture import find_phrase
from pipeline.clean.html.choose import choose
from pipeline.clean.html.fields import read_meta, read_microdata
from pipeline.clean.html.furniture import Cut, Cuts, furniture
from pipeline.clean.html.head import is_date_line
from pipeline.clean.html.headline import Headline, find_headline, words_of
from pipeline.clean.html.jsonld import LINE, read_jsonld
from pipeline.clean.html.metadata import weigh
from pipeline.clean.html.outline import Node, Outline, hints, outline, text_of
from pipeline.clean.html.page import Metadata, Page
from pipeline.clean.html.prune import prune
from pipeline.clean.html.stated import Stated
from pipeline.clean.html.tree import parse
from pipeline.clean.sections import is_section, stated_section
from pipeline.clean.words import folded_words

_RESCUE: Final = 200
"""Characters: a stated body so long, and twice as long as the visible one, is that of a page drawn by a script."""
_BY_TITLE: Final = 3
"""The name of a section within so many runs of the title is the article's."""
_RIGHTS: Final = re.compile(r"حقوق|rights reserved|droits réservés|copyright|\(c\)|محفوظ است|مافەکان", re.IGNORECASE)
_MOST_LINKS: Final = 30
_NEAR: Final = 8
"""A date or a byline stands within so many runs of the title or of the content."""


def read_page(html: str) -> Page:
    """Take a page apart by its structure.

    Args:
        html: The decoded page.

    Raises:
        BadInputError: the page has too many tags to be read (``too-many-tags``).
    """
    root = parse(html)
    if root is None:
        return Page((), (), Metadata(), "the page holds no text")
    page = outline(root)
    stated = Stated()
    read_jsonld(root, stated)
    read_meta(root, stated)
    for mark in page.marks:
        if "itemprop" in mark.element.attrib:
            read_microdata(mark.element, stated)
    headline = find_headline(page, stated, "".join(text for title in root.iter("title") for text in title.itertext()))
    cuts = furniture(page, headline.first if headline else None)
    index, reason = choose(page, cuts, headline.last if headline else None)
    chosen = page.nodes[index]
    kept = prune(page, chosen, cuts, headline)
    lines = _Lines(page, cuts, headline, chosen)
    lines.state(stated)
    metadata = weigh(
        stated,
        headline,
        lambda: _words(run.text for run in page.runs),
        _words([headline.text if headline else "", *(page.runs[at].text for at in kept)]),
        lines.of("dateline"),
        [run.text for run in page.runs[: lines.title] if is_date_line(run)],
        [
            run.text
            for run, cut in zip(page.runs, cuts, strict=True)
            if cut and cut.kind == "comments" and is_date_line(run)
        ],
        lines.of("byline"),
        lines.of("caption"),
        [run.text for run in page.runs if len(run.text) <= 200 and ("©" in run.text or _RIGHTS.search(run.text))],
        root,
    )
    blocks = _blocks(page, kept)
    body = next((value for _, values in stated.places("body") for value in values), "")
    if len(body) >= max(_RESCUE, 2 * sum(len(block.text) for block in blocks)):
        blocks = tuple(Block(line, hints=frozenset({"articlebody"})) for line in body.split(LINE) if line.strip())
        reason = "the body that JSON-LD states: the page itself shows less than half of it"
    return Page(blocks, tuple(_removed(page, cuts, set(kept))), metadata, reason)


class _Lines:
    """The lines around the article that tell of it: dates, bylines, captions, breadcrumbs."""

    def __init__(self, page: Outline, cuts: Cuts, headline: Headline | None, chosen: Node) -> None:
        self.page = page
        self.cuts = cuts
        title = headline.first if headline is not None and headline.first is not None else chosen.first
        self.title = title
        self.first = max(0, min(title, chosen.first) - _NEAR)
        self.last = min(len(page.runs), chosen.last + _NEAR)

    def of(self, kind: str) -> list[str]:
        """Return the texts of a kind that stand by the article, those below the title first."""
        found = [at for at in range(self.first, self.last) if (cut := self.cuts[at]) is not None and cut.kind == kind]
        if kind == "dateline" and any(at > self.title for at in found):
            found = [at for at in found if at > self.title]  # what stands above is the day's date, not the article's
        found.sort(key=lambda at: (at < self.title, at))
        if kind == "caption":
            return [" ".join(self.page.runs[at].text for at in group) for group in self._groups(found)]
        texts = [self.page.runs[at].text for at in found]
        return [text for text in texts if kind != "dateline" or any(letter.isdigit() for letter in text)]

    def _groups(self, found: list[int]) -> Iterator[list[int]]:
        """Yield the runs that one element's cut holds, together."""
        for _, group in groupby(sorted(found), key=lambda at: id(self.cuts[at])):
            yield list(group)

    def state(self, stated: Stated) -> None:
        """Add what elements by the article state: ``<time>``, author and tag links, breadcrumbs."""
        for at in range(max(0, self.title - _BY_TITLE), min(self.title + _BY_TITLE + 1, len(self.page.runs))):
            run, cut = self.page.runs[at], self.cuts[at]
            unknown = cut is None or cut.reason == "above the title"
            if unknown and self.page.nodes[run.node].tag != "li" and len(run.text) <= 120:
                stated.add("section", "markup", stated_section(run.text))
                if is_section(folded_words(run.text)):
                    stated.add("crumbs", "title", run.text)
        for mark in self.page.marks:
            cut = self.cuts[mark.run] if mark.run < len(self.cuts) else None
            element = mark.element
            if mark.role == "section" and mark.run <= self.title + 2:
                for part in _link_texts(element) or [text for text in [text_of(element)] if len(text) <= 40]:
                    stated.add("crumbs", "markup", part)
            if not self.first <= mark.run < self.last or (cut and cut.kind in ("comments", "related")):
                continue
            relations = (element.get("rel") or "").split()
            if element.tag == "time" and "updated" not in (element.get("class") or ""):
                stated.add("published", "time", element.get("datetime"))
            elif "author" in relations and element.tag == "a":
                stated.add("authors", "markup", text_of(element))
            elif "tag" in relations and element.tag == "a":
                if "category" in relations:
                    stated.add("section", "markup", text_of(element))
                else:
                    stated.add("tags", "markup", text_of(element))
            elif mark.role == "tags" and mark.run > self.title:
                for part in _link_texts(element):
                    stated.add("tags", "markup", part)


def _words(texts: Iterable[str]) -> str:
    return " ".join(words_of(" ".join(texts)))


def _link_texts(element: Any) -> list[str]:
    links = [element] if element.tag == "a" else islice(element.iter("a"), _MOST_LINKS)
    return [text_of(link) for link in links]


def _blocks(page: Outline, kept: list[int]) -> tuple[Block, ...]:
    known: dict[int, frozenset[str]] = {}
    runs = [page.runs[at] for at in kept]
    return tuple(
        Block(run.text, tag=page.nodes[run.node].tag, hints=hints(page, run.node, known), link_share=run.link_share)
        for run in runs
    )


def _removed(page: Outline, cuts: Cuts, kept: set[int]) -> Iterator[Removed]:
    for index, (run, cut) in enumerate(zip(page.runs, cuts, strict=True)):
        if index in kept:
            continue
        if cut is None:
            headline_like = run.link_share > 0.5 and run.words >= 4
            cut = Cut("related" if headline_like else "navigation", "outside the main content")
        if cut.kind == "navigation" and len(run.text) <= 80:
            words = folded_words(run.text)
            phrase = find_phrase(words, len(words))
            if phrase is not None and phrase.kind != "navigation":
                cut = Cut(phrase.kind, f"{cut.reason}; phrase: {phrase.text}")
        yield Removed(cut.kind, run.text, cut.reason)
