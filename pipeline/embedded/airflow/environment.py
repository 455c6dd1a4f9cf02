"""The environment in which the embedded Airflow runs: everything is set here, nothing is inherited by accident."""

import json
import os
import secrets
import sys
from pathlib import Path

from pipeline.security.files import write_secret
from pipeline.settings import PROJECT_ROOT, Settings

USER = "admin"
_CONFIG = PROJECT_ROOT / "docker" / "airflow" / "config"
"""Folder of Airflow's own settings in Python, which the image has too."""


def airflow_home(settings: Settings) -> Path:
    """Return the folder of the embedded Airflow's database, logs and secrets."""
    return settings.home / "airflow"


def airflow_environment(settings: Settings, *, port: int) -> dict[str, str]:
    """Return the environment variables for the embedded Airflow's processes.

    Args:
        settings: where the state lives, and the Elasticsearch that the tasks write to.
        port: of the API server, which also serves the user interface.
    """
    home = airflow_home(settings)
    url = f"http://127.0.0.1:{port}"
    tasks = (os.cpu_count() or 1) + 1  # while one starts, or waits for Elasticsearch, another works on its core
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW_")}
    overrides = {name: value for name, value in os.environ.items() if name.startswith(("AIRFLOW__", "AIRFLOW_CONN_"))}
    return {
        **inherited,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(PROJECT_ROOT), str(_CONFIG), os.environ.get("PYTHONPATH")])),
        "NO_PROXY": "127.0.0.1,localhost",
        "FIHRIST_HOME": str(settings.home.absolute()),
        **_cluster(settings),
        "FIHRIST_SCHEDULE": settings.schedule,
        "AIRFLOW_HOME": str(home.absolute()),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT_ROOT / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "pipeline.embedded.airflow.executor.LocalExecutor",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",  # it waits in the executor
        # For tasks of an Airflow that was killed: by itself it looks for them when it starts, while the old one may
        # still seem alive, and then every five minutes.
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "20",
        "AIRFLOW__CORE__PARALLELISM": str(tasks),
        # The executor takes tasks in the order in which they were queued, whatever their weight: one waits, no more.
        "AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG": str(tasks + 1),
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_passwords_file(home)),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": url,
        "AIRFLOW__API__INSTANCE_NAME": "Fihrist",
        "AIRFLOW__API__SECRET_KEY": _secret(home, "api-secret"),
        "AIRFLOW__API_AUTH__JWT_SECRET": _secret(home, "jwt-secret"),
        "AIRFLOW__CORE__FERNET_KEY": "",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        # Of a task; how long it may be silent is five minutes (task_instance_heartbeat_timeout).
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "10",
        # Changed files are read at once all the same (file_parsing_sort_mode).
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        **overrides,
    }


def _cluster(settings: Settings) -> dict[str, str]:
    """Name the cluster, and the files of what it takes to get in: a key itself is only there if the user set it so."""
    files = {"FIHRIST_ES_CA": settings.es_ca, "FIHRIST_ES_API_KEY_FILE": settings.es_api_key_file}
    return {
        "FIHRIST_ES_URL": settings.es_url or "",
        **{name: str(file.absolute()) for name, file in files.items() if file},
    }


def credentials(settings: Settings) -> tuple[str, str]:
    """Return user name and password for the embedded Airflow's user interface and API."""
    passwords = json.loads(_passwords_file(airflow_home(settings)).read_text(encoding="utf-8"))
    return USER, passwords[USER]


def _passwords_file(home: Path) -> Path:
    file = home / "passwords.json"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        write_secret(file, json.dumps({USER: secrets.token_urlsafe(12)}))
    return file


def _secret(home: Path, name: str) -> str:
    file = home / name
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        write_secret(file, secrets.token_hex(32))
    return file.read_text(encoding="utf-8")
