"""Read a page: HTML → :class:`~pipeline.clean.html.page.Page`."""

from pipeline.clean.article import Removed
from pipeline.clean.block import Block
from pipeline.clean.html.choose import choose
from pipeline.clean.html.furniture import furniture
from pipeline.clean.html.outline import hints, outline
from pipeline.clean.html.page import Metadata, Page
from pipeline.clean.html.tree import parse


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
    cuts = furniture(page, None)
    chosen, reason = choose(page, cuts, None)
    node = page.nodes[chosen]
    blocks: list[Block] = []
    removed: list[Removed] = []
    for index, run in enumerate(page.runs):
        cut = cuts[index]
        if cut is None and node.first <= index < node.last:
            holder = page.nodes[run.node]
            blocks.append(Block(run.text, tag=holder.tag, hints=hints(page, run.node), link_share=run.link_share))
        elif cut is not None:
            removed.append(Removed(cut.kind, run.text, cut.reason))
        else:
            removed.append(Removed("navigation", run.text, "outside the main content"))
    return Page(tuple(blocks), tuple(removed), Metadata(), reason)
