"""What stands around the article and tells of it: dates, bylines, captions, breadcrumbs, the imprint."""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import groupby, islice
from typing import Any, Final

from pipeline.clean.html.cut import Cut, Cuts
from pipeline.clean.html.head import LABELS
from pipeline.clean.html.headline import Headline, Words, words_of
from pipeline.clean.html.outline import Mark, Node, Outline, text_of
from pipeline.clean.html.stated import Stated
from pipeline.clean.sections import is_root, is_section, stated_section
from pipeline.clean.words import folded_words

_NEAR: Final = 8
"""A date or a byline stands within so many runs of the title or of the content."""
_BY_TITLE: Final = 3
"""The name of a section within so many runs of the title is the article's."""
_MOST_LINKS: Final = 30
_SECTION_LENGTH: Final = 40
_CRUMB_WORDS: Final = 16
_LINE_LENGTH: Final = 200
_RIGHTS: Final = re.compile(
    r"[©حRrDdCc(م](?:(?<=©)|(?<=ح)قوق|(?<=م)(?:حفوظ است|افەکان)|"
    r"(?i:(?<=r)ights reserved|(?<=d)roits réservés|(?<=c)opyright|(?<=\()c\)))"
)
"""Begins with a set of letters, so that it is searched for fast."""
_LONGEST_HOME: Final = 14
_HOME: Final = re.compile(r"(?:\./|/|(?:/?(?:index|default|home)\.\w{3,5}))", re.IGNORECASE)
_UPDATED: Final = frozenset({"updated", "modified"})
_PUBLISHED: Final = frozenset({"published", "entry-date"})


class Around:
    """A page around its article."""

    def __init__(
        self, root: Any, page: Outline, cuts: Cuts, headline: Headline | None, chosen: Node, kept: list[int]
    ) -> None:
        self._root = root
        self._page = page
        self._cuts = cuts
        self._kept = kept
        self._title = headline.text if headline is not None else ""
        self._at = headline.first if headline is not None and headline.first is not None else chosen.first
        self._content = chosen.first
        self._first = max(0, min(self._at, chosen.first) - _NEAR)
        self._last = min(len(page.runs), chosen.last + _NEAR)

    @property
    def date_lines(self) -> tuple[str, ...]:
        """Dates by the article; what stands above the title is the day's date, where one stands below it."""
        found = [at for at in self._of("dateline") if any(letter.isdigit() for letter in self._page.runs[at].text)]
        above = [at for at in range(self._content, self._at) if self._is_date(at)]
        return self._texts([at for at in found if at > self._at] or found or above)

    @property
    def header_lines(self) -> tuple[str, ...]:
        """Dates above the title."""
        return self._texts(at for at in range(self._at) if self._is_date(at))

    @property
    def comment_lines(self) -> tuple[str, ...]:
        """Dates among readers' comments."""
        found = (at for at, cut in enumerate(self._cuts) if cut is not None and cut.kind == "comments")
        return self._texts(at for at in found if self._is_date(at))

    @property
    def byline_lines(self) -> tuple[str, ...]:
        """Bylines, those below the title first."""
        return self._texts(sorted(self._of("byline"), key=lambda at: (at < self._at, at)))

    @property
    def below_title(self) -> tuple[str, ...]:
        """Short lines between the title and the content that nothing names: a byline may be among them."""
        found = []
        for at in range(self._at, self._last):
            cut = self._cuts[at]
            if (cut is None and at < self._content) or (cut is not None and cut.reason == LABELS):
                found.append(at)
        return self._texts(at for at in found if len(self._page.runs[at].text) <= _LINE_LENGTH)

    @property
    def captions(self) -> tuple[str, ...]:
        """Captions in the order of the page; the parts of one are joined."""
        groups = groupby(self._of("caption"), key=lambda at: id(self._cuts[at]))
        return tuple(dict.fromkeys(" ".join(self._page.runs[at].text for at in group) for _, group in groups))

    @cached_property
    def imprint(self) -> tuple[str, ...]:
        """Copyright lines, anywhere in the page."""
        return tuple(run.text for run in self._page.runs if len(run.text) <= _LINE_LENGTH and _RIGHTS.search(run.text))

    @cached_property
    def own_names(self) -> set[Words]:
        """What the page's images are called, and the links to its first page: the outlet's name is among them."""
        names = {words_of(image.get("alt") or image.get("title") or "") for image in self._root.iter("img")}
        links = ((link, link.get("href") or "") for link in self._root.iter("a"))
        homes = (link for link, to in links if len(to) <= _LONGEST_HOME and _HOME.fullmatch(to))
        return names | {words_of(text_of(link)) for link in homes}

    @cached_property
    def visible_words(self) -> str:
        """All words of the page, folded."""
        return _words(run.text for run in self._page.runs)

    @cached_property
    def article_words(self) -> str:
        """The words of the title and the main content, folded."""
        return _words([self._title, *(self._page.runs[at].text for at in self._kept)])

    def state(self, stated: Stated) -> None:
        """Add what elements by the article state: ``<time>``, author and tag links, breadcrumbs, the section's name."""
        above = range(max(0, self._at - _BY_TITLE), self._at)
        named = sum(is_section(folded_words(self._page.runs[at].text)) for at in above)
        in_menu = named > 1 and not self._stands_twice(self._at - 1)
        start = self._at if in_menu or not self._title else self._at - 1 if named > 1 else above.start
        for at in range(start, min(self._at + _BY_TITLE + 1, len(self._page.runs))):
            run, cut = self._page.runs[at], self._cuts[at]
            unknown = cut is None or cut.reason == "above the title"
            if unknown and self._page.nodes[run.node].tag != "li" and run.words <= _CRUMB_WORDS:
                stated.add("section", "markup", stated_section(run.text))
                words = folded_words(run.text)
                if is_section(words) and not (is_root(words) and run.links):
                    stated.add("crumbs", "title", run.text)
        below: list[str] = []
        for mark in self._page.marks:
            if mark.role == "section" and mark.run <= max(self._at + 2, self._content):
                own = [text for text in (text_of(mark.element),) if len(text) <= _SECTION_LENGTH]
                for part in _link_texts(mark.element) or own:
                    stated.add("crumbs", "markup", part)
            elif mark.role == "section" and self._content < mark.run < self._last and not self._is_listed(mark.run):
                below = below or [text for text in _link_texts(mark.element) if is_section(folded_words(text))]
            cut = self._cuts[mark.run] if mark.run < len(self._cuts) else None
            if self._first <= mark.run < self._last and (cut is None or cut.kind not in ("comments", "related")):
                self._state_mark(mark, stated)
        if below and not stated.places("crumbs"):
            stated.add("crumbs", "markup", below[0])

    def _stands_twice(self, at: int) -> bool:
        """Whether a run above the title stands farther above too, as a section's name does in the menu."""
        return any(run.text == self._page.runs[at].text for run in self._page.runs[:at])

    def _is_listed(self, at: int) -> bool:
        """Whether a run stands among the headlines of other articles."""
        cut = self._cuts[at] if at < len(self._cuts) else None
        return cut is not None and cut.kind == "related"

    def _state_mark(self, mark: Mark, stated: Stated) -> None:
        element = mark.element
        relations = (element.get("rel") or "").split()
        if element.tag == "time" or mark.role == "date":
            classes = set((element.get("class") or "").split())
            if classes & _PUBLISHED or not (classes & _UPDATED or element.get("itemprop") == "dateModified"):
                stated.add("published", "time", element.get("datetime") or element.get("title"))
        elif element.get("itemprop") == "about" and len(text_of(element)) <= _SECTION_LENGTH:
            stated.add("section", "markup", text_of(element))
        elif element.tag == "a" and "author" in relations:
            stated.add("authors", "markup", text_of(element))
        elif element.tag == "a" and "tag" in relations:
            stated.add("section" if "category" in relations else "tags", "markup", text_of(element))
        elif mark.role == "tags" and mark.run > self._at:
            for part in _link_texts(element):
                stated.add("tags", "markup", part)

    def _of(self, kind: str) -> list[int]:
        def is_kind(cut: Cut | None) -> bool:
            return cut is not None and cut.kind == kind

        return [at for at in range(self._first, self._last) if is_kind(self._cuts[at])]

    def _is_date(self, at: int) -> bool:
        return self._page.runs[at].dated

    def _texts(self, found: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._page.runs[at].text for at in found))


def _words(texts: Iterable[str]) -> str:
    return " ".join(words_of(" ".join(texts)))


def _link_texts(element: Any) -> list[str]:
    links = [element] if element.tag == "a" else islice(element.iter("a"), _MOST_LINKS)
    return [text_of(link) for link in links]
