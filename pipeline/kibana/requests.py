"""The Elasticsearch request behind a question, as Kibana would send it, and whether an answer holds data."""

import re
from collections.abc import Mapping
from typing import Any

from pipeline.kibana import kql
from pipeline.kibana.objects import Payload
from pipeline.kibana.questions import Question, calls

_BARS = 100
"""Most buckets of a time axis (Kibana's ``histogram:maxBars``); beyond them Kibana takes a longer interval."""
_INTERVALS = {"1h": 1 / 24, "1d": 1.0, "1w": 7.0, "1M": 30.0, "1y": 365.0}
"""Calendar intervals and their length in days."""
_TO_ELASTICSEARCH = {"unique_count": "cardinality", "average": "avg", "count": "value_count"}
_MISSING = "__missing__"
"""What Kibana calls the bucket of documents without the field."""
_TILES = 6
"""Zoom of the tiles whose articles a map counts: about the size of a province."""


def search_body(question: Question, time_field: str) -> Payload:
    """Return the body of the search; of numbers, only numbers.

    Args:
        question: what is asked.
        time_field: the data view's field of time.
    """
    filters = [_filter(item) for item in question.filters if not item.get("disabled")]
    filters += [query for text in question.expressions if (query := kql.parse(text).query)]
    if question.time_range:
        limits = {"gte": question.time_range["from"], "lte": question.time_range["to"]}
        filters.append({"range": {time_field: limits}})
    if question.documents and question.geo:
        filters.append({"exists": {"field": question.geo}})
    body: Payload = {"query": {"bool": {"filter": filters}}, "track_total_hits": True}
    if question.documents:
        sort = [{key["name"]: {"order": key["direction"]}} for key in question.sort]
        return {**body, "size": 1, "fields": sorted(set(question.columns)), **({"sort": sort} if sort else {})}
    return {**body, "size": 0, "aggs": _aggregations(question)}


def holds_data(question: Question, answer: Mapping[str, Any]) -> bool:
    """Say whether an answer would show anything: a document, or a filled bucket with a number in it."""
    if not answer["hits"]["total"]["value"]:
        return False
    return question.documents or _filled(answer.get("aggregations", {}))


def _aggregations(question: Question) -> Payload:
    inner: Payload = {}
    for number, metric in enumerate(question.metrics):
        inner |= _metric(metric, f"m{number}")
    if question.geo:
        return {"g0": {"geotile_grid": {"field": question.geo, "precision": _TILES}}}
    for depth, group in reversed(list(enumerate(question.groups))):
        innermost = depth == len(question.groups) - 1
        bucket = _bucket(group, question.time_range, question.metrics if innermost else ())
        inner = {f"g{depth}": {**bucket, **({"aggs": inner} if inner else {})}}
    return inner


def _bucket(group: Payload, time_range: Payload | None, metrics: tuple[Payload, ...]) -> Payload:
    if group["operation"] == "filters":
        parts = {
            part.get("label", str(number)): kql.parse(part["filter"]["expression"]).query or {"match_all": {}}
            for number, part in enumerate(group["filters"])
        }
        return {"filters": {"filters": parts}}
    if group["operation"] == "date_histogram":
        interval = _interval(group.get("suggested_interval", "auto"), time_range)
        return {"date_histogram": {"field": group["field"], "calendar_interval": interval}}
    sized = {"size": group.get("limit", 5), **_order(group.get("rank_by", {}), metrics)}
    if len(group["fields"]) > 1:
        return {"multi_terms": {"terms": [{"field": name} for name in group["fields"]], **sized}}
    if group.get("other_bucket", {}).get("include_documents_without_field"):
        sized["missing"] = _MISSING
    return {"terms": {"field": group["fields"][0], **sized}}


def _order(rank: Payload, metrics: tuple[Payload, ...]) -> Payload:
    if rank.get("type") == "alphabetical":
        return {"order": {"_key": rank["direction"]}}
    number = rank.get("metric_index", 0)
    if not metrics or metrics[number]["operation"] in {"count", "formula"}:
        return {}  # Elasticsearch's own order, by documents
    path = f"m{number}>value" if "filter" in metrics[number] else f"m{number}"
    return {"order": {path: rank.get("direction", "desc")}}


def _metric(metric: Payload, name: str) -> Payload:
    operation, of = str(metric["operation"]), metric.get("field")
    if operation == "formula":
        parts = [_metric(call, f"{name}_{number}") for number, call in enumerate(calls(metric["formula"]))]
        return {key: value for part in parts for key, value in part.items()}
    if operation in {"median", "percentile"}:
        percent = 50.0 if operation == "median" else metric.get("percentile", 95)
        made: Payload = {"percentiles": {"field": of, "percents": [percent]}}
    elif operation == "standard_deviation":
        made = {"extended_stats": {"field": of}}
    else:
        made = {_TO_ELASTICSEARCH.get(operation, operation): {"field": of}} if of else {}
    if "filter" in metric:
        query = kql.parse(metric["filter"]["expression"]).query or {"match_all": {}}
        return {name: {"filter": query, **({"aggs": {"value": made}} if made else {})}}
    return {name: made} if made else {}


def _filter(item: Payload) -> Payload:
    condition = item["condition"]
    name, value = condition["field"], condition.get("value")
    query: Payload = {
        "exists": {"exists": {"field": name}},
        "is": {"match_phrase": {name: value}},
        "is_one_of": {"terms": {name: value}},
    }[condition["operator"]]
    return {"bool": {"must_not": [query]}} if item.get("negate") else query


def _interval(suggested: str, time_range: Payload | None) -> str:
    """The suggested interval, or the shortest longer one that keeps the axis readable, as Kibana does it."""
    ladder = list(_INTERVALS)
    steps = ladder[ladder.index(suggested) if suggested in ladder else 0 :]
    days = _days(time_range)
    return next((step for step in steps if days / _INTERVALS[step] <= _BARS), steps[-1])


def _days(time_range: Payload | None) -> float:
    match = re.fullmatch(r"now-(\d+)([hdwMy])(?:/\w)?", (time_range or {}).get("from", ""))
    return int(match[1]) * _INTERVALS[f"1{match[2]}"] if match else 0.0


def _filled(aggregations: Mapping[str, Any]) -> bool:
    """Whether some bucket holds documents, and every metric beside it is a number somewhere."""
    for found in aggregations.values():
        buckets = found.get("buckets")
        if buckets is not None:
            listed = list(buckets.values()) if isinstance(buckets, dict) else buckets
            held = [bucket for bucket in listed if bucket["doc_count"]]
            if not held or not any(_filled(_inside(bucket)) for bucket in held):
                return False
        elif "doc_count" not in found and _value(found) is None:
            return False
    return True


def _inside(bucket: Mapping[str, Any]) -> Payload:
    return {key: value for key, value in bucket.items() if isinstance(value, dict)}


def _value(found: Mapping[str, Any]) -> Any:
    return next(iter(found["values"].values())) if "values" in found else found.get("value", found.get("count"))
