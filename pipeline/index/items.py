"""The lines of bulk requests: one item a document, in chunks bounded by bytes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Item:
    """One document of a request."""

    position: int
    """Place among all documents that are loaded."""
    id: str
    lines: bytes
    """The action's line and the document's, ready to be sent."""


def lines_of(action: str, id_: str, document: Document | None = None, **conditions: Any) -> bytes:
    """Return the action's line, with its conditions (``if_seq_no`` …), and the document's where it has one."""
    head = orjson.dumps({action: {"_id": id_, **conditions}}) + b"\n"
    if document is None:
        return head
    try:
        return head + orjson.dumps(document) + b"\n"
    except orjson.JSONEncodeError:  # lone surrogates, out of file names that are not UTF-8: no JSON can carry them
        return head + json.dumps(document, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def chunks(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    """Yield the items in order, in lists of at most ``size`` bytes; a larger item has a list of its own."""
    chunk: list[Item] = []
    held = 0
    for item in items:
        if chunk and held + len(item.lines) > size:
            yield chunk
            chunk, held = [], 0
        chunk.append(item)
        held += len(item.lines)
    if chunk:
        yield chunk
