"""Airflow imports this at the start of each of its processes (``AIRFLOW_HOME/config`` or any folder on the path).

Those that tasks are forked from load once what every task needs.
"""

import sys

if sys.argv[1:2] == ["scheduler"] or sys.argv[1:3] == ["celery", "worker"]:
    from pipeline.flow.preload import preload

    preload()
