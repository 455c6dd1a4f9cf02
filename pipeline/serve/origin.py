"""The raw file that an article was made from, if it still lies where a run read it and is still the same."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipeline.errors import BadInputError
from pipeline.sources.raw import ListedFile, RawFile
from pipeline.sources.reading import raw_file, read_file

MAX_BYTES = 2_000_000
"""Larger raw files are not shown."""
_BEGINNING = 600
"""Bytes of a file that could not become an article."""


def raw_of(source: dict[str, Any], roots: Iterable[str]) -> RawFile | None:
    """Return the file of an article's ``source``, read from the first root that still holds it with the same bytes.

    Args:
        source: the document's provenance: ``name``, ``path``, ``sha256``.
        roots: folders or addresses that runs have read as this source.
    """
    for root in roots:
        listed = _listed(source["name"], source["path"], root)
        try:
            raw = read_file(listed, max_bytes=MAX_BYTES) if listed else None
        except (BadInputError, OSError, ValueError, ImportError):  # gone, or moved to where we can't look: try the next
            continue
        if raw and raw.sha256 == source["sha256"]:
            return raw
    return None


def beginning(source: str, path: str, roots: Iterable[str]) -> str | None:
    """Return the first characters of a file that was quarantined, as far as they can be read; None if it is gone."""
    for root in roots:
        listed = _listed(source, path, root)
        if listed is None or "://" in listed.location:
            continue  # a bucket would be asked once for every line of a table
        try:
            descriptor = os.open(listed.location, os.O_RDONLY | os.O_NONBLOCK)
            with os.fdopen(descriptor, "rb") as stream:
                return _readable(listed, stream.read(_BEGINNING))
        except OSError:
            continue
    return None


def _readable(listed: ListedFile, data: bytes) -> str:
    """Decode as the pipeline would, or else show what can be shown, other bytes as dots."""
    try:
        text = raw_file(listed, data).text
    except BadInputError:
        text = data.decode("utf-8", "replace").replace("\ufffd", "·")
    return "".join(char if char.isprintable() or char == "\n" else "·" for char in text)


def _listed(source: str, path: str, root: str) -> ListedFile | None:
    """Return the file below a root; None if the path leads out of it."""
    if "\0" in path:
        return None
    known = datetime(1970, 1, 1, tzinfo=UTC)
    if "://" in root:
        location = root if root.endswith(f"/{path}") else f"{root.rstrip('/')}/{path}"
        return None if ".." in path.split("/") else ListedFile(source, path, location, 0, known)
    top = Path(root).resolve()
    file = top if top.is_file() and top.name == path else (top / path).resolve()
    if not (file.is_file() and (file == top or top in file.parents)):
        return None
    return ListedFile(source, path, str(file), 0, known)
