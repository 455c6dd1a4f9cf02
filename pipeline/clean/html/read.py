"""Read a page: HTML → :class:`~pipeline.clean.html.page.Page`."""

from collections.abc import Iterator
from typing import Final

from pipeline.clean.article import Removed
from pipeline.clean.block import Block
from pipeline.clean.furniture import phrase_of
from pipeline.clean.html.around import Around
from pipeline.clean.html.choose import choose
from pipeline.clean.html.cut import Cut, Cuts
from pipeline.clean.html.fields import read_meta, read_properties
from pipeline.clean.html.furniture import furniture
from pipeline.clean.html.headline import find_headline
from pipeline.clean.html.jsonld import read_jsonld
from pipeline.clean.html.metadata import weigh
from pipeline.clean.html.outline import Outline, hints, outline
from pipeline.clean.html.page import Metadata, Page
from pipeline.clean.html.prune import prune
from pipeline.clean.html.stated import Stated
from pipeline.clean.html.tree import parse
from pipeline.in_step import Steps, at_once

_RESCUE: Final = 200
"""Characters: a stated body so long, and twice as long as the visible one, is that of a page drawn by a script."""


def read_page(html: str) -> Page:
    """Take a page apart by its structure.

    Args:
        html: The decoded page.

    Raises:
        BadInputError: the page has too many tags to be read (``too-many-tags``).
    """
    return at_once(reading(html))


def reading(html: str) -> Steps[Page]:
    """Do what :func:`read_page` does, in steps (see :mod:`pipeline.in_step`)."""
    root = parse(html)
    if root is None:
        return Page((), (), Metadata(), "the page holds no text")
    yield
    page = outline(root)
    yield
    stated = Stated()
    read_jsonld(root, stated)
    read_meta(root, stated)
    for mark in page.marks:
        read_properties(mark.element, stated)
    yield
    headline = find_headline(page, stated, "".join(text for title in root.iter("title") for text in title.itertext()))
    yield
    cuts = furniture(page, headline.first if headline else None)
    index, reason = choose(page, cuts, headline.last if headline else None)
    chosen = page.nodes[index]
    yield
    kept = prune(page, chosen, cuts, headline)
    yield
    around = Around(root, page, cuts, headline, chosen, kept)
    around.state(stated)
    yield
    blocks = _blocks(page, kept)
    if sum(map(len, stated.body)) >= max(_RESCUE, 2 * sum(len(block.text) for block in blocks)):
        blocks = tuple(Block(line, hints=frozenset({"articlebody"})) for line in stated.body)
        reason = "the body that JSON-LD states: the page itself shows less than half of it"
    return Page(blocks, tuple(_removed(page, cuts, set(kept))), weigh(stated, headline, around), reason)


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
            phrase = phrase_of(run.text)
            if phrase is not None and phrase.kind != "navigation":
                cut = Cut(phrase.kind, f"{cut.reason}; phrase: {phrase.text}")
        yield Removed(cut.kind, run.text, cut.reason)
