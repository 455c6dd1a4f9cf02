"""What was removed from an article, and what was mended: shown in its raw file where that can be had."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pipeline.serve.marks import Piece, Span, pieces
from pipeline.sources.raw import RawFile

_MOST = 40_000
"""Characters of a raw file that a page shows; of a longer one, long stretches that stayed are shortened."""
_ENDS = 400
"""Characters left at each end of such a stretch."""
_MOST_LISTED = 200
"""Cuts or repairs that are listed."""
_MOST_CUT = 2_000
"""Characters of one cut that are listed."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a stretch of the raw file."""

    kind: str
    reason: str = ""
    after: str | None = None
    """What stands there now; None: it was cut."""
    skipped: int = 0
    """Characters that stayed and are not shown here."""


@dataclass(frozen=True, slots=True)
class Removal:
    """Everything that was cut or mended."""

    raw: list[Piece[Change]] | None
    """The raw file; None where it is gone, has changed, or is HTML, whose text stands elsewhere than in the file."""
    removed: list[dict[str, Any]]
    repairs: list[dict[str, Any]]
    unlisted: int
    """Cuts and repairs that are too many to list."""


def removal(document: Mapping[str, Any], raw: RawFile | None) -> Removal:
    """Return what was removed from a document, in its raw file if that is at hand."""
    removed, repairs = list(document.get("removed") or ()), list(document.get("repairs") or ())
    placed = [cut for cut in removed if cut.get("start") is not None and cut.get("end") is not None]
    shown = None
    if raw is not None and raw.format == "text" and len(placed) == len(removed):
        shown = list(_in_raw(raw.text, placed, repairs))
    return Removal(
        raw=shown,
        removed=[{**cut, "text": cut["text"][:_MOST_CUT]} for cut in removed[:_MOST_LISTED]],
        repairs=repairs[:_MOST_LISTED],
        unlisted=max(0, len(removed) - _MOST_LISTED) + max(0, len(repairs) - _MOST_LISTED),
    )


def _in_raw(text: str, cuts: list[dict[str, Any]], repairs: list[dict[str, Any]]) -> Iterator[Piece[Change]]:
    spans = [Span(cut["start"], cut["end"], Change(cut["kind"], cut.get("reason") or "")) for cut in cuts]
    room = _MOST
    for piece in pieces(text, [*spans, *_mended(text, spans, repairs)]):
        long = len(text) > _MOST and len(piece.text) > 2 * _ENDS
        if long and (piece.mark is None or room < len(piece.text)):
            skipped = Change("skipped", skipped=len(piece.text) - 2 * _ENDS)
            yield Piece(piece.text[:_ENDS], piece.mark, piece.start)
            yield Piece("", skipped, piece.start + _ENDS)
            yield Piece(piece.text[-_ENDS:], piece.mark, piece.start + len(piece.text) - _ENDS)
        elif room > 0:
            yield piece
        room -= min(len(piece.text), 2 * _ENDS if long else len(piece.text))


def _mended(text: str, cuts: list[Span[Change]], repairs: list[dict[str, Any]]) -> Iterator[Span[Change]]:
    """Yield where repairs were made: a repair is recorded once, and was made wherever the same word stands."""
    for repair in repairs[:_MOST_LISTED]:
        before = repair["before"]
        if not before.strip():
            continue
        begins, ends = (r"(?<!\w)" if before[0].isalnum() else ""), (r"(?!\w)" if before[-1].isalnum() else "")
        for found in re.finditer(begins + re.escape(before) + ends, text):
            if not any(cut.start < found.end() and found.start() < cut.end for cut in cuts):
                yield Span(found.start(), found.end(), Change(repair["kind"], after=repair["after"]))
