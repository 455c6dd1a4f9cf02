"""``fihrist up``, ``down`` and ``doctor``: the servers of this machine."""

from typing import Annotated

import typer

from pipeline.cli.cluster import ensure_cluster, tell
from pipeline.cli.console import out
from pipeline.embedded import doctor as checks
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_status, start_airflow, stop_airflow
from pipeline.embedded.elasticsearch import server_status, stop_server
from pipeline.embedded.search_page import ensure_page, stop_page
from pipeline.errors import NeedsPersonError
from pipeline.settings import Settings, settings


def up(
    secure: Annotated[
        bool, typer.Option("--secure", help="Elasticsearch with passwords, keys and TLS, from now on.")
    ] = False,
) -> None:
    """Start Elasticsearch, Airflow (scheduler and user interface) and the search page on 127.0.0.1; they stay up.

    Example: fihrist up
    """
    config = settings()
    if secure:
        config = _secured(config)
    config = ensure_cluster(config)
    running = airflow_status(config) or start_airflow(config, tell)
    page = ensure_page(config, tell)
    user, password = credentials(config)
    out.print(f"Search page    {page.url}", highlight=False)
    out.print(f"Elasticsearch  {config.es_url}", highlight=False)
    if config.es_ca:
        out.print(f"               authority {config.es_ca}, keys in {config.security_folder}", highlight=False)
    out.print(f"Airflow        {running.url}   user {user}, password {password}", highlight=False, markup=False)
    out.print(f"The nightly run is scheduled ({config.schedule}, {config.time_zone}). Stop all: fihrist down")


def _secured(config: Settings) -> Settings:
    """Return settings for a secure server; an Airflow that works with an open one is stopped, to be started anew."""
    if config.es_url:
        raise NeedsPersonError("FIHRIST_ES_URL names a cluster; --secure is about the embedded Elasticsearch.")
    server = server_status(config)
    if server and not server.secure:
        stop_airflow(config)
        stop_page(config)
    return config.model_copy(update={"es_security": True})


def down() -> None:
    """Stop what 'fihrist up' or 'fihrist run' started on this machine.

    Example: fihrist down
    """
    config = settings()
    servers = {"Search page": stop_page, "Airflow": stop_airflow, "Elasticsearch": stop_server}
    for name, stop in servers.items():
        stopped = stop(config)
        out.print(f"{name}: {'stopped' if stopped else 'was not running'}")


def doctor() -> None:
    """Check what Fihrist needs on this machine, and say what to do about what is missing.

    Example: fihrist doctor
    """
    found = checks.examine(settings())
    for check in found:
        mark = "[green]ok[/]" if check.ok else "[red]missing[/]"
        out.print(f"{mark:>20}  {check.name}: {check.message}", highlight=False)
    if not all(check.ok for check in found):
        raise typer.Exit(1)
