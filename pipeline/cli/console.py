"""What all commands share to speak to people and to scripts."""

import sys
from typing import Any

import orjson
from rich.console import Console

out = Console(width=None if sys.stdout.isatty() else 140)
"""For people: colours where the terminal has them; tables keep their width in a log or a pipe."""
err = Console(stderr=True)
"""For progress and remarks, so that standard output stays clean for pipes."""

_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"


def isolate(text: str) -> str:
    """Fence text of unknown direction (Unicode isolates), so that Arabic does not reorder what stands beside it."""
    return f"{_ISOLATE}{text}{_END_ISOLATE}"


def print_json(value: Any) -> None:
    """Print one JSON value on one line, as UTF-8, whatever the terminal's encoding is."""
    sys.stdout.buffer.write(orjson.dumps(value) + b"\n")
    sys.stdout.buffer.flush()
