"""What a panel, a control, a session or a map asks of Elasticsearch, read out of its definition once.

The checks of fields and the requests to a server both start here, so that neither can know of a field that the other
does not.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pipeline.errors import FihristError
from pipeline.kibana import kql
from pipeline.kibana.objects import KibanaObject, Payload

_CALL = re.compile(r"([a-z_]+)\(\s*([\w.@]*)\s*\)")
_ARITHMETIC = re.compile(r"[\d\s.+*/()-]*")


@dataclass(frozen=True, slots=True)
class Question:
    """One request to Elasticsearch, in Kibana's words."""

    where: str
    view: str
    """Id of the data view."""
    time_range: Payload | None = None
    expressions: tuple[str, ...] = ()
    """KQL: the dashboard's, the panel's."""
    filters: tuple[Payload, ...] = ()
    groups: tuple[Payload, ...] = ()
    """Buckets, the outermost first."""
    metrics: tuple[Payload, ...] = ()
    columns: tuple[str, ...] = ()
    sort: tuple[Payload, ...] = ()
    documents: bool = False
    """Whether documents are shown, not numbers."""
    geo: str | None = field(default=None)
    """Field of points that a layer of a map shows."""

    def uses(self) -> Iterator[tuple[str, str]]:
        """Yield each field with the operation that works on it."""
        for expression in self.expressions:
            yield from kql.parse(expression).fields
        for condition in (item["condition"] for item in self.filters):
            yield condition["field"], condition["operator"]
        for group in self.groups:
            yield from _group_uses(group)
        for metric in self.metrics:
            yield from _metric_uses(metric)
        yield from ((column, "column") for column in self.columns)
        yield from ((key["name"], "sort") for key in self.sort)
        if self.geo:
            yield self.geo, "geo"


def questions(item: KibanaObject) -> Iterator[Question]:
    """Yield what an object asks; data views ask nothing, and a panel that shows a session leaves it to the session."""
    if item.kind == "sessions":
        yield _session(item)
    elif item.kind == "maps":
        yield from _layers(item)
    elif item.kind == "dashboards":
        yield from _dashboard(item)


def calls(formula: str) -> list[Payload]:
    """Return the metrics that a formula computes with.

    Raises:
        FihristError: there is more in it than metrics of fields, numbers and ``+ - * / ( )``.
    """
    if not _ARITHMETIC.fullmatch(_CALL.sub("1", formula)):
        raise FihristError(f"The formula '{formula}' holds more than sums of metrics, which the checks don't know.")
    return [{"operation": name, **({"field": of} if of else {})} for name, of in _CALL.findall(formula)]


def _dashboard(item: KibanaObject) -> Iterator[Question]:
    time_range, query = item.payload.get("time_range"), item.payload.get("query")
    for control in item.payload.get("pinned_panels", ()):
        config = control["config"]
        values = {"operation": "terms", "fields": [config["field_name"]]}
        yield Question(f"{item.where}: {control['id']}", config["data_view_id"], time_range, groups=(values,))
    for panel in item.payload.get("panels", ()):
        if panel["type"] != "vis":
            continue
        vis = panel["config"]
        for part in vis.get("layers", (vis,)):
            yield Question(
                f"{item.where}: {panel['id']}",
                part["data_source"]["ref_id"],
                vis.get("time_range", time_range),
                expressions=tuple(_expressions(query, vis.get("query"))),
                filters=(*item.payload.get("filters", ()), *vis.get("filters", ())),
                groups=tuple(_groups(part)),
                metrics=tuple(part.get("y") or part.get("metrics") or [part["metric"]]),
            )


def _groups(part: Payload) -> Iterator[Payload]:
    """The buckets of any kind of chart; colours come outside days, as Kibana nests them."""
    yield from part.get("rows", ())
    yield from part.get("group_by", ())
    yield from (part[key] for key in ("breakdown_by", "x", "region") if key in part)


def _session(item: KibanaObject) -> Question:
    tab = item.payload["tabs"][0]
    return Question(
        item.where,
        tab["data_source"]["ref_id"],
        item.payload.get("time_range"),
        expressions=tuple(_expressions(tab["query"])),
        filters=tuple(tab.get("filters", ())),
        columns=(*tab.get("column_order", ()), *tab.get("column_settings", ())),
        sort=tuple(tab.get("sort", ())),
        documents=True,
    )


def _layers(item: KibanaObject) -> Iterator[Question]:
    for layer in item.payload["layerListJSON"]:
        source = layer["sourceDescriptor"]
        if "geoField" in source:
            yield Question(
                f"{item.where}: {layer['id']}",
                source["indexPatternId"],
                item.payload["mapStateJSON"].get("timeFilters"),
                columns=tuple(source.get("tooltipProperties", ())),
                documents=source["type"] == "ES_SEARCH",
                geo=source["geoField"],
            )


def _expressions(*queries: Payload | None) -> Iterable[str]:
    return (query["expression"] for query in queries if query and query["expression"])


def _group_uses(group: Payload) -> Iterator[tuple[str, str]]:
    operation = group["operation"]
    yield from ((name, operation) for name in group.get("fields", ()))
    if "field" in group:
        yield group["field"], operation
    for part in group.get("filters", ()):
        yield from kql.parse(part["filter"]["expression"]).fields


def _metric_uses(metric: Payload) -> Iterator[tuple[str, str]]:
    for part in calls(metric["formula"]) if metric["operation"] == "formula" else (metric,):
        if "field" in part:
            yield part["field"], part["operation"]
    if "filter" in metric:
        yield from kql.parse(metric["filter"]["expression"]).fields
