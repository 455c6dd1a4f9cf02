"""One raw file → one clean article: blocks, evidence, decisions, fields, repairs.

Each is a step; :func:`cleaning` lets many files take them side by side (see :mod:`pipeline.in_step`).
"""

from dataclasses import replace
from itertools import islice
from typing import Final

from pipeline.clean.article import CleanArticle, Removed, Repair
from pipeline.clean.decision import Decision, Layout
from pipeline.clean.fields import Fields, read_fields
from pipeline.clean.html import reading
from pipeline.clean.inline import find_links
from pipeline.clean.layout import lay_out
from pipeline.clean.lines import split_lines
from pipeline.clean.opening import part_opening
from pipeline.clean.page_fields import page_fields
from pipeline.clean.repair import repair
from pipeline.clean.repair.mojibake import mojibake
from pipeline.clean.repetition.repeated import Repeated
from pipeline.clean.trailing import find_trailing
from pipeline.errors import BadInputError
from pipeline.in_step import Steps, at_once
from pipeline.sources.raw import RawFile

MOST_LINES: Final = 100_000
"""A page with long menus and a thousand comments has some thousand lines."""

_MOST_RECORDED: Final = 50
"""Words of a wholly misread file that are recorded as mended."""


def clean(raw: RawFile, repeated: Repeated | None = None) -> CleanArticle:
    """Take the furniture out of a raw file and mend what stays.

    Args:
        raw: The file.
        repeated: The lines that its source repeats from file to file; None where nothing is known of it.

    Raises:
        BadInputError: the file holds no text, or no article.
    """
    return at_once(cleaning(raw, repeated))


def cleaning(raw: RawFile, repeated: Repeated | None = None) -> Steps[CleanArticle]:
    """Do what :func:`clean` does, in steps."""
    return _clean_page(raw.text, repeated) if raw.format == "html" else _clean_text(raw.text, repeated)


def clean_text(text: str, repeated: Repeated | None = None) -> CleanArticle:
    """Clean a text file's contents (see :func:`clean`).

    Raises:
        BadInputError: no text (``no-text``), no running text (``no-article``), too many lines (``too-many-lines``).
    """
    return at_once(_clean_text(text, repeated))


def _clean_text(text: str, repeated: Repeated | None) -> Steps[CleanArticle]:
    if text.count("\n") > MOST_LINES:
        raise BadInputError("too-many-lines", f"has more than {MOST_LINES:,} lines: no article, but data or a log")
    text, misread = mojibake(text)
    yield
    blocks = part_opening(split_lines(text))
    yield
    layout = yield from lay_out(blocks, repeated)
    removed: list[Removed] = []
    body = _body(layout, removed)
    yield
    fields = yield from read_fields(layout)
    article = yield from _mended(fields, body, removed)
    repairs = [Repair("mojibake", before, after) for before, after in islice(misread.items(), _MOST_RECORDED)]
    return replace(article, repairs=(*repairs, *article.repairs)) if repairs else article


def clean_page(html: str, repeated: Repeated | None = None) -> CleanArticle:
    """Clean an HTML page: its structure proposes the article, the rules about text have the last word."""
    return at_once(_clean_page(html, repeated))


def _clean_page(html: str, repeated: Repeated | None) -> Steps[CleanArticle]:
    page = yield from reading(html)
    yield
    layout = yield from lay_out(page.blocks, repeated, chosen=True, titled=page.metadata.title is not None)
    removed = list(page.removed)
    body = _body(layout, removed)
    yield
    fields = yield from page_fields(page, layout)
    return (yield from _mended(fields, body, removed))


def _body(layout: Layout, removed: list[Removed]) -> str:
    """Return the article's text, and put what goes into ``removed``."""
    if not layout.decisions:
        raise BadInputError("no-text", "holds no text; nothing to do")
    paragraphs: list[str] = []
    for decision in layout.decisions:
        if decision.kept:
            paragraphs += _without_links(decision, removed)
        elif decision.kind is not None:
            block = decision.evidence.block
            removed.append(Removed(decision.kind, block.text, decision.reason, block.start, block.end))
    if not paragraphs:
        raise BadInputError("no-article", "holds no running text; is it a menu or a list of links?")
    return "\n".join(paragraphs)


def _without_links(decision: Decision, removed: list[Removed]) -> list[str]:
    """Return the block's text as paragraphs (one, or none) without its inline links, which go to ``removed``."""
    block = decision.evidence.block
    trailing = find_trailing(block.text)
    links = find_links(block.text[: trailing.start] if trailing else block.text)
    if trailing:
        links.append(trailing)
    elif not links:
        is_plain = block.text.isprintable() and "  " not in block.text
        return [block.text if is_plain else " ".join(block.text.split())]
    kept: list[str] = []
    position = 0
    for link in links:
        kept.append(block.text[position : link.start])
        position = link.end
        start = None if block.start is None else block.start + link.start
        end = None if block.start is None else block.start + link.end
        removed.append(Removed(link.kind, block.text[link.start : link.end], link.reason, start, end))
    kept.append(block.text[position:])
    text = " ".join(" ".join(part.split()) for part in kept if part.strip())
    return [text] if text else []


def _mended(fields: Fields, body: str, removed: list[Removed]) -> Steps[CleanArticle]:
    repairs: list[Repair] = []

    def mend(text: str) -> str:
        mended, made = repair(text)
        repairs.extend(made)
        return mended

    def mend_all(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(mend(text) for text in texts)

    title = mend(fields.title) if fields.title else None
    yield
    body = mend(body)
    yield
    return CleanArticle(
        title=title,
        title_inferred=False,
        body=body,
        captions=mend_all(fields.captions),
        published_at=fields.published_at,
        published_precision=fields.published_precision,
        published_inferred=fields.published_inferred,
        authors=mend_all(fields.authors),
        outlet=mend(fields.outlet) if fields.outlet else None,
        section=mend(fields.section) if fields.section else None,
        tags=mend_all(fields.tags),
        removed=tuple(removed),
        repairs=tuple(repairs),
    )
