"""Airflow imports this at the start of each of its processes (``AIRFLOW_HOME/config`` or any folder on the path).

Those that tasks are forked from load once what every task needs: Celery's workers, or the scheduler of LocalExecutor.
"""

import os
import sys

_CELERY = os.environ.get("AIRFLOW__CORE__EXECUTOR") == "CeleryExecutor"

if sys.argv[1:3] == ["celery", "worker"] or (sys.argv[1:2] == ["scheduler"] and not _CELERY):
    from pipeline.flow.preload import preload

    preload()
