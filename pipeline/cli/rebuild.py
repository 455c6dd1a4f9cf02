"""``fihrist index rebuild``: a new index from the raw files, watched from the terminal."""

from typing import Annotated

import typer

from pipeline.cli.console import err
from pipeline.cli.run import AsJson, SourceName, run_dag

DAG_ID = "news_rebuild"


def rebuild(
    path: Annotated[
        str | None, typer.Argument(help="Only this folder or bucket is read; default: all that runs have read.")
    ] = None,
    source: SourceName = None,
    batch_size: Annotated[int | None, typer.Option(min=1, help="Most files in a batch.")] = None,
    accept: Annotated[bool, typer.Option(help="Let the new index go live whatever the checks say.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a new index from the raw files, check it, and let it take the place of the one that is searched.

    Searches and nightly runs go on meanwhile. Articles whose files are gone, or not under PATH, are taken over as they
    are.

    Example: fihrist index rebuild
    """
    asked = {"path": path, "source": source, "batch_size": batch_size, "accept": accept}
    run_dag(
        DAG_ID, asked, as_json=as_json, go_on="nothing has changed for searches; 'fihrist index rebuild' begins anew"
    )
    err.print("not content with it? 'fihrist index rollback'", style="dim", highlight=False)
