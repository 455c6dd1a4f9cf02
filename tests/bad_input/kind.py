"""What a kind of bad file is, and what has to become of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Document = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One file (or what looks like one) that sources hold and that no one wants."""

    name: str
    make: Callable[[Path], object]
    """Writes it at the path given."""
    reason: str | None = None
    """Why it is quarantined; None: it is not."""
    listed: bool = True
    """Whether it is seen as a file at all."""
    file_name: str | bytes | None = None
    """Its name; None: the kind's name and ``.txt``."""
    check: Callable[[Document], None] | None = None
    """What must hold for its document, beside what holds for all."""

    @property
    def indexed(self) -> bool:
        return self.listed and self.reason is None

    def path(self, folder: Path) -> Path:
        """Where it is made below a folder."""
        name = self.file_name or f"{self.name}.txt"
        return folder / (name.decode("utf-8", "surrogateescape") if isinstance(name, bytes) else name)


def content(data: bytes | str, encoding: str = "utf-8") -> Callable[[Path], object]:
    """Return what writes these bytes, or this text in an encoding."""
    return lambda path: path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
