"""Load what every task needs once, in the process that tasks are forked from, instead of in each of a thousand tasks.

Airflow forks a process for each task, from a worker of LocalExecutor that is itself a fork of the scheduler, or from a
Celery worker. To import the libraries and load the knowledge takes such a task longer than many a batch; what its
parent has loaded, it has at once, in memory that all of them share.

Tasks see changed code and knowledge as if each had loaded its own: a fork that finds a file changed since forgets ours
and loads it anew.
"""

import importlib
import logging
import os
import sys
from pathlib import Path
from typing import Final

from pipeline.settings import PROJECT_ROOT, settings

log = logging.getLogger(__name__)

_PACKAGE: Final = __name__.partition(".")[0]
_MODULES: Final = (
    "airflow.sdk.execution_time.task_runner",
    "airflow.dag_processing.dagbag",
    "pipeline.flow.tasks",
    "pipeline.flow.steps",
)


def preload() -> None:
    """Load everything, here and now, for the processes that are forked from this one."""
    files = _files()
    try:
        for name in _MODULES:
            importlib.import_module(name)
        ready = importlib.import_module("pipeline.flow.ready")
        ready.ready("clean")
        ready.ready("enrich")
        ready.meet_frequent_words()
        importlib.import_module("pipeline.flow.supervision").notice_ends()
    except Exception:  # the tasks meet the same, and say so where people look
        log.exception("what tasks need could not be loaded ahead of them")
        files = {}
    os.register_at_fork(after_in_child=lambda: _forget_unless(files))


def _forget_unless(unchanged: dict[str, int]) -> None:
    settings.cache_clear()  # a child reads its own environment
    if _files() != unchanged:
        for name in [name for name in sys.modules if name.partition(".")[0] == _PACKAGE]:
            del sys.modules[name]


def _files() -> dict[str, int]:
    """Return the files of code, knowledge and settings with their modification times."""
    found = {".env": Path(".env").stat().st_mtime_ns} if Path(".env").exists() else {}
    folders = [str(PROJECT_ROOT / _PACKAGE), str(PROJECT_ROOT / "mappings")]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if not entry.is_dir():
                    found[entry.path] = entry.stat().st_mtime_ns
                elif entry.name != "__pycache__":
                    folders.append(entry.path)
    return found
