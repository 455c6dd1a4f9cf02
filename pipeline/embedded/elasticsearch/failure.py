"""Why a server did not start, in words, from what it left in its logs."""

import re
from pathlib import Path

from pipeline.embedded.elasticsearch.instance import Instance

CAUSES = (
    (r"insufficient memory for the Java|Cannot allocate memory|Could not reserve enough space|lang.OutOfMemoryError",
     "the memory does not suffice: set FIHRIST_ES_HEAP, for example to 512m, or end other programs"),
    (r"BindHttpException|BindTransportException|Address already in use",
     "its port is taken: set FIHRIST_ES_PORT to another, or to 0 for a free one"),
    (r"failed to obtain node lock",
     "another Elasticsearch works on the same data: end it, or set another FIHRIST_HOME"),
    (r"No space left on device",
     "the disk is full"),
    (r"[Cc]annot (?:down|up)grade a node|was last written by .* newer version|written by a newer",
     "its data were written by another version of Elasticsearch: move the folder 'data' away and index anew"),
    (r"unknown setting|Failed to parse setting|failed to parse value|SettingsException",
     "it refuses one of its settings"),
    (r"AccessDeniedException|Permission denied",
     "it may not use one of its folders: they must belong to the user who runs it"),
)  # fmt: skip
"""What the server writes → what that means for the user, the most specific first."""

LINES = 15


def explain(instance: Instance, what: str) -> str:
    """Return a message: that Elasticsearch ``what``, the cause if one is known, and the last lines of its log."""
    said = _lines(instance.console) + _lines(instance.log)
    cause = next((f": {meaning}" for pattern, meaning in CAUSES if re.search(pattern, "\n".join(said))), "")
    shown = "\n".join(f"  {line}" for line in said[-LINES:]) or "  (nothing)"
    return f"Elasticsearch {what}{cause}. The end of its log ({instance.log}):\n{shown}"


def _lines(file: Path) -> list[str]:
    """Return the file's lines without the frames of stack traces, which say nothing to the user."""
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line for line in text.splitlines() if line.strip() and not re.match(r"\s+(at |\.\.\. )", line)]
