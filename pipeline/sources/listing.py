"""List the raw files of a source: a local folder, a single file, or anything that fsspec opens (``s3://bucket/…``).

What is listed is regular files, in a stable order. Left out: hidden names, names of files still being written
(``.part``, ``.tmp`` …), devices and pipes, and symbolic links out of the folder or to what is listed anyway. What could
not be looked at is told, because it is not known to be gone.
"""

import fnmatch
import logging
import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fsspec.core import url_to_fs  # type: ignore[import-untyped]

from pipeline.errors import FihristError
from pipeline.sources.raw import ListedFile, readable

log = logging.getLogger(__name__)

_UNFINISHED = re.compile(r"(?:\.part|\.partial|\.tmp|\.temp|\.crdownload|\.filepart|\.swp|~)$|^#.*#$", re.IGNORECASE)
_ADDRESS = re.compile(r"^(?!file://|local://)[A-Za-z][A-Za-z0-9+.\-]+(?:://|::)")
_TIMES = ("mtime", "LastModified", "last_modified", "updated", "modified", "created")
_FIRST, _LAST = -62_135_596_800.0, 253_402_300_799.0
"""Seconds from 1970 to the beginning of the year 1, and to the end of 9999."""

Skipped = Callable[[str], None]
"""Told of what could not be looked at: the path below the root of a file, or of a folder with ``/`` at its end."""


def list_files(
    root: str, *, name: str | None = None, pattern: str | None = None, skipped: Skipped = lambda path: None
) -> Iterator[ListedFile]:
    """Yield the files below a root, sorted by path.

    Args:
        root: A local folder or file, or an fsspec address of one.
        name: Name of the source; None: see :func:`source_name`.
        pattern: Shell pattern that the path below the root must match (``2024/*.txt``; ``*`` also matches ``/``).
        skipped: See :data:`Skipped`.

    Raises:
        FihristError: the root does not exist, or nothing can open such an address, or the folder may not be read.
    """
    source = name or source_name(root)
    files = _remote(root, source) if _ADDRESS.match(root) else _local(_folder(root), source, skipped)
    return (file for file in files if matches(file.path, pattern))


def matches(path: str, pattern: str | None) -> bool:
    """Whether a path below the root matches a shell pattern; None: every path does."""
    return pattern is None or fnmatch.fnmatchcase(path, pattern)


def folder_of(root: str) -> str | None:
    """Return what :attr:`ListedFile.root` is of all files below a folder or bucket; None for a single file."""
    if _ADDRESS.match(root):
        files, place = _opened(root)
        return None if files.isfile(place) else f"{files.unstrip_protocol(place.rstrip('/'))}/"
    folder = os.path.abspath(_folder(root))  # noqa: PTH100 - links in the path are the user's own names
    return readable(os.path.join(folder, "")) if os.path.isdir(folder) else None  # noqa: PTH112, PTH118


def look_again(file: ListedFile) -> ListedFile | None:
    """Return a local file as it is now, None where it is gone; an object in a bucket appears whole: it is as listed."""
    if _ADDRESS.match(file.location):
        return file
    try:
        status = os.stat(file.location)  # noqa: PTH116 - Path can't hold every name that the system allows
    except OSError:
        return None
    return replace(file, size=status.st_size, modified_at=_moment(status.st_mtime))


def source_name(root: str) -> str:
    """Return the default name of a source: the folder's name; for a single file, that of the folder it is in."""
    if _ADDRESS.match(root):
        return root.rstrip("/").rpartition("/")[2] or "source"
    folder = Path(os.path.abspath(_folder(root)))  # noqa: PTH100 - links in the path are the user's own names
    return readable(folder.parent.name if folder.is_file() else folder.name) or "source"


def _folder(root: str) -> str:
    return re.sub(r"^(?:file|local)://", "", root)


def _local(root: str, source: str, skipped: Skipped) -> Iterator[ListedFile]:
    root = os.path.abspath(root)  # noqa: PTH100 - tasks may run in another folder; links are the user's own names
    try:
        top = os.stat(root)  # noqa: PTH116 - Path can't hold every name that the system allows
    except OSError as error:
        raise FihristError(
            f"{readable(root)} can't be listed ({error.strerror}); give an existing folder or file"
        ) from None
    if not stat.S_ISDIR(top.st_mode):
        return iter([_listed(source, os.path.basename(root), root, top)])  # noqa: PTH119
    if not os.access(root, os.R_OK | os.X_OK):
        raise FihristError(f"the folder {readable(root)} may not be read by this user; give it permission to read")
    return _walk(source, root, skipped)


def _walk(source: str, root: str, skipped: Skipped) -> Iterator[ListedFile]:
    real_root = os.path.realpath(root)
    entered = {real_root}
    waiting = [("", root)]
    while waiting:
        below, folder = waiting.pop()
        folders = []
        found = []
        try:
            entries = _entries(folder)
        except OSError as error:
            if not below:
                raise FihristError(
                    f"{readable(folder)} can't be listed ({error.strerror}); is its disk mounted and well?"
                ) from None
            log.warning("the folder %s is left out of the listing: %s", readable(folder), error.strerror)
            skipped(readable(below))
            continue
        for entry in entries:
            path = below + entry.name
            try:
                if entry.is_symlink() and not _leads_to_hidden(entry.path, real_root):
                    continue
                if entry.is_dir():
                    real = os.path.realpath(entry.path)
                    if real not in entered:
                        entered.add(real)
                        folders.append((f"{path}/", entry.path))
                elif entry.is_file() and not _UNFINISHED.search(entry.name):
                    found.append(_listed(source, path, entry.path, entry.stat()))
            except OSError as error:
                log.warning("%s is left out of the listing: %s", readable(entry.path), error.strerror)
                skipped(readable(path))
                skipped(readable(f"{path}/"))
        yield from sorted(found, key=lambda file: file.path)
        waiting += sorted(folders, reverse=True)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return [entry for entry in entries if not entry.name.startswith(".")]


def _leads_to_hidden(link: str, root: str) -> bool:
    """Say whether a link leads to what is below the root but not listed there by itself (as mounted volumes do)."""
    parts = os.path.relpath(os.path.realpath(link), root).split("/")
    return parts[0] not in (os.curdir, os.pardir) and any(part.startswith(".") for part in parts)


def _listed(source: str, path: str, location: str, status: os.stat_result) -> ListedFile:
    modified = _moment(status.st_mtime)
    return ListedFile(source, readable(path), location, status.st_size, modified)


def _remote(address: str, source: str) -> Iterator[ListedFile]:
    files, root = _opened(address)
    files.invalidate_cache()  # fsspec remembers listings for as long as the process lives
    try:
        infos: dict[str, dict[str, Any]] = files.find(root, detail=True)
    except FileNotFoundError:
        infos = {}
    except PermissionError as error:
        raise FihristError(f"{address} may not be listed: {error}") from None
    if not infos and not files.exists(root):
        raise FihristError(f"{address} does not exist; give an existing folder, file or bucket")
    return _remote_files(files, root.rstrip("/"), infos, source)


def _opened(address: str) -> tuple[Any, str]:
    try:
        files, root = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise FihristError(f"{address} can't be opened: {error}") from None
    return files, root


def _remote_files(files: Any, root: str, infos: dict[str, dict[str, Any]], source: str) -> Iterator[ListedFile]:
    for place in sorted(infos):
        info = infos[place]
        path = place[len(root) :].lstrip("/") or place.rpartition("/")[2]
        parts = path.split("/")
        if info["type"] != "file" or any(part.startswith(".") for part in parts) or _UNFINISHED.search(parts[-1]):
            continue
        modified = next((info[key] for key in _TIMES if info.get(key) is not None), 0.0)
        yield ListedFile(source, path, files.unstrip_protocol(place), int(info["size"] or 0), _utc(modified))


def _utc(time: Any) -> datetime:
    if isinstance(time, str):
        time = datetime.fromisoformat(time)
    if isinstance(time, datetime):
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    return _moment(float(time))


def _moment(seconds: float) -> datetime:
    """Return a time; some file systems hold ones that are beyond all years of dates: they are the first or the last."""
    return datetime.fromtimestamp(min(max(seconds, _FIRST), _LAST), UTC)
