"""The nightly run: raw news files → clean → enrich → index, batch by batch, then near-duplicates and the report.

The tasks hold no logic: each calls one function of ``pipeline.flow``. They pass the batch's folder to each other, never
articles. Imports of the pipeline stand inside the tasks, so that this file stays cheap to parse.
"""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

from airflow.sdk import Asset, CronTriggerTimetable, Param, TriggerRule, dag, get_current_context, task, task_group
from airflow.sdk.exceptions import AirflowFailException

from pipeline.errors import NeedsPersonError
from pipeline.settings import settings

Result = TypeVar("Result")

DAG_ID = "news_nightly"
ARTICLES = Asset("fihrist-articles", uri="x-fihrist://articles")


@dag(
    dag_id=DAG_ID,
    description="Raw news files to the search index, every night",
    doc_md=Path(__file__).with_suffix(".md").read_text(encoding="utf-8"),
    # No start date: the first scheduled run is the next one to come, not the last one missed.
    schedule=CronTriggerTimetable(settings().schedule, timezone=settings().time_zone) if settings().schedule else None,
    catchup=False,
    max_active_runs=1,
    tags=["fihrist", "news"],
    default_args={
        "owner": "fihrist",
        "retries": settings().retries,
        "retry_delay": timedelta(seconds=settings().retry_seconds),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
    },
    params={
        "path": Param(settings().source_path, type="string", title="Folder or bucket of raw files"),
        "source": Param(None, type=["null", "string"], title="Name of the source (default: the folder's name)"),
        "batch_size": Param(settings().batch_size, type="integer", minimum=1, title="Files in a batch"),
        "retry_quarantined": Param(False, type="boolean", title="Do quarantined files again"),
        "force": Param(False, type="boolean", title="Do every file again, changed or not"),
    },
)
def news_nightly() -> None:
    """Build the graph: discover → survey → (clean → enrich → index) per batch → link_duplicates → report."""

    @task
    def discover() -> list[str]:
        """Freeze the manifest; return the batches' folders."""
        from pipeline.flow.steps import discover as step

        context = get_current_context()
        return _do(step, context["run_id"], context["params"])

    @task
    def survey(folders: list[str]) -> list[str]:
        """Learn which lines recur from file to file; return the batches' folders."""
        from pipeline.flow.steps import survey as step

        return _do(step, folders, get_current_context()["run_id"])

    @task_group
    def batch(folder: str) -> None:
        @task(map_index_template="{{ batch_name }}")
        def clean(folder: str) -> str:
            """Read the batch's files, take the boilerplate out, mend the text."""
            from pipeline.flow.steps import clean as step

            return _do(step, _named(folder))

        @task(map_index_template="{{ batch_name }}")
        def enrich(folder: str) -> str:
            """Add language, entities and places."""
            from pipeline.flow.steps import enrich as step

            return _do(step, _named(folder), get_current_context()["run_id"])

        @task(map_index_template="{{ batch_name }}")
        def index(folder: str) -> str:
            """Load the batch into Elasticsearch, then write the ledger."""
            from pipeline.flow.steps import index as step

            return _do(step, _named(folder), get_current_context()["run_id"])

        index(enrich(clean(folder)))

    @task(trigger_rule=TriggerRule.ALL_DONE)
    def link_duplicates() -> None:
        """Flag articles that print the same story as an earlier one."""
        from pipeline.flow.steps import link_duplicates as step

        _do(step, get_current_context()["run_id"])

    # The only leaf: it always runs, and it is red when a file failed, so the run is too.
    @task(trigger_rule=TriggerRule.ALL_DONE, outlets=[ARTICLES])
    def report() -> None:
        """Add up the batches, write the run to the ledger, and fail if anything failed."""
        from pipeline.flow.steps import report as step

        _do(step, get_current_context()["run_id"], DAG_ID)

    batches = batch.expand(folder=survey(discover()))
    batches >> link_duplicates() >> report()


def _do(step: Callable[..., Result], *arguments: object) -> Result:
    """Do a step; a fault that trying again does not cure fails the task at once."""
    try:
        return step(*arguments)
    except NeedsPersonError as error:
        raise AirflowFailException(str(error)) from error


def _named(folder: str) -> str:
    """Show the batch's name in the grid instead of its map index."""
    get_current_context()["batch_name"] = folder.rsplit("/", 1)[-1]
    return folder


news_nightly()
