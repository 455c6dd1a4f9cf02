"""What a source is known to repeat: the snapshot that one run cleans with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_STRONG_FILES: Final = 10
_STRONG_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Share:
    """How many files of a source have a line."""

    files: int
    of: int

    @property
    def is_strong(self) -> bool:
        """Whether so many files have it that it is furniture even in the midst of an article."""
        return self.files >= max(_STRONG_FILES, _STRONG_SHARE * self.of)

    @property
    def reason(self) -> str:
        """The evidence in words."""
        return f"repeats in {self.files} of {self.of} files of this source"


@dataclass(frozen=True, slots=True)
class Repeated:
    """The lines of a source that are furniture."""

    shares: Mapping[int, Share] = field(default_factory=dict)
    """By the line's hash."""

    def find(self, key: int | None) -> Share | None:
        """Return the share of files that have a line, by its hash, or None where it is not known to be furniture."""
        return None if key is None else self.shares.get(key)

    def record(self) -> dict[str, Any]:
        """Return the snapshot as a JSON object."""
        of = next((share.of for share in self.shares.values()), 0)
        return {"of": of, "files": {f"{key:016x}": share.files for key, share in sorted(self.shares.items())}}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Repeated":
        """Return the snapshot that :meth:`record` wrote."""
        return cls({int(key, 16): Share(files, record["of"]) for key, files in record["files"].items()})
