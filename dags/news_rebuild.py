"""The Airflow DAG of a rebuild: a new index from the raw files of all sources, checked before staff search it."""

from airflow.sdk import Param, TriggerRule, get_current_context, task

from pipeline.flow import tasks
from pipeline.settings import settings

DAG_ID = "news_rebuild"

with tasks.dag(
    DAG_ID,
    __file__,
    description="All raw news files to a new search index, which replaces the one before when it is good",
    params={
        "path": Param(
            None, type=["null", "string"], title="Only this folder or bucket (default: all that runs have read)"
        ),
        "source": Param(None, type=["null", "string"], title="Name of its source (default: the folder's name)"),
        "batch_size": Param(settings().batch_size, type="integer", minimum=1, title="Files in a batch"),
        "accept": Param(False, type="boolean", title="Go live whatever the checks say"),
    },
) as news_rebuild:
    steps = "rebuild_steps"

    @task
    def check() -> None:
        """Compare the new index with what it should hold and find."""
        accept = get_current_context()["params"]["accept"]
        tasks.do(f"{steps}.check", tasks.run_id(), accept=accept)

    batches = tasks.each_batch(tasks.survey(tasks.discover(steps)), steps)
    (
        batches
        >> tasks.one("carry_over", f"{steps}.carry_over")
        >> tasks.link_duplicates(steps, TriggerRule.ALL_SUCCESS)
        >> check()
        >> tasks.one("go_live", f"{steps}.go_live")
        >> tasks.report(steps, DAG_ID)
    )
