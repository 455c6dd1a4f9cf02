"""The Airflow DAG of a retry: failed and quarantined files of a folder once more, and no others."""

from airflow.sdk import Param

from pipeline.flow.tasks import ingest

news_retry = ingest(
    "news_retry",
    __file__,
    description="Failed and quarantined news files once more",
    params={
        "only_failed": Param(True, type="boolean", title="Do files that failed"),
        "only_quarantined": Param(True, type="boolean", title="Do quarantined files"),
    },
)
