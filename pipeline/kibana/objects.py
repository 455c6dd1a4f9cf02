"""The Kibana objects of ``docker/kibana/``: one JSON file an object, its name the object's id."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from pipeline.errors import FihristError
from pipeline.settings import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "docker" / "kibana"
ROLES = PROJECT_ROOT / "docker" / "roles"

Kind = Literal["data-views", "maps", "sessions", "dashboards"]
"""Kinds, each a folder, in the order in which they refer to each other."""
Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class KibanaObject:
    """One object: what Kibana's API takes, or for maps and sessions what a saved object is made of."""

    kind: Kind
    name: str
    payload: Payload

    @property
    def id(self) -> str:
        """The id in Kibana, and what other objects refer to."""
        return f"fihrist-{self.name}"

    @property
    def title(self) -> str:
        """What people see."""
        return str(self.payload.get("name") or self.payload.get("title", ""))

    @property
    def where(self) -> str:
        """The file, for messages."""
        return f"{self.kind}/{self.name}.json"


def load_objects(folder: Path = FOLDER) -> tuple[KibanaObject, ...]:
    """Return all objects, those before that others refer to.

    Raises:
        FihristError: a file is no JSON object, or its name can't be an id; the message names file and line.
    """
    return tuple(
        KibanaObject(kind, _name(file), read_json(file))
        for kind in get_args(Kind)
        for file in sorted((folder / kind).glob("*.json"))
    )


def load_space(folder: Path = FOLDER) -> Payload:
    """Return name, description and looks of the space, as Kibana's API takes them, without the id."""
    return read_json(folder / "space.json")


def reading_roles(folder: Path = ROLES) -> list[str]:
    """Return the names of our roles that may look at Kibana: those with a privilege on its application."""
    return [file.stem for file in sorted(folder.glob("*.json")) if read_json(file).get("applications")]


def read_json(file: Path) -> Payload:
    """Read a JSON object.

    Raises:
        FihristError: the file can't be read or parsed; the message names file and line.
    """
    try:
        value = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise FihristError(f"{file} can't be read: {error.strerror}.") from error
    except ValueError as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        raise FihristError(f"{file}, line {line}, is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise FihristError(f"{file}, line 1: a JSON object should stand here.")
    return value


def by_id(objects: Iterable[KibanaObject], kind: Kind) -> dict[str, KibanaObject]:
    """Return the objects of a kind by their ids."""
    return {item.id: item for item in objects if item.kind == kind}


def _name(file: Path) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", file.stem):
        raise FihristError(f"{file}: the name becomes an id, so it may only hold a-z, 0-9 and single hyphens.")
    return file.stem
