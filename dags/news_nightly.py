"""The nightly Airflow DAG: raw news files → clean → enrich → index by batch, then near-duplicates and the report."""

from airflow.sdk import CronTriggerTimetable

from pipeline.flow.tasks import ingest
from pipeline.settings import settings

news_nightly = ingest(
    "news_nightly",
    __file__,
    description="Raw news files to the search index, every night",
    # No start date: the first scheduled run is the next one to come, not the last one missed.
    schedule=CronTriggerTimetable(settings().schedule, timezone=settings().time_zone) if settings().schedule else None,
)
