"""The fields of our indices, from the mappings, and which operation of Kibana takes which kind of field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.index.templates import render_template

_FAMILY = {
    **dict.fromkeys(("keyword", "constant_keyword", "wildcard"), "keyword"),
    **dict.fromkeys(("byte", "short", "integer", "long", "float", "double", "half_float", "scaled_float"), "number"),
    **dict.fromkeys(("date", "date_nanos"), "date"),
}
"""Elasticsearch's type of a field → what Kibana takes it for; types that are not here stand for themselves."""

_VALUES = frozenset({"keyword", "boolean", "number", "date"})
TAKES: dict[str, frozenset[str]] = {
    "terms": frozenset({"keyword", "boolean", "number"}),
    "date_histogram": frozenset({"date"}),
    **dict.fromkeys(("sum", "average", "median", "percentile", "standard_deviation"), frozenset({"number"})),
    **dict.fromkeys(("min", "max", "range"), frozenset({"number", "date"})),
    **dict.fromkeys(("count", "unique_count", "sort"), _VALUES),
    "is": _VALUES | {"text"},
    "is_one_of": _VALUES,
    "exists": _VALUES | {"text", "geo_point"},
    "time": frozenset({"date"}),
    "geo": frozenset({"geo_point"}),
}
"""Operation → families of fields that it takes; an operation that is not here takes every field."""

_FROM_THE_INDEX = frozenset({"is", "is_one_of", "exists", "range"})
"""Operations that search; the others, but for showing a column, read a field's values (``doc_values``)."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field as Kibana sees it."""

    family: str
    indexed: bool = True
    has_values: bool = True

    def refuses(self, operation: str) -> str | None:
        """Say why an operation can't work on this field; None if it can."""
        takes = TAKES.get(operation)
        if takes is None:
            return None
        if self.family not in takes:
            return f"is a {self.family}, and {operation} takes {' or '.join(sorted(takes))}"
        if operation in _FROM_THE_INDEX:
            return None if self.indexed else f"is not indexed, so {operation} can't search it"
        return None if self.has_values else f"has no doc_values, so {operation} can't read it"


@cache
def fields_of(template: str) -> Mapping[str, Field]:
    """Return the fields of an index by their full names, as the template of that name maps them."""
    return dict(_walk(render_template(template)["mappings"]))


def _walk(mapping: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, Field]]:
    for name, described in (*mapping.get("properties", {}).items(), *mapping.get("fields", {}).items()):
        if described.get("enabled") is False:
            continue
        full, kind = path + name, described.get("type", "object")
        if kind != "object":
            values = described.get("doc_values", kind != "text")
            yield full, Field(_FAMILY.get(kind, kind), described.get("index", True), values)
        yield from _walk(described, f"{full}.")
