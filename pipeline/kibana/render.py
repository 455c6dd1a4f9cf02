"""Objects as they are sent to one Kibana: with the ids and links of its space, and the installation's index names."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.kibana.objects import KibanaObject, Kind, Payload
from pipeline.kibana.saved import saved_object

SPACE = "fihrist"
"""The space that is ours by default; ids in it are those of the files."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where objects go."""

    space: str = SPACE
    index_prefix: str = ""
    base_path: str = ""
    """What stands before ``/app`` in Kibana's addresses (``server.basePath``)."""

    @property
    def path(self) -> str:
        """What stands before ``/app`` and ``/api`` in this space."""
        return self.base_path + ("" if self.space == "default" else f"/s/{self.space}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """One object, ready to be sent."""

    kind: Kind
    id: str
    title: str
    shape: str
    """Name of the body's shape in :mod:`pipeline.kibana.api`."""
    body: Payload


def render(objects: Sequence[KibanaObject], target: Target) -> list[Rendered]:
    """Return what is sent, in the order given.

    Kibana's ids are unique over all spaces, so outside of our own the space's name becomes part of every id.
    """
    infix = "" if target.space == SPACE else f"{target.space}-"
    ids = {item.id: f"fihrist-{infix}{item.name}" for item in objects}
    known = "|".join(sorted(map(re.escape, ids), key=len, reverse=True))
    pattern = re.compile(rf"\b(?:{known})(?![\w-])")

    def place(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: place(value) for key, value in node.items()}
        if isinstance(node, list):
            return [place(value) for value in node]
        if not isinstance(node, str):
            return node
        named = pattern.sub(lambda found: f"fihrist-{infix}{found[0].removeprefix('fihrist-')}", node)
        return named.replace("](/app/", f"]({target.path}/app/")

    return [_rendered(item, ids[item.id], place(item.payload), target) for item in objects]


def _rendered(item: KibanaObject, id_: str, payload: Payload, target: Target) -> Rendered:
    if item.kind == "dashboards":
        return Rendered(item.kind, id_, item.title, "dashboard", payload)
    if item.kind == "data-views":
        view = {"id": id_, **payload, "title": target.index_prefix + payload["title"]}
        return Rendered(item.kind, id_, item.title, "dataViewCreate", {"data_view": view})
    return Rendered(item.kind, id_, item.title, "savedObject", saved_object(item.kind, id_, payload))
