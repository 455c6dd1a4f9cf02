"""One process at a time: a lock that the system releases when its holder dies."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import FihristError


@contextmanager
def locked(file: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock during the block; call ``waiting`` once if another process has it.

    Raises:
        FihristError: the file can't be opened, mostly because another user made it.
    """
    try:
        handle = file.open("a")
    except OSError as error:
        raise FihristError(
            f"Can't use {file.parent}: {error}. If it belongs to another user, set FIHRIST_HOME."
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield  # closing the file releases it
