"""``fihrist runs`` and ``fihrist files``: what happened, from the ledger."""

from typing import Annotated, Any

import typer
from elasticsearch import Elasticsearch
from rich.table import Table
from rich.text import Text

from pipeline.cli.cluster import running_cluster
from pipeline.cli.console import isolate, out, print_json
from pipeline.errors import FihristError
from pipeline.index.names import IndexNames
from pipeline.ledger.entry import STATES
from pipeline.settings import settings

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
Limit = Annotated[int, typer.Option(min=1, max=10_000, help="How many to show.")]


def runs(limit: Limit = 14, as_json: AsJson = False) -> None:
    """Show the last runs: state, counts, time.

    Example: fihrist runs --limit 3
    """
    names = _names()
    found = _newest(running_cluster(settings()), names.runs, limit, {"match_all": {}})
    if as_json:
        for run in found:
            print_json(run)
        return
    table = Table("started", "state", "files", *STATES, "seconds", "run")
    for run in found:
        counts = (str(run["counts"].get(state, 0)) for state in STATES)
        table.add_row(
            run["started_at"][:19], run["state"], str(run["manifest"]), *counts,
            f"{run['duration_seconds']:.1f}", run["run_id"],
        )  # fmt: skip
    out.print(table)


def files(
    state: Annotated[str | None, typer.Option(help="indexed, duplicate, quarantined or failed.")] = None,
    reason: Annotated[str | None, typer.Option(help="E.g. empty, binary, undecodable.")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source.")] = None,
    run: Annotated[str | None, typer.Option(help="Only files that this run did.")] = None,
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Show what became of raw files, the latest first.

    Example: fihrist files --state quarantined
    """
    if state is not None and state not in STATES:
        raise FihristError(f"'{state}' is no state; it is one of {', '.join(STATES)}")
    wanted = {"state": state, "reason": reason, "source": source, "run_id": run}
    query = {"bool": {"filter": [{"term": {field: value}} for field, value in wanted.items() if value]}}
    found = _newest(running_cluster(settings()), _names().files, limit, query)
    if as_json:
        for entry in found:
            print_json(entry)
        return
    table = Table("file", "state", "stage", "reason", "message", "tries")
    for entry in found:
        cells = (entry["uri"], entry["state"], entry["stage"], entry["reason"], entry["message"], entry["attempts"])
        table.add_row(*(Text("" if cell is None else isolate(str(cell))) for cell in cells))
    out.print(table)


def _names() -> IndexNames:
    return IndexNames(settings().index_prefix)


def _newest(client: Elasticsearch, index: str, limit: int, query: dict[str, Any]) -> list[dict[str, Any]]:
    if not client.indices.exists(index=index):
        raise FihristError("there is no ledger yet; it begins with the first 'fihrist run'")
    answer = client.search(index=index, size=limit, query=query, sort=[{"@timestamp": "desc"}])
    return [hit["_source"] for hit in answer["hits"]["hits"]]
