"""What Kibana's HTTP API takes: the operations that Fihrist uses, and whether a payload fits them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

_FILE = Path(__file__).parent / "data" / "api.json"
"""Own extract of the facts of the API: operations, and JSON Schemas of their bodies."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of the API."""

    method: str
    path: str
    """With ``{id}`` where an id stands, and without the space."""
    body: str | None = None
    """Name of the JSON body's shape."""
    lines: str | None = None
    """Name of the shape of each line of an uploaded NDJSON file."""
    query: tuple[str, ...] = ()
    in_space: bool = False
    """Whether it works on one space, whose ``/s/{space}`` then stands before the path."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The paths that it answers."""
        path = re.escape(self.path).replace(r"\{id\}", r"(?P<id>[^/]+)")
        return re.compile((r"(?:/s/(?P<space>[a-z0-9_-]+))?" if self.in_space else "") + path)


@cache
def operations() -> tuple[Operation, ...]:
    """Return every operation that Fihrist uses."""
    found = []
    for name, described in _description()["operations"].items():
        method, path = name.split(" ")
        found.append(Operation(method, path, **{**described, "query": tuple(described.get("query", ()))}))
    return tuple(found)


def faults(shape: str, payload: Any) -> list[str]:
    """Say where a payload does not fit a shape of the API, one sentence a place; nothing if it fits."""
    found = _validator(shape).iter_errors(payload)
    return sorted({f"{_place(error)}: {error.message}" for error in _innermost(found)})


def _innermost(errors: Iterable[ValidationError]) -> list[ValidationError]:
    return [best_match(error.context) if error.context else error for error in errors]


def _place(error: ValidationError) -> str:
    return error.json_path.removeprefix("$").removeprefix(".") or "the whole"


@cache
def _validator(shape: str) -> Draft202012Validator:
    definitions = _description()["$defs"]
    return Draft202012Validator({"$ref": f"#/$defs/{shape}", "$defs": definitions})


@cache
def _description() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return loaded
