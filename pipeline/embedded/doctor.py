"""What Fihrist needs on this machine, checked one by one."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import psutil

from pipeline.embedded.airflow.server import airflow_status
from pipeline.embedded.elasticsearch import server_status
from pipeline.embedded.elasticsearch.account import unprivileged_account
from pipeline.embedded.elasticsearch.java import find_jdk
from pipeline.errors import FihristError
from pipeline.index.client import connect
from pipeline.settings import Settings

SUPPORTED = ((3, 11), (3, 13))
FREE_DISK = 2_000_000_000
"""Bytes: the server's files, its data and a run's artefacts."""
FREE_MEMORY = 2_500_000_000
"""Bytes: Elasticsearch with 1 GB of heap, and Airflow's processes."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    message: str
    """What was found; where it is not right, also what to do."""


def examine(settings: Settings) -> list[Check]:
    """Return all checks; those of the embedded server are left out where the settings name a cluster."""
    checks = [("Python", _python), ("Airflow", _airflow), ("disk", _disk)]
    if settings.es_url:
        checks.append(("Elasticsearch", _cluster))
    else:
        checks += [("Java", _java), ("Maven", _maven), ("memory", _memory), ("Elasticsearch", _server)]
    return [_check(name, look, settings) for name, look in checks]


def _check(name: str, look: Callable[[Settings], str], settings: Settings) -> Check:
    try:
        return Check(name, True, look(settings))
    except FihristError as error:
        return Check(name, False, str(error))


def _python(_: Settings) -> str:
    running = sys.version.split()[0]
    if not SUPPORTED[0] <= sys.version_info[:2] <= SUPPORTED[1]:
        raise FihristError(f"{running} is not supported: use 3.11, 3.12 or 3.13")
    return running


def _airflow(settings: Settings) -> str:
    running = airflow_status(settings)
    return f"{version('apache-airflow')}, {f'up at {running.url}' if running else 'not up (fihrist up starts it)'}"


def _java(_: Settings) -> str:
    jdk = find_jdk(unprivileged_account())
    return f"{jdk.version}, {jdk.home}"


def _maven(_: Settings) -> str:
    found = shutil.which("mvn")
    if not found:
        raise FihristError(
            "mvn is not on PATH: install Maven 3.8 or newer; it puts the embedded Elasticsearch together"
        )
    return found


def _memory(_: Settings) -> str:
    free = psutil.virtual_memory().available
    if free < FREE_MEMORY:
        raise FihristError(
            f"{_gb(free)} free, {_gb(FREE_MEMORY)} needed: end other programs, or set FIHRIST_ES_HEAP=512m"
        )
    return f"{_gb(free)} free"


def _disk(settings: Settings) -> str:
    settings.home.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(settings.home).free
    if free < FREE_DISK:
        raise FihristError(
            f"{_gb(free)} free at {settings.home}, {_gb(FREE_DISK)} needed: make room, or set FIHRIST_HOME"
        )
    return f"{_gb(free)} free at {settings.home}"


def _cluster(settings: Settings) -> str:
    connect(settings)
    return f"{settings.es_url} answers and lets us in"


def _server(settings: Settings) -> str:
    running = server_status(settings)
    if running is None:
        return "embedded, not up (fihrist run starts it)"
    return f"embedded, up at {running.url}, with{'' if running.secure else 'out'} security"


def _gb(size: float) -> str:
    return f"{size / 1e9:.1f} GB"
