"""``fihrist serve``: the search page."""

from typing import Annotated

import typer

from pipeline.cli.cluster import cluster_settings
from pipeline.cli.console import out
from pipeline.embedded.airflow.server import airflow_status
from pipeline.settings import settings


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; any but 127.0.0.1 needs a password.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; a free one if it is taken.")] = None,
) -> None:
    """Serve the search page: search and read articles, and see runs. It only reads. Ctrl-C ends it.

    Example: fihrist serve --port 8090
    """
    from pipeline.serve.options import options
    from pipeline.serve.server import address, listen
    from pipeline.serve.server import serve as run

    config = settings()
    given = {name: value for name, value in (("serve_host", host), ("serve_port", port)) if value is not None}
    config = config.model_copy(update=given)
    chosen = options(config)
    config = cluster_settings(config)
    airflow = airflow_status(config)
    listener = listen(chosen)
    out.print(f"Search page  {address(chosen, listener)}", highlight=False)
    run(config, chosen, listener, config.airflow_url or (airflow.url if airflow else None))
