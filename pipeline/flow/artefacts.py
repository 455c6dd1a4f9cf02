"""Files that one step leaves for the next: JSON lines, each file written whole and renamed into place.

They may live on a local disk or in a bucket (any fsspec address): a bucket's PUT is atomic by itself, a local file is
written beside its place and renamed, so a reader sees all of it or nothing.
"""

import errno
import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import Any

import orjson
from upath import UPath

from pipeline.errors import FihristError

Record = dict[str, Any]
"""What JSON holds, and dates and dataclasses, which come back as strings and objects."""

_CURES = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "make room on its disk"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "let the user that this runs as write there"),
}


class ArtefactError(FihristError):
    """A file of a run can't be written: its disk is full, broken, or not ours."""


def write_json(path: UPath, record: Record) -> None:
    """Write one JSON object; raises ArtefactError where it can't."""
    with _written_whole(path) as write:
        write(_dumps(record))


def write_text(path: UPath, text: str) -> None:
    """Write a text file, in UTF-8; lone surrogates, out of file names that are not UTF-8, become question marks."""
    with _written_whole(path) as write:
        write(text.encode("utf-8", "replace"))


def read_json(path: UPath) -> Record:
    """Read one JSON object."""
    return _loads(path.read_bytes())


def write_records(path: UPath, records: Iterable[Record]) -> None:
    """Write records, one JSON object a line, as they come: on a local disk, none is held.

    Raises:
        ArtefactError: it can't be written. What the records themselves raise passes through.
    """
    with records_file(path) as write:
        for record in records:
            write(record)


@contextmanager
def records_file(path: UPath) -> Iterator[Callable[[Record], None]]:
    """Give a function that writes a record; the file is there, as of :func:`write_records`, once the block has ended.

    Raises:
        ArtefactError: it can't be written. A block that raises leaves no file.
    """
    with _written_whole(path) as write:
        yield lambda record: write(_dumps(record) + b"\n")


def read_records(path: UPath) -> Iterator[Record]:
    """Yield the records of a file that :func:`write_records` wrote."""
    with path.open("rb") as lines:
        for line in lines:
            yield _loads(line)


@contextmanager
def _written_whole(path: UPath) -> Iterator[Callable[[bytes], None]]:
    if path.protocol not in ("", "file"):
        parts: list[bytes] = []
        yield parts.append
        with _explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"".join(parts))
        return
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}.part")
    with _explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = unfinished.open("wb")

    def write(part: bytes) -> None:
        with _explained(path):
            stream.write(part)

    try:
        try:
            yield write  # what goes wrong in making the parts is not the disk's fault
            with _explained(path):
                stream.flush()
                os.fsync(stream.fileno())
        finally:
            with _explained(path):  # what could not be written is tried again here
                stream.close()
        with _explained(path):
            os.replace(str(unfinished), str(path))  # noqa: PTH105 - UPath has no replace that is atomic everywhere
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def _explained(path: UPath) -> Iterator[None]:
    """Say what is wrong with a file, and what to do about it."""
    try:
        yield
    except OSError as error:
        cure = _CURES.get(error.errno or 0, "look at its disk")
        raise ArtefactError(
            f"{path} can't be written ({error.strerror or error}); {cure}, then clear this task"
        ) from error


def _dumps(record: Record) -> bytes:
    try:
        return orjson.dumps(record)
    except TypeError:  # file names that are not UTF-8 carry lone surrogates, which orjson refuses
        return json.dumps(record, default=_plain).encode("ascii")


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def _loads(data: bytes) -> Record:
    try:
        record: Record = orjson.loads(data)
    except orjson.JSONDecodeError:
        record = json.loads(data)
    return record
