"""One line of the ledger: what became of one raw file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from pipeline import __version__
from pipeline.sources.raw import ListedFile

State = Literal["indexed", "unchanged", "duplicate", "quarantined", "failed"]
STATES: tuple[State, ...] = ("indexed", "unchanged", "duplicate", "quarantined", "failed")


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """How one file ended one run."""

    file: ListedFile
    state: State
    sha256: str | None = None
    encoding: str | None = None
    stage: str | None = None
    """The stage that could not go on; None where all went well."""
    reason: str | None = None
    """One word or code, fit for a facet: ``empty``, ``binary``, ``mapper_parsing_exception`` …"""
    message: str | None = None
    duplicate_of: str | None = None

    def ledger_document(self, *, run_id: str, batch: str | None, attempts: int) -> dict[str, Any]:
        """Return the ledger's document for this file, as ``ingest-files`` holds it."""
        return {
            "@timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "article_id": self.file.id,
            "source": self.file.source,
            "path": self.file.path,
            "uri": self.file.uri,
            "root": self.file.root,
            "size": self.file.size,
            "modified_at": self.file.modified_at.isoformat(),
            "state": self.state,
            "sha256": self.sha256,
            "encoding": self.encoding,
            "stage": self.stage,
            "reason": self.reason,
            "message": self.message,
            "duplicate_of": self.duplicate_of,
            "run_id": run_id,
            "batch": batch,
            "pipeline_version": __version__,
            "attempts": attempts,
            "missing_since": None,
            "moved_from": None,
        }
