"""``fihrist runs`` and ``fihrist files``: what happened, from the ledger."""

import re
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer
from elasticsearch import Elasticsearch
from rich.markdown import Markdown
from rich.table import Column, Table
from rich.text import Text

from pipeline.cli.cluster import running_cluster
from pipeline.cli.console import err, isolate, out, print_json
from pipeline.errors import FihristError
from pipeline.flow.rendering import markdown
from pipeline.index.names import IndexNames
from pipeline.ledger.entry import STATES
from pipeline.settings import settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")]
Source = Annotated[str | None, typer.Option(help="Only this source.")]
Since = Annotated[str | None, typer.Option(help="Only since then: 2024-05-01, or 12h, 7d, 2w ago.")]
_RUN_STATES = {"success": "green", "failed": "red", "interrupted": "yellow"}
"""How states of runs look."""


def runs(
    limit: Limit = 14,
    last: Annotated[bool, typer.Option("--last", help="Show the whole report of the newest run.")] = False,
    run: Annotated[str | None, typer.Option(help="Show the whole report of this run.")] = None,
    max_age: Annotated[
        float | None,
        typer.Option(
            min=0, help="Exit with 1 unless a run succeeded in the last HOURS; for a watchdog.", metavar="HOURS"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the last runs: state, counts, time; or the report of one.

    Example: fihrist runs --last
    """
    query: dict[str, Any] = {"term": {"run_id": run}} if run else {"match_all": {}}
    found = _newest(running_cluster(settings()), _names().runs, 1 if last else limit, query)
    if run and not found:
        raise FihristError(f"the ledger knows no run '{run}'; 'fihrist runs' shows the last ones")
    if as_json:
        for document in found:
            print_json(document)
    elif last or run:
        out.print(*(Markdown(markdown(document)) for document in found))
    else:
        out.print(_table_of_runs(found))
    if max_age is not None:
        _require_success(max_age)


def _table_of_runs(found: list[dict[str, Any]]) -> Table:
    table = Table("started", "state", "files", *STATES, "seconds", "warnings", Column("run", overflow="fold"))
    for run in found:
        counts = (str(run["counts"].get(state, 0)) for state in STATES)
        table.add_row(
            run["started_at"][:19], Text(run["state"], style=_RUN_STATES[run["state"]]),
            str(run["manifest"]), *counts, f"{run['duration_seconds']:.1f}",
            Text(str(len(run.get("warnings", ()))), style="yellow" if run.get("warnings") else "dim"), run["run_id"],
        )  # fmt: skip
    return table


def _require_success(hours: float) -> None:
    """Exit with 1 unless a run succeeded in the last hours: nothing else notices that none was started at all."""
    since = (datetime.now(UTC) - timedelta(hours=hours)).isoformat()
    query = {"bool": {"filter": [{"term": {"state": "success"}}, {"range": {"finished_at": {"gte": since}}}]}}
    if not _newest(running_cluster(settings()), _names().runs, 1, query):
        err.print(f"no run succeeded in the last {hours:g} hours; see docs/operations.md", style="red")
        raise typer.Exit(1)


def files(
    state: Annotated[str | None, typer.Option(help="indexed, duplicate, quarantined or failed.")] = None,
    reason: Annotated[str | None, typer.Option(help="E.g. empty, binary, undecodable.")] = None,
    source: Source = None,
    path: Annotated[str | None, typer.Option(help="Only paths like this; * matches anything, ? one character.")] = None,
    since: Since = None,
    missing: Annotated[bool, typer.Option("--missing", help="Only files that are gone from their folder.")] = False,
    run: Annotated[str | None, typer.Option(help="Only files that this run did.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Show what became of raw files, the latest first.

    Example: fihrist files --state quarantined
    """
    wanted = {"state": _one_of(state, STATES), "reason": reason, "source": source, "run_id": run}
    query = _query(wanted, since)
    if path:
        query["bool"]["filter"].append({"wildcard": {"path": path}})
    if missing:
        query["bool"]["filter"].append({"exists": {"field": "missing_since"}})
    found = _newest(running_cluster(settings()), _names().files, limit, query)
    if as_json:
        for entry in found:
            print_json(entry)
        return
    table = Table("file", "state", "stage", "reason", "message", "tries")
    for entry in found:
        cells = (entry["uri"], entry["state"], entry["stage"], entry["reason"], _message(entry), entry["attempts"])
        table.add_row(*(Text("" if cell is None else isolate(str(cell))) for cell in cells))
    out.print(table)


def _message(entry: dict[str, Any]) -> str | None:
    """Return what else is to be said of a file."""
    said = [entry["message"]] if entry["message"] else []
    if entry.get("missing_since"):
        said.append(f"gone since {entry['missing_since'][:10]}")
    if entry.get("moved_from"):
        said.append(f"was {entry['moved_from']}")
    return "; ".join(said) or None


def _one_of(value: str | None, known: tuple[str, ...]) -> str | None:
    if value is not None and value not in known:
        raise FihristError(f"'{value}' is no state; it is one of {', '.join(known)}")
    return value


def _query(wanted: dict[str, str | None], since: str | None) -> dict[str, Any]:
    """Return the query for entries that have these values, and are not older."""
    filters: list[dict[str, Any]] = [{"term": {field: value}} for field, value in wanted.items() if value]
    if since:
        filters.append({"range": {"@timestamp": {"gte": _moment(since)}}})
    return {"bool": {"filter": filters}}


def _moment(text: str) -> str:
    """Return a moment as Elasticsearch takes it."""
    if re.fullmatch(r"\d{1,5}[mhdw]", text):
        return f"now-{text}"
    try:
        return datetime.fromisoformat(text).isoformat()
    except ValueError:
        raise FihristError(f"'{text}' is no moment; give a date like 2024-05-01, or 12h, 7d, 2w") from None


def _names() -> IndexNames:
    return IndexNames(settings().index_prefix)


def _newest(client: Elasticsearch, index: str, limit: int, query: dict[str, Any]) -> list[dict[str, Any]]:
    if not client.indices.exists(index=index):
        raise FihristError("there is no ledger yet; it begins with the first 'fihrist run'")
    answer = client.search(index=index, size=limit, query=query, sort=[{"@timestamp": "desc"}])
    return [hit["_source"] for hit in answer["hits"]["hits"]]
