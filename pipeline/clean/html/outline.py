"""Walk a page's tree once, into a flat outline: elements that matter, and runs of text in reading order.

An element covers a contiguous range of runs, so any question about a subtree is a question about a range, and no other
module walks the tree. The walk keeps its own stack: nesting costs no recursion.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from pipeline.clean.html.prose import is_date_line, is_prose, worth
from pipeline.clean.html.roles import element_role, names_of
from pipeline.clean.html.tags import BLOCKS, SKIPPED
from pipeline.clean.html.vocabulary import CUT_ROLES, Role

_STATES_FACTS: Final = frozenset({"byline", "date", "section", "tags", "title"})
_STATING_ATTRIBUTES: Final = frozenset({"itemprop", "property", "rel"})
_OWN_RUN: Final = CUT_ROLES | {"byline", "date", "title", "section", "hidden"}
"""Roles that make even an inline element's text a run of its own."""
_SHORT: Final = 60
"""Characters of a line that is no sentence yet."""
_LONGEST_LINK: Final = 800
"""Characters: the longest teaser that is one link."""


@dataclass(slots=True)
class Node:
    """An element that breaks text into runs."""

    tag: str
    parent: int
    """Index of the nearest such element around it; -1 for the root."""
    element: Any
    role: Role | None
    why: str
    """What gave it its role: ``class related-posts``, ``aside element``."""
    first: int
    """Index of its first run."""
    last: int = 0
    """Index after its last run."""


@dataclass(slots=True)
class Run:
    """Text between two breaks."""

    text: str
    """Whitespace collapsed; never empty."""
    node: int
    """Index of the element that holds it."""
    words: int
    links: int
    """Links that begin in it."""
    link_share: float
    """Share of its characters in links, 0 to 1."""
    prose: bool
    """Whether it is running text."""
    worth: float
    """What it says for or against the article being here (:func:`~pipeline.clean.html.prose.worth`)."""
    dated: bool
    """Whether it is a short line with a date (:func:`~pipeline.clean.html.prose.is_date_line`)."""


@dataclass(slots=True)
class Mark:
    """An element, block or not, that may state a fact of the article."""

    element: Any
    role: Role | None
    run: int
    """Index of the run in which it stands or begins."""


@dataclass(slots=True)
class Outline:
    """A page as elements and runs of text, both in reading order."""

    nodes: list[Node] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def ancestors(self, node: int) -> Iterator[int]:
        """Yield the element and those around it, inside out."""
        while node >= 0:
            yield node
            node = self.nodes[node].parent

    def children(self, inside: range) -> dict[int, list[Node]]:
        """Return the elements whose runs, one at least, stand inside a range of runs, by the element around them."""
        found: dict[int, list[Node]] = {}
        for node in self.nodes:
            if inside.start <= node.first < node.last <= inside.stop:
                found.setdefault(node.parent, []).append(node)
        return found


def outline(root: Any) -> Outline:
    """Return the outline of a page's tree."""
    result = Outline()
    nodes, runs = result.nodes, result.runs
    text: list[str] = []
    in_links: list[str] = []
    current = -1
    links = 0
    link_starts = 0
    item_end = 0  # how many parts the run had when its last link, or box of a line, ended

    def end_run() -> None:
        nonlocal link_starts
        whole = "".join(text)
        for line in whole.splitlines() if nodes[current].tag == "pre" else (whole,):
            collapsed = " ".join(line.split())
            if collapsed:
                linked = " ".join("".join(in_links).split()) if in_links else ""
                runs.append(_run(collapsed, current, linked, link_starts))
        text.clear()
        in_links.clear()
        link_starts = 0

    # An entry is an element whose children are being read: they, its tail, whether it made a node, is a link, an item.
    stack: list[tuple[Iterator[Any], str | None, bool, bool, bool]] = [(iter((root,)), None, False, False, False)]
    while stack:
        child = next(stack[-1][0], None)
        if child is None:
            _, tail, made_node, made_link, made_item = stack.pop()
            if made_node:
                if text:
                    end_run()
                nodes[current].last = len(runs)
                current = nodes[current].parent
            links -= made_link
            if made_item:
                item_end = len(text)
        else:
            tag = child.tag
            tail = child.tail
            if tag == "br" or tag == "hr":
                if text:
                    end_run()
            elif tag in SKIPPED:
                if not _STATING_ATTRIBUTES.isdisjoint(child.attrib):
                    result.marks.append(Mark(child, None, len(runs)))
            elif isinstance(tag, str):
                attributes = dict(child.items())  # each look at an element's own is a walk over them
                role, why = element_role(tag, attributes)
                if role in _STATES_FACTS or tag == "time" or not _STATING_ATTRIBUTES.isdisjoint(attributes):
                    result.marks.append(Mark(child, role, len(runs)))
                makes_node = tag in BLOCKS or (role in _OWN_RUN and not _inside_a_sentence(text, tail))
                if makes_node:
                    if text:
                        end_run()
                    nodes.append(Node(tag, current, child, role, why, len(runs)))
                    current = len(nodes) - 1
                is_link = tag == "a" and _is_link(child, attributes)
                is_item = is_link or (tag == "span" and "class" in attributes)
                if is_item and text and len(text) == item_end and (is_link or sum(map(len, text)) < _SHORT):
                    text.append(" ")  # two links, or boxes of a short line, side by side are two items
                links += is_link
                link_starts += is_link
                inner = child.text
                if inner and (text or not inner.isspace()):
                    text.append(inner)
                    if links:
                        in_links.append(inner)
                stack.append((iter(child[:]), tail, makes_node, is_link, is_item))
                continue
        if tail and (text or not tail.isspace()):
            text.append(tail)
            if links:
                in_links.append(tail)
    if text:
        end_run()
    return result


def _is_link(anchor: Any, attributes: dict[str, str]) -> bool:
    """Tell whether an anchor is a link, and not a place's name, nor so long that its end tag was forgotten."""
    if "name" in attributes and "href" not in attributes:
        return False
    return not len(anchor) or sum(map(len, anchor.itertext())) <= _LONGEST_LINK


def _run(text: str, node: int, linked: str, links: int) -> Run:
    length = len(text)
    words = text.count(" ") + 1
    link_share = min(1.0, len(linked) / length)
    prose = is_prose(text, words, link_share)
    value = worth(length, words, link_share, prose)
    return Run(text, node, words, links, link_share, prose, value, is_date_line(text, words))


def _inside_a_sentence(before: list[str], tail: str | None) -> bool:
    """Tell whether an inline element stands in running text: much text before it on its line, or after it."""
    return sum(map(len, before)) > _SHORT or len(tail or "") > _SHORT


def text_of(element: Any) -> str:
    """Return the text of a small element; of a large one, its beginning."""
    return "".join(islice(element.itertext(), 100))[:2_000]


def hints(page: Outline, node: int, known: dict[int, frozenset[str]]) -> frozenset[str]:
    """Return the words of the class, id, role, itemprop and property values of an element and its ancestors.

    Args:
        page: The outline.
        node: Index of the element.
        known: What was returned for other elements of the page; it grows.
    """
    unknown = []
    while node >= 0 and node not in known:
        unknown.append(node)
        node = page.nodes[node].parent
    words = known[node] if node >= 0 else frozenset()
    for index in reversed(unknown):
        own = names_of(page.nodes[index].element)
        if not own <= words:
            words = words | own
        known[index] = words
    return words
