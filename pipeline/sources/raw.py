"""What a source yields: a file in a listing, and the same file read and decoded."""

import hashlib
import os
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

Format = Literal["text", "html"]


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file as the listing of its source shows it, before it is read."""

    source: str
    """Name of the source: a named root, by default the folder's name."""
    path: str
    """Path below the root, with ``/`` between the parts."""
    location: str
    """Where it can be opened now: a local path or an fsspec address."""
    size: int
    """Bytes."""
    modified_at: datetime
    """Modification time, UTC."""

    @property
    def uri(self) -> str:
        """Identity of the file, independent of where its source is mounted."""
        return f"{self.source}/{self.path}"

    @property
    def id(self) -> str:
        """Identity of its article: the first 32 hex digits of the SHA-256 of :attr:`uri`."""
        return article_id(self.uri)

    @property
    def root(self) -> str:
        """Folder or bucket that :attr:`path` is below now, with ``/`` at its end: where its source is mounted."""
        at = self.location if self.location.endswith(self.path) else readable(self.location)
        return readable(at[: len(at) - len(self.path)])


def readable(name: str) -> str:
    r"""Return a name as valid Unicode: bytes that are no UTF-8 become ``\xNN``; what looks like that is escaped."""
    return os.fsencode(name.replace("\\x", "\\\\x")).decode("utf-8", "backslashreplace")


@lru_cache(1 << 14)
def article_id(uri: str) -> str:
    """Return the first 32 hex digits of SHA-256 of a source URI (lone surrogates of odd file names included)."""
    return hashlib.sha256(uri.encode("utf-8", "surrogateescape")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file read and decoded, otherwise untouched."""

    listed: ListedFile
    text: str
    format: Format
    encoding: str
    """Name of the encoding that decoded it, as Python knows it."""
    bytes: int
    sha256: str
    """SHA-256 of the bytes, hex."""

    @property
    def provenance(self) -> "Provenance":
        """Where the article comes from, without its text."""
        listed = self.listed
        return Provenance(
            name=listed.source,
            uri=listed.uri,
            path=listed.path,
            format=self.format,
            encoding=self.encoding,
            bytes=self.bytes,
            sha256=self.sha256,
            modified_at=listed.modified_at,
        )


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article comes from: the document's ``source`` object."""

    name: str
    uri: str
    path: str
    format: Format
    encoding: str
    bytes: int
    sha256: str
    modified_at: datetime
