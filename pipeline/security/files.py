"""Files that only their owner may read."""

import os
import tempfile
from pathlib import Path


def private_folder(folder: Path) -> None:
    """Make the folder if it is not there, for nobody but this user."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def write_secret(file: Path, secret: str | bytes) -> None:
    """Write a file that nobody else can read, at no moment; in place of an earlier one as a whole or not at all."""
    data = secret.encode() if isinstance(secret, str) else secret
    descriptor, part = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # made with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
        Path(part).replace(file)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
