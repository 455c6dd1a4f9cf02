"""Whether the Kibana objects can work: they fit the API, their references resolve, their fields exist and fit."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.errors import FihristError
from pipeline.kibana import api
from pipeline.kibana.fields import fields_of
from pipeline.kibana.objects import KibanaObject, Kind, by_id
from pipeline.kibana.questions import questions
from pipeline.kibana.render import Target, render

_WIDTH = 48
"""Columns of a dashboard's grid."""
_LINK = re.compile(r"/(discover#/view|maps/map|dashboards#/view)/([\w-]+)")
_LINKED: dict[str, Kind] = {"discover#/view": "sessions", "maps/map": "maps", "dashboards#/view": "dashboards"}
_BILINGUAL = re.compile(r"(?=[^·]*[ء-ي])[^·A-Za-z0-9]+ · (?=[^·]*[A-Za-z])[^·ء-ي]+")
"""Arabic, a dot, English: no digit or bracket at the seam, so that the two runs keep their places in any direction."""
_LABELS = {"title", "label", "customLabel"}


def faults(objects: Sequence[KibanaObject]) -> list[str]:
    """Return what is wrong, one sentence each that begins with the place; nothing if all is well."""
    shapes = [f"{item.where}: {fault}" for item in objects for fault in _shape_faults(item)]
    if shapes:
        return shapes  # what does not fit the API can't be read further
    found = list(_unique(objects))
    for item in objects:
        found += [f"{item.where}: {fault}" for fault in (*_references(item, objects), *_labels(item), *_layout(item))]
    return found + list(_field_faults(objects))


def _shape_faults(item: KibanaObject) -> Iterator[str]:
    """Both the file and what becomes of it on its way to Kibana."""
    if item.kind == "sessions":
        yield from api.faults("session", item.payload)
    if item.kind == "maps" and not item.payload.keys() >= {"title", "mapStateJSON", "layerListJSON"}:
        yield "a map needs title, mapStateJSON and layerListJSON"
        return
    try:
        for sent in render([item], Target()):
            yield from api.faults(sent.shape, sent.body)
    except (KeyError, TypeError, IndexError) as error:
        yield f"it can't be made into a saved object: {type(error).__name__} {error}"


def _unique(objects: Sequence[KibanaObject]) -> Iterator[str]:
    for id_, times in Counter(item.id for item in objects).items():
        if times > 1:
            yield f"The id {id_} is that of {times} objects: give their files different names."
    for item in objects:
        panels = [*item.payload.get("pinned_panels", ()), *item.payload.get("panels", ())]
        for id_, times in Counter(panel.get("id") for panel in panels).items():
            if times > 1 or not id_:
                yield f"{item.where}: {times} panels have the id {id_!r}; each needs one of its own, and keeps it."


def _references(item: KibanaObject, objects: Sequence[KibanaObject]) -> Iterator[str]:
    for wanted in questions(item):
        if wanted.view not in by_id(objects, "data-views"):
            yield f"no data view has the id {wanted.view}, which {wanted.where} asks"
    for panel in item.payload.get("panels", ()):
        config = panel["config"]
        if panel["type"] == "discover_session" and config["ref_id"] not in by_id(objects, "sessions"):
            yield f"no session has the id {config['ref_id']}, which the panel {panel['id']} shows"
        for place, id_ in _LINK.findall(config.get("content", "")):
            if id_ not in by_id(objects, _LINKED[place]):
                yield f"the panel {panel['id']} links to {id_}, which none of the {_LINKED[place]} has"


def _labels(item: KibanaObject) -> Iterator[str]:
    if item.kind == "data-views":  # whose title is a pattern of index names
        texts = [("name", item.title), *_texts(item.payload.get("fieldAttrs"), "fieldAttrs")]
    else:
        texts = list(_texts(item.payload))
    for place, text in texts:
        if not _BILINGUAL.fullmatch(text):
            yield f"{place} is {text!r}, and should be Arabic, ' · ', English, without digits where they meet"


def _texts(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text that people read, with its place."""
    if isinstance(node, dict):
        for key, value in node.items():
            here = f"{path}.{key}" if path else key
            if key in _LABELS and isinstance(value, str):
                yield here, value
            else:
                yield from _texts(value, here)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _texts(value, f"{path}[{number}]")


def _layout(item: KibanaObject) -> Iterator[str]:
    """Panels stay inside the grid and apart; columns of names are read from the right."""
    taken: dict[tuple[int, int], str] = {}
    for panel in item.payload.get("panels", ()):
        grid = panel["grid"]
        if grid["x"] + grid["w"] > _WIDTH:
            yield f"the panel {panel['id']} is wider than the grid of {_WIDTH} columns"
        cells = [
            (x, y) for x in range(grid["x"], grid["x"] + grid["w"]) for y in range(grid["y"], grid["y"] + grid["h"])
        ]
        if over := {taken[cell] for cell in cells if cell in taken}:
            yield f"the panel {panel['id']} lies over {', '.join(sorted(over))}"
        taken |= dict.fromkeys(cells, panel["id"])
        for row in panel["config"].get("rows", ()):
            names = [name for name in row.get("fields", ()) if f"{name}.text" in fields_of("articles")]
            if names and row.get("alignment") != "right":
                yield f'the panel {panel["id"]} shows {names[0]}, names in Arabic, which need "alignment": "right"'


def _field_faults(objects: Sequence[KibanaObject]) -> Iterator[str]:
    views = by_id(objects, "data-views")
    for view in views.values():
        uses = [(view.payload.get("timeFieldName", ""), "time")]
        uses += [(name, "label") for key in ("fieldAttrs", "fieldFormats") for name in view.payload.get(key, ())]
        yield from _unfit(view.where, view.payload["title"], uses)
    for wanted in (question for item in objects for question in questions(item)):
        try:
            uses = list(wanted.uses())
        except FihristError as error:
            yield f"{wanted.where}: {error}"
            continue
        if wanted.view in views:
            yield from _unfit(wanted.where, views[wanted.view].payload["title"], uses)


def _unfit(where: str, index: str, uses: list[tuple[str, str]]) -> Iterator[str]:
    try:
        fields = fields_of(index)
    except FihristError:
        yield f"{where}: no template of ours makes an index {index}; see mappings/templates."
        return
    for name, operation in dict.fromkeys(uses):
        held = fields.get(name)
        if held is None:
            yield f"{where}: '{name}', asked for {operation}, is no field of {index}; see mappings/templates."
        elif fault := held.refuses(operation):
            yield f"{where}: '{name}' {fault}."
