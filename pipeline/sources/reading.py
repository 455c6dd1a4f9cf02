"""Read a listed file whole and decode it, or say why it can't become an article."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from pipeline.errors import BadInputError, SourceGoneError
from pipeline.sources.decoding import decode
from pipeline.sources.raw import ListedFile, RawFile
from pipeline.sources.sniffing import sniff_format, sniff_other_than_text

MAX_BYTES = 16 * 1024 * 1024
"""Files above this are no articles: a book has 1 to 2 MB, and a page with its pictures inside some more. Cleaning takes
up to some 14 bytes of memory for one of text, so this also bounds a worker's memory."""
_CHUNK = 1024 * 1024
_NEVER_READABLE = frozenset({errno.ELOOP, errno.ENAMETOOLONG, errno.EISDIR, errno.ENXIO})


def read_file(listed: ListedFile, *, max_bytes: int = MAX_BYTES) -> RawFile:
    """Read and decode a file.

    Raises:
        BadInputError: with the reason ``vanished``, ``unreadable``, ``too-large``, ``empty``, ``not-text`` (a PDF, an
            image, an archive …), ``binary``, ``undecodable``, ``truncated`` or ``no-letters``.
        SourceGoneError: the whole source is gone.
        OSError: the disk or the network failed; a retry may help.
    """
    with _opened(listed) as stream:
        data = stream.read(min(listed.size, max_bytes) + 1)  # room for what is asked for is made first
        if len(data) > listed.size:
            data += stream.read(max_bytes + 1 - len(data))
    if len(data) > max_bytes:
        raise BadInputError(
            "too-large", f"the file is larger than {max_bytes:,} bytes; split it into articles, or raise the limit"
        )
    try:
        return raw_file(listed, data)
    except BadInputError as error:
        error.sha256 = hashlib.sha256(data).hexdigest()
        raise


def raw_file(listed: ListedFile, data: bytes) -> RawFile:
    """Decode a file's bytes.

    Raises:
        BadInputError: with the reason ``empty``, ``not-text``, ``binary``, ``undecodable``, ``truncated`` or
            ``no-letters``.
    """
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise BadInputError("empty", "the file holds no text; write it again if it should")
    kind = sniff_other_than_text(data)
    if kind:
        raise BadInputError("not-text", f"the file is {kind}, not text; extract its text first")
    text, encoding = decode(data)
    if not text.strip():
        raise BadInputError("empty", "the file holds nothing but white space; write it again if it should")
    if not any(char.isalpha() for char in text):
        raise BadInputError("no-letters", "the file holds no letter of any script; it can't be an article")
    return RawFile(
        listed=listed,
        text=text,
        format=sniff_format(text, listed.path),
        encoding=encoding,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def file_sha256(listed: ListedFile) -> str:
    """Return the SHA-256 of a file's bytes, hex, reading it in pieces.

    Raises:
        BadInputError: ``vanished`` or ``unreadable``.
        SourceGoneError: the whole source is gone.
        OSError: the disk or the network failed; a retry may help.
    """
    digest = hashlib.sha256()
    with _opened(listed) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _opened(listed: ListedFile) -> Iterator[IO[bytes]]:
    """Open a file for reading, never waiting for a pipe or device."""
    try:
        with _open(listed.location) as stream:
            yield stream
    except (FileNotFoundError, NotADirectoryError):
        if _is_away(listed):
            raise SourceGoneError(
                f"{listed.root} is gone or empty; is its disk mounted? Clear this task when its files are there again"
            ) from None
        raise BadInputError(
            "vanished", "the file was listed but is gone; if it was moved, the next run finds it in its new place"
        ) from None
    except PermissionError:
        raise BadInputError("unreadable", "this user may not read the file; give it permission to read") from None
    except OSError as error:
        if error.errno not in _NEVER_READABLE:
            raise
        raise BadInputError("unreadable", f"the file can't be opened: {error.strerror}") from None


def _is_away(listed: ListedFile) -> bool:
    """Say whether the root of a local file is missing or empty: then it is not this file that is gone."""
    if "://" in listed.location or not listed.location.endswith(listed.path):
        return False
    try:
        with os.scandir(listed.location.removesuffix(listed.path)) as entries:
            return next(entries, None) is None
    except OSError:
        return True


def _open(location: str) -> Any:
    if "://" in location:
        files, path = url_to_fs(location)
        return files.open(path, "rb")
    descriptor = os.open(location, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BadInputError("unreadable", "this is a folder, a pipe or a device, not a file; give a regular file")
    return os.fdopen(descriptor, "rb")
