"""``fihrist index``: the articles' index and its generations."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table

from pipeline.cli.cluster import running_cluster
from pipeline.cli.console import out, print_json
from pipeline.settings import settings

app = typer.Typer(no_args_is_help=True, help="The articles' index: status, template, rollback.")


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False) -> None:
    """Show the generations of the index, and which one is searched.

    Example: fihrist index status
    """
    from pipeline.index.aliases import generations
    from pipeline.index.names import IndexNames

    config = settings()
    found = generations(running_cluster(config), IndexNames(config.index_prefix))
    if as_json:
        for generation in found:
            print_json(asdict(generation))
        return
    table = Table("index", "state", "articles", "MB")
    for generation in found:
        table.add_row(
            generation.index, generation.state, str(generation.documents), f"{generation.bytes / 1_000_000:.1f}"
        )
    out.print(table)


@app.command()
def template() -> None:
    """Print the whole index body (settings, mappings) that articles-* gets; no server is asked.

    Example: fihrist index template | jq .mappings
    """
    from pipeline.index.templates import render_template

    print_json(render_template())


@app.command()
def rollback() -> None:
    """Let the index before the last rebuild be searched again.

    Example: fihrist index rollback
    """
    from pipeline.index.aliases import rollback as go_back
    from pipeline.index.names import IndexNames

    config = settings()
    index = go_back(running_cluster(config), IndexNames(config.index_prefix))
    out.print(f"'{IndexNames(config.index_prefix).articles}' is {index} again")
