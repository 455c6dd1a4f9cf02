"""Objects as they are sent to one Kibana: with the ids and links of its space, and the installation's index names."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.kibana.objects import KibanaObject, Kind, Payload

SPACE = "fihrist"
"""The space that is ours by default; ids in it are those of the files."""
_VERSIONS = {"map": "8.4.0", "search": "10.5.0"}
"""The versions whose form the saved objects have: old enough to be settled, and Kibana 9.5 brings them up to date."""
_CORE_VERSION = "8.8.0"
_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"


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
    kind, make = ("map", _map) if item.kind == "maps" else ("search", _search)
    attributes, references = make(payload)
    saved = {
        "id": id_,
        "type": kind,
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": _CORE_VERSION,
        "typeMigrationVersion": _VERSIONS[kind],
    }
    return Rendered(item.kind, id_, item.title, "savedObject", saved)


def _map(payload: Payload) -> tuple[Payload, list[Payload]]:
    """Kibana keeps the parts of a map as JSON in strings, with its data views named in the references."""
    layers, references = [], []
    for number, layer in enumerate(payload["layerListJSON"]):
        source = dict(layer["sourceDescriptor"])
        if view := source.pop("indexPatternId", None):
            source["indexPatternRefName"] = f"layer_{number}_source_index_pattern"
            references.append(_reference(view, source["indexPatternRefName"]))
        layers.append({**layer, "sourceDescriptor": source})
    attributes = {**payload, "layerListJSON": layers}
    return {k: _json(v) if k.endswith("JSON") else v for k, v in attributes.items()}, references


def _search(payload: Payload) -> tuple[Payload, list[Payload]]:
    """A session of Discover, which has no API of its own yet (Kibana 9.5), as the saved object that it is kept in."""
    tab = payload["tabs"][0]
    references = [_reference(tab["data_source"]["ref_id"], _INDEX)]
    filters = []
    for number, item in enumerate(tab.get("filters", ())):
        name = f"kibanaSavedObjectMeta.searchSourceJSON.filter[{number}].meta.index"
        references.append(_reference(tab["data_source"]["ref_id"], name))
        filters.append(_filter(item, name))
    source = {
        "query": {"query": tab["query"]["expression"], "language": "kuery"},
        "filter": filters,
        "indexRefName": _INDEX,
    }
    optional = {
        "row_height": "rowHeight",
        "rows_per_page": "rowsPerPage",
        "sample_size": "sampleSize",
        "density": "density",
    }
    attributes = {
        "title": payload["title"],
        "description": payload.get("description", ""),
        "columns": tab.get("column_order", []),
        "sort": [[key["name"], key["direction"]] for key in tab.get("sort", ())],
        "grid": {"columns": tab.get("column_settings", {})},
        "hideChart": False,
        "isTextBasedQuery": False,
        "kibanaSavedObjectMeta": {"searchSourceJSON": _json(source)},
        **{new: tab[old] for old, new in optional.items() if old in tab},
        **({"timeRestore": True, "timeRange": payload["time_range"]} if "time_range" in payload else {}),
    }
    return attributes, references


def _filter(item: Payload, reference: str) -> Payload:
    condition = item["condition"]
    name, value = condition["field"], condition.get("value")
    kind, parameters, query = {
        "is": ("phrase", {"query": value}, {"match_phrase": {name: value}}),
        "is_one_of": ("phrases", value, {"bool": {"minimum_should_match": 1, "should": _phrases(name, value)}}),
        "exists": ("exists", None, {"exists": {"field": name}}),
    }[condition["operator"]]
    meta = {
        "alias": item.get("label"),
        "disabled": item.get("disabled", False),
        "negate": item.get("negate", False),
        "type": kind,
        "key": name,
        "params": parameters,
        "indexRefName": reference,
    }
    return {"meta": meta, "query": query, "$state": {"store": "appState"}}


def _phrases(name: str, values: Any) -> list[Payload]:
    return [{"match_phrase": {name: value}} for value in values] if isinstance(values, list) else []


def _reference(view: str, name: str) -> Payload:
    return {"type": "index-pattern", "id": view, "name": name}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
