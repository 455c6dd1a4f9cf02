"""The tasks that the DAGs share, and the DAG of a run over one folder.

The tasks hold no logic: each calls one function of ``pipeline.flow`` and passes the batch's folder on, never articles.
These are imported by name, when a task runs, so that the DAGs stay cheap to parse. This is the one module of
``pipeline`` that knows Airflow.
"""

import importlib
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from airflow.sdk import DAG, Asset, Param, TriggerRule, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException

from pipeline.errors import NeedsPersonError
from pipeline.logs import about
from pipeline.settings import settings

ARTICLES = Asset("fihrist-articles", uri="x-fihrist://articles")


def dag(dag_id: str, file: str, **options: Any) -> DAG:
    """Return a DAG with what all of ours have in common; its documentation is the Markdown file beside ``file``."""
    return DAG(
        dag_id,
        doc_md=Path(file).with_suffix(".md").read_text(encoding="utf-8"),
        catchup=False,
        max_active_runs=1,
        tags=["fihrist", "news"],
        default_args={
            "owner": "fihrist",
            "weight_rule": "upstream",  # a batch that has begun is finished first: an interrupted run keeps it
            "retries": settings().retries,
            "retry_delay": timedelta(seconds=settings().retry_seconds),
            "retry_exponential_backoff": True,
            "execution_timeout": timedelta(minutes=settings().task_minutes),
            "max_retry_delay": timedelta(minutes=30),
        },
        **{"schedule": None, **options},
    )


def ingest(dag_id: str, file: str, **options: Any) -> DAG:
    """Return the DAG of a run over one folder: discover → survey → batches → link_duplicates → report.

    Args:
        dag_id: its name.
        file: the DAG's own file.
        options: further arguments of :class:`DAG`; ``params`` replaces defaults of :func:`folder_params`.
    """
    changed = options.pop("params", {})
    with dag(dag_id, file, params={**folder_params(), **changed}, **options) as made:
        batches = each_batch(survey(discover("steps")), "steps")
        batches >> link_duplicates("steps", TriggerRule.ALL_DONE) >> report("steps", dag_id)
    return made


def folder_params() -> dict[str, Param]:
    """Return what a run over one folder can be asked."""
    return {
        "path": Param(settings().source_path, type="string", title="Folder or bucket of raw files"),
        "source": Param(None, type=["null", "string"], title="Name of the source (default: the folder's name)"),
        "batch_size": Param(settings().batch_size, type="integer", minimum=1, title="Files in a batch"),
        "retry_quarantined": Param(False, type="boolean", title="Do quarantined files again"),
        "force": Param(False, type="boolean", title="Do every file again, changed or not"),
        "only_failed": Param(False, type="boolean", title="Do only files that failed"),
        "only_quarantined": Param(False, type="boolean", title="Do only quarantined files (or failed, if both)"),
        "older_than": Param(
            None, type=["null", "string"], title="Do only files that a version of Fihrist before this did last"
        ),
        "pattern": Param(None, type=["null", "string"], title="Look only at paths like this, e.g. 2024/*.txt"),
        "prune": Param(False, type="boolean", title="Remove articles whose files are gone, instead of marking them"),
        "accept_missing": Param(False, type="boolean", title="Believe that files are gone, however many they are"),
    }


def discover(steps: str) -> Any:
    """Freeze the manifest; gives the batches' folders."""

    @task(task_id="discover")
    def discover() -> Any:
        return do(f"{steps}.discover", run_id(), get_current_context()["params"])

    return discover()


def survey(folders: Any) -> Any:
    """Learn which lines recur from file to file; gives the batches' folders."""

    @task(task_id="survey")
    def survey(folders: list[str]) -> Any:
        return do("steps.survey", folders, run_id())

    return survey(folders)


def each_batch(folders: Any, index_steps: str) -> Any:
    """Clean, enrich and index each batch, side by side; ``index_steps`` says which module indexes."""

    @task_group
    def batch(folder: str) -> None:
        @task(map_index_template="{{ batch_name }}")
        def clean(folder: Any) -> Any:
            return do("steps.clean", _named(folder))

        @task(map_index_template="{{ batch_name }}")
        def enrich(folder: Any) -> Any:
            return do("steps.enrich", _named(folder), run_id())

        @task(map_index_template="{{ batch_name }}")
        def index(folder: Any) -> Any:
            return do(f"{index_steps}.index", _named(folder), run_id())

        index(enrich(clean(folder)))

    return batch.expand(folder=folders)


def link_duplicates(steps: str, trigger_rule: TriggerRule) -> Any:
    """Flag articles that print the same story as an earlier one."""
    return one("link_duplicates", f"{steps}.link_duplicates", trigger_rule=trigger_rule)


def report(steps: str, dag_id: str) -> Any:
    """Add up the run, write it to the ledger, and fail if anything failed.

    It is the only leaf: it always runs, and it is red when a file failed, so the run is too. The report is in its log
    and, red or green, its XCom ``report``. What a person should know is told when it has ended, see ``FIHRIST_NOTIFY``.
    """

    @task(
        task_id="report", trigger_rule=TriggerRule.ALL_DONE, outlets=[ARTICLES],
        on_failure_callback=tell_failure, on_success_callback=tell_success,
    )  # fmt: skip
    def report() -> None:
        try:
            do(f"{steps}.report", run_id(), dag_id)
        finally:
            _attach_report()

    return report()


def tell_failure(context: Any) -> None:
    """Tell of a failed run; for the callback of ``report``. It never raises."""
    importlib.import_module("pipeline.flow.alerts").tell(dict(context), failed=True)


def tell_success(context: Any) -> None:
    """Tell of a run that is unlike those before it, if it is; for the callback of ``report``. It never raises."""
    importlib.import_module("pipeline.flow.alerts").tell(dict(context), failed=False)


def one(task_id: str, step: str, **options: Any) -> Any:
    """Return a task that calls a step with the run's id."""

    @task(task_id=task_id, **options)
    def call() -> None:
        do(step, run_id())

    return call()


def do(step: str, *arguments: object, **options: object) -> Any:
    """Do a step for the current task, whose run and batch go with every line of its log."""
    with about(run=run_id(), batch=get_current_context().get("batch_name")):  # type: ignore[arg-type]
        return call(step, *arguments, **options)


def call(step: str, *arguments: object, **options: object) -> Any:
    """Call a step of ``pipeline.flow``, e.g. ``steps.clean``; a fault that trying again does not cure fails at once."""
    module, _, name = step.rpartition(".")
    function: Callable[..., Any] = getattr(importlib.import_module(f"pipeline.flow.{module}"), name)
    clear_errors = importlib.import_module("pipeline.index.client").clear_errors
    try:
        with clear_errors():
            return function(*arguments, **options)
    except NeedsPersonError as error:
        raise AirflowFailException(str(error)) from error


def _attach_report() -> None:
    """Show the report where Airflow has a place for it: the task's XCom, and the event of the articles' asset."""
    published = do("steps.published", run_id())
    if published:
        run, text = published
        context = get_current_context()
        context["ti"].xcom_push(key="report", value=text)
        context["outlet_events"][ARTICLES].extra = {name: run[name] for name in ("run_id", "source", "state", "counts")}


def run_id() -> str:
    """Return the id of the run that the current task belongs to."""
    return str(get_current_context()["run_id"])


def _named(folder: str) -> str:
    """Show the batch's name in the grid instead of its map index."""
    get_current_context()["batch_name"] = folder.rsplit("/", 1)[-1]  # type: ignore[typeddict-unknown-key]
    return folder
