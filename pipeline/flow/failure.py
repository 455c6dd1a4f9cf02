"""Why a step failed, left where the report finds it: who reads the report need not search logs."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from upath import UPath

from pipeline.errors import FihristError
from pipeline.flow.artefacts import read_json, write_json

_MOST = 500
"""Characters of an error that are kept."""


@contextmanager
def explained(folder: UPath, stage: str) -> Iterator[None]:
    """Note an error that the block raises in ``failure.json``, and let it go on; a block that goes well clears it."""
    file = folder / "failure.json"
    try:
        yield
    except Exception as error:
        with suppress(FihristError, OSError):  # where the disk is full, the error says so: it matters more than a note
            write_json(file, {"stage": stage, "error": f"{type(error).__name__}: {error}"[:_MOST]})
        raise
    file.unlink(missing_ok=True)


def failure_in(folder: UPath) -> str | None:
    """Return stage and error that :func:`explained` noted last; None: there is no note, so it was killed or stopped."""
    file = folder / "failure.json"
    if not file.exists():
        return None
    note = read_json(file)
    return f"{note['stage']}: {note['error']}"
