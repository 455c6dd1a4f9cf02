"""Which of the files that are there a run does: by what the ledger knows of them, and what the run was asked."""

from packaging.version import InvalidVersion, Version

from pipeline import __version__
from pipeline.errors import NeedsPersonError
from pipeline.flow.manifest import Request
from pipeline.ledger.files import Known

UNSEEN_REASONS = frozenset({"vanished", "unreadable"})
"""Reasons of a quarantine that say nothing about the file's bytes: it is tried whenever it is there."""


class Selection:
    """What a request selects.

    ``only_failed`` and ``only_quarantined`` (either, if both are asked), ``older_than`` and the path's pattern narrow
    a run: it does the files that all of them allow, and answers for no others. Without any of them, it does what is
    new or changed, what failed, and what another version of Fihrist quarantined; ``retry_quarantined`` and ``force``
    widen that.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        self._states = [
            state
            for state, asked in (("failed", request.only_failed), ("quarantined", request.only_quarantined))
            if asked
        ]
        self._older_than = _version(request.older_than) if request.older_than else None

    @property
    def is_narrow(self) -> bool:
        """Whether only files that the ledger knows in a certain way are done."""
        return bool(self._states or self._older_than)

    def takes(self, past: Known | None) -> bool:
        """Whether a narrow run does a file."""
        return (
            past is not None
            and (not self._states or past.state in self._states)
            and (self._older_than is None or Version(past.pipeline_version) < self._older_than)
        )

    def is_due(self, past: Known) -> bool:
        """Whether a file is done again although its bytes are the same."""
        if self.is_narrow or self._request.force:
            return True
        if past.state == "quarantined":
            return (
                self._request.retry_quarantined or past.pipeline_version != __version__ or past.reason in UNSEEN_REASONS
            )
        return past.state == "failed"


def _version(text: str) -> Version:
    try:
        return Version(text)
    except InvalidVersion:
        raise NeedsPersonError(f"'{text}' is no version of Fihrist; give one like {__version__}") from None
