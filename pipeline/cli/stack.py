"""``fihrist up``, ``down`` and ``doctor``: the servers of this machine."""

import typer

from pipeline.cli.cluster import ensure_cluster
from pipeline.cli.console import err, out
from pipeline.embedded import doctor as checks
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_status, start_airflow, stop_airflow
from pipeline.embedded.elasticsearch import stop_server
from pipeline.settings import settings


def up() -> None:
    """Start Elasticsearch and Airflow (scheduler and user interface) on 127.0.0.1, and leave them up.

    Example: fihrist up
    """
    config = settings()
    es_url = ensure_cluster(config)
    running = airflow_status(config) or start_airflow(
        config, es_url, lambda message: err.print(f"· {message}", style="dim", markup=False)
    )
    user, password = credentials(config)
    out.print(f"Elasticsearch  {es_url}", highlight=False)
    out.print(f"Airflow        {running.url}   user {user}, password {password}", highlight=False, markup=False)
    out.print(f"The nightly run is scheduled ({config.schedule}, {config.time_zone}). Stop all: fihrist down")


def down() -> None:
    """Stop what 'fihrist up' or 'fihrist run' started on this machine.

    Example: fihrist down
    """
    config = settings()
    for name, stopped in (("Airflow", stop_airflow(config)), ("Elasticsearch", stop_server(config))):
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
