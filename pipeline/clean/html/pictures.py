"""Captions and credits: the text that belongs to a picture."""

import re
from typing import Any, Final

from pipeline.clean.article import RemovedKind
from pipeline.clean.html.boxes import Box
from pipeline.clean.html.cut import Cut, Cuts, fill
from pipeline.clean.html.outline import Node, Outline, text_of
from pipeline.clean.html.prose import is_sentence

_CAPTION_WORDS: Final = 40
_BELOW_WORDS: Final = 16
"""Right below a picture without a box of its own, only so short a line is its caption."""
_TELLING: Final = 4
"""With fewer words the line beside an image may be its owner's name."""
_IMAGE_BOX: Final = re.compile(r"(?i)im(?:g|age)|photo|pic|thumb|figure|media")
_IMAGES: Final = ("img", "picture", "amp-img")


def cut_figures(page: Outline, cuts: Cuts) -> None:
    """Cut text in ``<figure>``: the picture's caption, or its credit where a ``<figcaption>`` stands beside it."""
    for node in page.nodes:
        if node.tag != "figure" or next(node.element.iter("blockquote", "table", "pre"), None) is not None:
            continue
        captioned = next(node.element.iter("figcaption"), None) is not None
        kind: RemovedKind = "source-credit" if captioned else "caption"
        fill(cuts, node.first, node.last, Cut(kind, "in a figure, beside its caption" if captioned else "in a figure"))


def cut_below_images(page: Outline, chosen: Node, cuts: Cuts, first: int) -> None:
    """Cut short lines right below an image, that are no sentences."""
    for at in range(first, chosen.last):
        run = page.runs[at]
        holder = page.nodes[run.node]
        if cuts[at] is not None or holder is chosen or holder.tag not in ("p", "div", "span", "small", "center"):
            continue
        if run.words > _BELOW_WORDS or is_sentence(run.text, run.words) or holder.last - holder.first > 1:
            continue
        before = holder.element.getprevious()
        if before is not None and before.tag in _IMAGES:
            cuts[at] = Cut("caption", "right below an image")
        elif run.words >= _TELLING and not run.links and (_holds_image(holder.element) or _is_image(before)):
            cuts[at] = Cut("caption", "beside or below an image in a box")


def _holds_image(element: Any) -> bool:
    return next(element.iter(*_IMAGES), None) is not None


def _is_image(element: Any) -> bool:
    """Whether an element holds an image, and no text or link of another article."""
    return element is not None and _holds_image(element) and not text_of(element)


def boxed_caption(box: Box) -> Cut | None:
    """One short text that shares a floated, sized or so named box with an image, and with nothing else."""
    if box.runs != 1 or box.first is None or box.node.tag not in ("table", "div", "span", "dl"):
        return None
    if box.first.words > _CAPTION_WORDS:
        return None
    element = box.node.element
    if next(element.iter(*_IMAGES), None) is None:
        return None
    style = (element.get("style") or "").lower()
    named = _IMAGE_BOX.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    if not (element.get("align") or element.get("width") or "float" in style or "width" in style or named):
        return None
    return Cut("caption", f"alone with an image in one {box.node.tag}")
