"""``fihrist index``: the articles' index and its generations."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from pipeline.cli.cluster import running_cluster
from pipeline.cli.console import out, print_json
from pipeline.cli.rebuild import rebuild
from pipeline.index.names import IndexNames
from pipeline.settings import settings

app = typer.Typer(no_args_is_help=True, help="The articles' index: status, template, rebuild, rollback, retention.")
app.command()(rebuild)


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False) -> None:
    """Show the generations of the index, which one is searched, and whether it is as this version would make it.

    Example: fihrist index status
    """
    from pipeline.index.status import described

    config = settings()
    found = described(running_cluster(config), IndexNames(config.index_prefix))
    if as_json:
        for generation in found:
            print_json(asdict(generation))
        return
    table = Table("index", "state", "articles", "MB", "bytes an article", "analysis", "drift")
    for generation in found:
        table.add_row(
            generation.index, generation.state, f"{generation.documents:,}", f"{generation.bytes / 1_000_000:,.1f}",
            f"{generation.bytes / generation.documents:,.0f}" if generation.documents else "–",
            generation.analysis or "–", ", ".join(generation.drift) or "none",
        )  # fmt: skip
    out.print(table)
    if any(generation.state == "live" and generation.drift for generation in found):
        out.print("'fihrist index rebuild' makes an index as this version would")


@app.command()
def template() -> None:
    """Print the whole index body (settings, mappings) that articles-* gets; no server is asked.

    Example: fihrist index template | jq .mappings
    """
    from pipeline.index.sizing import Sizing
    from pipeline.index.templates import render_template

    print_json(render_template(sizing=Sizing.of(settings())))


@app.command()
def rollback() -> None:
    """Let the index before the last rebuild be searched again, with what has come since; twice goes forward again.

    Example: fihrist index rollback
    """
    from pipeline.flow.rollback import rollback as go_back

    config = settings()
    names = IndexNames(config.index_prefix)
    done = go_back(running_cluster(config), names)
    out.print(f"'{names.articles}' is {done.index} again; {done.carried} articles that came since were taken over")
    if done.refused:
        out.print(f"{done.refused} articles don't fit its mapping: the next 'fihrist run' does their files again")


@app.command()
def prune(
    unfinished: Annotated[bool, typer.Option(help="Also delete what rebuilds left that did not go live.")] = False,
) -> None:
    """Delete old indices, and what the ledger should not remember any longer (FIHRIST_KEEP_INDICES, …_KEEP_RUNS_DAYS).

    Example: fihrist index prune
    """
    from pipeline.flow.retention import prune as forget
    from pipeline.index.aliases import remove_leftovers

    config = settings()
    client, names = running_cluster(config), IndexNames(config.index_prefix)
    deleted = remove_leftovers(client, names) if unfinished else []
    done = forget(client, names, config)
    out.print(f"deleted: {', '.join([*deleted, *done.indices]) or 'no index'}")
    out.print(f"forgotten: {done.runs} runs, {done.files} files")
