"""The errors that Fihrist raises on purpose; every message says what is wrong and what to do."""


class FihristError(Exception):
    """A fault with a clear cause: shown to the user as one sentence, without a traceback."""


class NeedsPersonError(FihristError):
    """A fault that trying again does not cure, such as a drifted mapping: tasks fail at once, without retries."""


class KnowledgeError(NeedsPersonError):
    """A data file (phrases, names, places …) holds a bad row; the message names file and line."""


class SourceGoneError(FihristError):
    """The folder of a source is gone in mid-run, as when its disk is unmounted: none of its files is judged by that."""


class BadInputError(FihristError):
    """This one file can't become an article: quarantined for good, with ``reason`` as its facet.

    Every other exception is taken for a fault of ours or of the cluster, and is retried.
    """

    sha256: str | None = None
    """SHA-256 of the bytes that were judged, hex, where they could be read."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
