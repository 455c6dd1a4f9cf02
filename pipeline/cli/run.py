"""``fihrist run``: the main job, once, watched from the terminal."""

import time
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.cli.closing import print_closing_table
from pipeline.cli.cluster import ensure_cluster
from pipeline.cli.console import err, print_json
from pipeline.cli.watch import watch
from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_for, airflow_status
from pipeline.errors import FihristError
from pipeline.flow.manifest import run_folder
from pipeline.flow.publish import note_interrupted
from pipeline.index.client import connect
from pipeline.index.names import IndexNames
from pipeline.settings import settings

NIGHTLY = "news_nightly"
RETRY = "news_retry"
FINISHED = ("success", "failed")

RawFiles = Annotated[str | None, typer.Argument(help="Folder, file or bucket of raw files.")]
SourceName = Annotated[str | None, typer.Option(help="Name of the source; default: the folder's name.")]
Glob = Annotated[str | None, typer.Option(help="Only paths below the folder like this; * also matches /.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the run as one JSON object instead of a table.")]


def run(
    path: RawFiles = None,
    source: SourceName = None,
    batch_size: Annotated[int | None, typer.Option(min=1, help="Most files in a batch.")] = None,
    force: Annotated[bool, typer.Option(help="Do every file again, changed or not.")] = False,
    glob: Glob = None,
    prune: Annotated[bool, typer.Option(help="Remove articles whose files are gone, instead of marking them.")] = False,
    accept_missing: Annotated[bool, typer.Option(help="Believe that files are gone, however many they are.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run the nightly DAG once over a folder: make sure of Elasticsearch, start Airflow, watch, report.

    Example: fihrist run seeds/
    """
    asked = {"path": path, "source": source, "batch_size": batch_size, "force": force, "pattern": glob}
    asked |= {"prune": prune, "accept_missing": accept_missing}
    run_dag(NIGHTLY, {**asked, "path": path or settings().source_path}, as_json=as_json)


def retry(
    path: RawFiles = None,
    source: SourceName = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only files that failed.")] = False,
    quarantined: Annotated[bool, typer.Option("--quarantined", help="Only quarantined files.")] = False,
    older_than: Annotated[
        str | None, typer.Option(help="Only files that a version of Fihrist before this one did last, in any state.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Files in any state, changed or not.")] = False,
    glob: Glob = None,
    as_json: AsJson = False,
) -> None:
    """Do failed and quarantined files again, and no others; the options narrow that, and combine.

    Example: fihrist retry --quarantined --glob '2024/*'
    """
    any_state = not (failed or quarantined) and (force or older_than is not None)
    either = not (failed or quarantined or any_state)
    asked = {
        "path": path or settings().source_path,
        "source": source,
        "only_failed": failed or either,
        "only_quarantined": quarantined or either,
        "older_than": older_than,
        "force": force,
        "pattern": glob,
    }
    run_dag(RETRY, asked, as_json=as_json, go_on="what was done is kept, 'fihrist retry' does the rest")


def run_dag(
    dag_id: str,
    asked: dict[str, Any],
    *,
    as_json: bool,
    go_on: str = "finished batches are kept, 'fihrist run' goes on with the rest",
) -> None:
    """Run a DAG once on the Airflow that is up, or on one for this run, and print what it did.

    Args:
        dag_id: the DAG.
        asked: its parameters; those that are None have its defaults.
        as_json: print the run as one JSON object instead of a table.
        go_on: what to say when the user interrupts it.

    Raises:
        typer.Exit: with code 1 when the run failed, 130 when it was interrupted.
    """
    config = settings()
    started = time.monotonic()
    conf = {name: value for name, value in asked.items() if value is not None}
    if "path" in conf:
        conf["path"] = _absolute(conf["path"])
    config = ensure_cluster(config)
    mine = airflow_status(config) is None
    with airflow_for(config, _say) as airflow:
        api = AirflowApi(airflow.url, *credentials(config))
        api.wait_for_dag(dag_id)
        if mine:  # whatever an earlier, interrupted command left: its files are done anew in this run
            api.fail_active_runs(dag_id)
        run_id = api.trigger(dag_id, conf)
        _say(f"run {run_id}: {airflow.url}/dags/{dag_id}/runs/{run_id}")
        folder = run_folder(config.artefacts_root, run_id)
        try:
            state = watch(folder, lambda: str(api.run(dag_id, run_id)["state"]), FINISHED)
        except KeyboardInterrupt:
            api.fail_run(dag_id, run_id)
            err.print(f"interrupted; {go_on}")
            state = "interrupted"
        failures = api.failures(dag_id, run_id) if state == "failed" else []
    client = connect(config)
    if state == "interrupted":
        note_interrupted(folder, dag_id, client, IndexNames(config.index_prefix).runs)
        raise typer.Exit(130)
    document = print_closing_table(client, config, folder, run_id, time.monotonic() - started, quiet=as_json)
    if as_json:
        print_json(document)
    for failure in failures:
        err.print(f"failed: {failure}", style="red", markup=False)
    if state == "failed":
        raise typer.Exit(1)


def _say(message: str) -> None:
    err.print(f"· {message}", style="dim", highlight=False, markup=False)


def _absolute(path: str) -> str:
    """Return the path as Airflow's tasks see it; a mistyped one is told here, before servers are started for it."""
    if "://" in path:
        return path
    if not Path(path).exists():
        raise FihristError(f"{path} does not exist; give an existing folder, file or bucket")
    return str(Path(path).absolute())
