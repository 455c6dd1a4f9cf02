"""The table that closes ``fihrist run``: what became of the files, in what time, and how to go on."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

from elasticsearch import Elasticsearch
from rich.table import Table
from rich.text import Text
from upath import UPath

from pipeline.cli.console import isolate, out
from pipeline.errors import FihristError
from pipeline.flow.manifest import Manifest, batch_tasks, frozen, unchanged_files
from pipeline.flow.publish import report_of
from pipeline.index.names import IndexNames
from pipeline.ledger.entry import STATES
from pipeline.settings import Settings
from pipeline.sources.raw import ListedFile

SHOWN = 20
"""Files in the table; a larger run shows its first ones."""
STYLES = {"indexed": "green", "unchanged": "dim", "duplicate": "cyan", "quarantined": "yellow", "failed": "red"}
"""How states look."""


def print_closing_table(
    client: Elasticsearch, settings: Settings, folder: UPath, run_id: str, seconds: float, *, quiet: bool
) -> dict[str, Any]:
    """Print what a run did (unless quiet), and return the run's document with the command's seconds."""
    names = IndexNames(settings.index_prefix)
    manifest = frozen(folder)
    if manifest is None:
        return {"run_id": run_id, "state": "failed", "command_seconds": round(seconds, 1)}
    run = _document(client, names, folder, run_id)
    if not quiet:
        out.print(_table(client, names, folder, manifest))
        _print_summary(run, manifest, seconds)
    return {**run, "command_seconds": round(seconds, 1)}


def _document(client: Elasticsearch, names: IndexNames, folder: UPath, run_id: str) -> dict[str, Any]:
    """Return the run as the ledger has it, or else as its report was left on disk: the ledger did not take it then."""
    stored = client.options(ignore_status=404).get(index=names.runs, id=run_id)
    if stored.get("found"):
        found: dict[str, Any] = stored["_source"]
        return found
    left = report_of(folder)
    if left is None:
        raise FihristError(f"run {run_id} has no report: its task 'report' was stopped; clear it, or run again")
    return {**left[0], "state": "failed"}


def _table(client: Elasticsearch, names: IndexNames, folder: UPath, manifest: Manifest) -> Table:
    columns = ("file", "state", "title", "date", "language", "cut", "people", "places", "organisations")
    table = Table(
        *columns, caption=f"the first {SHOWN} of {manifest.listed:,} files" if manifest.listed > SHOWN else None
    )
    files = list(islice(_files(folder, manifest), SHOWN))
    if not files:
        return table
    ids = [file.id for file, _ in files]
    ledger = {hit["_id"]: hit.get("_source", {}) for hit in client.mget(index=names.files, ids=ids)["docs"]}
    articles = {hit["_id"]: hit.get("_source", {}) for hit in client.mget(index=names.articles, ids=ids)["docs"]}
    for file, unchanged in files:
        entry, article = ledger.get(file.id, {}), articles.get(file.id, {})
        state = "unchanged" if unchanged else str(entry.get("state", "failed"))
        reason = "" if state in ("indexed", "duplicate") else str(entry.get("reason") or "")
        entities = article.get("entities", {})
        table.add_row(
            Text(isolate(file.path)),
            Text(f"{state} {reason}".strip(), style=STYLES[state]),
            Text(isolate(_title(article))),
            str(article.get("published_at") or "–"),
            str(article.get("language") or "–"),
            *(str(len(values)) for values in (
                article.get("removed", ()), entities.get("persons", ()),
                entities.get("locations", ()), entities.get("organizations", ()),
            )),
        )  # fmt: skip
    return table


def _print_summary(run: dict[str, Any], manifest: Manifest, seconds: float) -> None:
    counts = Text(" · ").join(
        Text(f"{run['counts'][state]:,} {state}", style=STYLES[state] if run["counts"][state] else "dim")
        for state in STATES
    )
    out.print(Text(f"{manifest.listed:,} files: ").append_text(counts))
    out.print(
        f"run {run['state']} in {run['duration_seconds']:.1f} s, {seconds:.1f} s with start and stop of the servers"
    )
    for warning in run.get("warnings", ()):
        out.print(f"! {warning}", style="yellow", highlight=False, markup=False)
    out.print("search: [bold]fihrist search 'الولايات المتحدة'[/]   more: fihrist files, fihrist runs, fihrist up")


def _files(folder: UPath, manifest: Manifest) -> Iterator[tuple[ListedFile, bool]]:
    """The run's files, and whether they needed nothing."""
    done = (task.file for name in manifest.batches for task in batch_tasks(folder / name))
    return chain(((file, False) for file in done), ((file, True) for file in unchanged_files(folder)))


def _title(article: dict[str, Any]) -> str:
    if article.get("title"):
        return str(article["title"])
    return f"({' '.join(article['body'].split()[:8])} …)" if article.get("body") else "–"
