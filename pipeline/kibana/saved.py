"""Saved objects, for what Kibana 9.5 has no API of its own: maps, and Discover's sessions.

Their form is Kibana's own and internal; each says the version that it has, and Kibana brings it up to date on import.
"""

import json
from typing import Any

from pipeline.kibana.objects import Kind, Payload

_VERSIONS = {"map": "8.4.0", "search": "10.9.0"}
"""The versions whose form the saved objects have: old enough to be settled, and Kibana 9.5 brings them up to date."""
_CORE_VERSION = "8.8.0"
_INDEX = "kibanaSavedObjectMeta.searchSourceJSON.index"


def saved_object(kind: Kind, id_: str, payload: Payload) -> Payload:
    """Return one line of a file for Kibana's import.

    Args:
        kind: ``maps`` or ``sessions``.
        id_: the id that it gets.
        payload: what the file of ``docker/kibana`` holds, with the ids of the space where it goes.
    """
    type_, (attributes, references) = ("map", _map(payload)) if kind == "maps" else ("search", _search(id_, payload))
    return {
        "id": id_,
        "type": type_,
        "attributes": attributes,
        "references": references,
        "coreMigrationVersion": _CORE_VERSION,
        "typeMigrationVersion": _VERSIONS[type_],
    }


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


def _search(id_: str, payload: Payload) -> tuple[Payload, list[Payload]]:
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
        "columns": tab.get("column_order", []),
        "sort": [[key["name"], key["direction"]] for key in tab.get("sort", ())],
        "grid": {"columns": tab.get("column_settings", {})},
        "hideChart": False,
        "isTextBasedQuery": False,
        "kibanaSavedObjectMeta": {"searchSourceJSON": _json(source)},
        **{new: tab[old] for old, new in optional.items() if old in tab},
        **({"timeRestore": True, "timeRange": payload["time_range"]} if "time_range" in payload else {}),
    }
    named = {"title": payload["title"], "description": payload.get("description", "")}
    # Kibana would give the tab an id of chance, another at each push.
    return {**named, "tabs": [{"id": id_, "label": payload["title"], "attributes": attributes}]}, references


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
