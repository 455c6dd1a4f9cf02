"""``fihrist run``: the main job, once, watched from the terminal."""

import time
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from upath import UPath

from pipeline.cli.closing import print_closing_table
from pipeline.cli.cluster import ensure_cluster
from pipeline.cli.console import err, print_json
from pipeline.embedded.airflow.api import AirflowApi
from pipeline.embedded.airflow.environment import credentials
from pipeline.embedded.airflow.server import airflow_for, airflow_status
from pipeline.errors import FihristError
from pipeline.flow.manifest import Manifest, frozen, run_folder
from pipeline.flow.progress import files_done
from pipeline.index.client import connect
from pipeline.settings import Settings, settings

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
    batch_size: Annotated[int | None, typer.Option(min=1, help="Files in a batch.")] = None,
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
        try:
            state = _watch(config, api, dag_id, run_id)
        except KeyboardInterrupt:
            api.fail_run(dag_id, run_id)
            err.print(f"interrupted; {go_on}")
            raise typer.Exit(130) from None
        failures = api.failures(dag_id, run_id) if state == "failed" else []
    client = connect(config)
    folder = run_folder(config.artefacts_root, run_id)
    document = print_closing_table(client, config, folder, run_id, time.monotonic() - started, quiet=as_json)
    if as_json:
        print_json(document)
    for failure in failures:
        err.print(f"failed: {failure}", style="red", markup=False)
    if state == "failed":
        raise typer.Exit(1)


def _watch(config: Settings, api: AirflowApi, dag_id: str, run_id: str) -> str:
    """Show the run's progress in files until it has ended; return its state."""
    folder = run_folder(config.artefacts_root, run_id)
    columns = (TextColumn("{task.description:>9}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err) if err.is_terminal else nullcontext() as progress:
        bars: dict[str, TaskID] = {}
        manifest: Manifest | None = None
        shown: dict[str, int] = {}
        while True:
            state = str(api.run(dag_id, run_id)["state"])
            if manifest is None:
                manifest = frozen(folder)
                if manifest:
                    todo = manifest.listed - manifest.unchanged
                    _say(f"{manifest.listed} files: {todo} to do in {len(manifest.batches)} batches", progress)
            if manifest and manifest.batches:
                shown = _show(progress, bars, folder, manifest, shown)
            if state in FINISHED:
                return state
            time.sleep(0.5)


def _show(
    progress: Progress | None, bars: dict[str, TaskID], folder: UPath, manifest: Manifest, shown: dict[str, int]
) -> dict[str, int]:
    done = files_done(folder, manifest)
    for stage, files in done.items():
        if progress:
            if stage not in bars:
                bars[stage] = progress.add_task(stage, total=manifest.listed - manifest.unchanged)
            progress.update(bars[stage], completed=files)
        elif files != shown.get(stage, 0):
            _say(f"{stage}: {files} of {manifest.listed - manifest.unchanged} files")
    return done


def _say(message: str, progress: Any = None) -> None:
    (progress.console if progress else err).print(f"· {message}", style="dim", highlight=False, markup=False)


def _absolute(path: str) -> str:
    """Return the path as Airflow's tasks see it; a mistyped one is told here, before servers are started for it."""
    if "://" in path:
        return path
    if not Path(path).exists():
        raise FihristError(f"{path} does not exist; give an existing folder, file or bucket")
    return str(Path(path).absolute())
