"""(c): the steps of a run alone, one after the other in one process, with what Elasticsearch did meanwhile."""

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from benchmarks.pipeline.usage import listener, own
from pipeline.flow import steps
from pipeline.flow.ready import ready
from pipeline.settings import settings

RUN = "stages"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage over a whole corpus."""

    seconds: float
    cpu: float
    """Processor seconds of our process."""
    cpu_elasticsearch: float


def run_stages(url: str, prefix: str, corpus: Path, batch_size: int) -> dict[str, Stage]:
    """Do each stage for all files, then the next; the indices stay."""
    server = psutil.Process(listener(urlsplit(url).port or 9200))
    done: dict[str, Stage] = {}

    def stage(name: str, *calls: tuple[Any, ...]) -> Any:
        started, mine, its = time.perf_counter(), time.process_time(), own(server)
        results = [function(*arguments) for function, *arguments in calls]
        done[name] = Stage(time.perf_counter() - started, time.process_time() - mine, own(server) - its)
        return results[0]

    with tempfile.TemporaryDirectory(prefix="fihrist-bench-") as artefacts:
        os.environ |= {"FIHRIST_ES_URL": url, "FIHRIST_INDEX_PREFIX": prefix, "FIHRIST_ARTEFACTS": artefacts}
        settings.cache_clear()
        ready("clean")
        ready("enrich")
        batches = stage("discover", (steps.discover, RUN, {"path": str(corpus), "batch_size": batch_size}))
        stage("survey", (steps.survey, batches, RUN))
        stage("clean", *((steps.clean, batch) for batch in batches))
        stage("enrich", *((steps.enrich, batch, RUN) for batch in batches))
        stage("index", *((steps.index, batch, RUN) for batch in batches))
        stage("link_duplicates", (steps.link_duplicates, RUN))
        stage("report", (steps.report, RUN, "news_nightly"))
        for name in ("FIHRIST_ES_URL", "FIHRIST_INDEX_PREFIX", "FIHRIST_ARTEFACTS"):
            del os.environ[name]
        settings.cache_clear()
    return done
