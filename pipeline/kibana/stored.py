"""How each kind of object is read from Kibana and written to it."""

import json
from typing import Any

from pipeline.kibana.client import Kibana, quoted
from pipeline.kibana.errors import RefusedError
from pipeline.kibana.objects import Payload
from pipeline.kibana.render import Rendered

_COMPARED = ("title", "name", "timeFieldName", "fieldFormats")
"""Of a data view, what an update can change; its request must change something, or Kibana refuses it."""
_TRANSIENT = {"_reserved", "_deprecated", "_deprecated_reason"}


def read(kibana: Kibana, item: Rendered) -> Any | None:
    """Return what Kibana holds of an object, without times and versions; None if it has no such object."""
    if item.kind == "dashboards":
        held = kibana.get(f"dashboards/{quoted(item.id)}")
        return held and held["data"]
    if item.kind == "data-views":
        held = kibana.get(f"data_views/data_view/{quoted(item.id)}")
        return held and {**{key: held["data_view"].get(key) for key in _COMPARED}, "labels": _labels(held["data_view"])}
    return _exported(kibana, item)


def write(kibana: Kibana, item: Rendered, held: Any | None) -> None:
    """Make an object, or bring the one that Kibana holds up to date.

    Raises:
        RefusedError: Kibana does not take it.
    """
    if item.kind == "dashboards":
        kibana.send("PUT", f"dashboards/{quoted(item.id)}", json=item.body)
    elif item.kind == "data-views":
        _write_data_view(kibana, item, held)
    else:
        _import(kibana, item)


def read_space(kibana: Kibana) -> Payload | None:
    """Return the space, or None."""
    return kibana.get(f"spaces/space/{quoted(kibana.target.space)}")


def write_space(kibana: Kibana, space: Payload) -> None:
    """Make the space. One that exists is left as it is: its looks are its users' business."""
    kibana.send("POST", "spaces/space", json={"id": kibana.target.space, **space})


def read_default(kibana: Kibana) -> str | None:
    """Return the id of the data view that Discover opens with, or None."""
    held = kibana.get("data_views/default") or {}
    return held.get("data_view_id") or None


def write_default(kibana: Kibana, id_: str) -> None:
    """Let Discover open with this data view, unless someone has chosen another."""
    kibana.send("POST", "data_views/default", json={"data_view_id": id_, "force": False})


def read_role(kibana: Kibana, name: str) -> Payload | None:
    """Return a role, or None."""
    return kibana.get(f"security/role/{quoted(name)}")


def may_look(role: Payload, space: str) -> bool:
    """Say whether a role may see a space in Kibana."""
    return any(
        (entry.get("base") or entry.get("feature")) and {space, "*"} & set(entry.get("spaces", ()))
        for entry in role.get("kibana", ())
    )


def let_look(kibana: Kibana, name: str, role: Payload) -> None:
    """Give a role read access to the space, and leave it all else that it has."""
    entry = {"base": ["read"], "feature": {}, "spaces": [kibana.target.space]}
    metadata = {key: value for key, value in role.get("metadata", {}).items() if key not in _TRANSIENT}
    body = {
        **({"description": role["description"]} if role.get("description") else {}),
        "metadata": metadata,
        "elasticsearch": role["elasticsearch"],
        "kibana": [*(_granted(held) for held in role.get("kibana", ())), entry],
    }
    kibana.send("PUT", f"security/role/{quoted(name)}", json=body)


def _granted(entry: Payload) -> Payload:
    return {key: entry[key] for key in ("base", "feature", "spaces") if key in entry}


def _labels(view: Payload) -> dict[str, Any]:
    """The labels of fields; how often a field was clicked stands beside them, and changes by itself."""
    attributes = view.get("fieldAttrs") or {}
    return {name: held["customLabel"] for name, held in attributes.items() if held.get("customLabel")}


def _write_data_view(kibana: Kibana, item: Rendered, held: Any | None) -> None:
    view = item.body["data_view"]
    if held is None:
        kibana.send("POST", "data_views/data_view", json=item.body)
        return
    path = f"data_views/data_view/{quoted(item.id)}"
    changed = {key: view[key] for key in _COMPARED if key in view and view[key] != held[key]}
    if changed:
        kibana.send("POST", path, json={"data_view": changed})
    labels = {
        name: {"customLabel": label} for name, label in _labels(view).items() if held["labels"].get(name) != label
    }
    if labels:
        kibana.send("POST", f"{path}/fields", json={"fields": labels})


def _exported(kibana: Kibana, item: Rendered) -> Any | None:
    wanted = {"objects": [{"type": item.body["type"], "id": item.id}], "excludeExportDetails": True}
    try:
        answer = kibana.send("POST", "saved_objects/_export", json=wanted)
    except RefusedError as error:
        if error.status in {400, 404}:  # how Kibana says that an object to be exported does not exist
            return None
        raise
    held = json.loads(answer.text.splitlines()[0])
    return {"attributes": held["attributes"], "references": held["references"]}


def _import(kibana: Kibana, item: Rendered) -> None:
    line = json.dumps(item.body, ensure_ascii=False).encode()
    file = (f"{item.id}.ndjson", line, "application/ndjson")
    answer = kibana.ask("POST", "saved_objects/_import", params={"overwrite": "true"}, files={"file": file})
    if not answer.get("success"):
        raise RefusedError(400, f"Kibana did not import it: {_import_fault(answer)}")
    renamed = [made["destinationId"] for made in answer.get("successResults", ()) if made.get("destinationId")]
    if renamed:
        raise RefusedError(
            409, f"its id is taken in another space, so Kibana made {renamed[0]}; delete one of the two and push again"
        )


def _import_fault(answer: Payload) -> str:
    errors = [found.get("error", {}) for found in answer.get("errors", ())]
    if not errors:
        return "it gave no reason"
    missing = ", ".join(f"{ref['type']} {ref['id']}" for ref in errors[0].get("references", ()))
    said = errors[0].get("message") or errors[0].get("type", "")
    return f"{said}{f' ({missing})' if missing else ''}"
