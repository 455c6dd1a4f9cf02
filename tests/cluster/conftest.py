"""The topology, started once, with a secure Elasticsearch; skipped where its servers are not installed."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch import admin_settings_for, ensure_server, settings_for, stop_server
from pipeline.embedded.elasticsearch.machine import prepare_machine
from pipeline.settings import PROJECT_ROOT, Settings
from tests.cluster.servers import postgres_binaries
from tests.cluster.topology import SETUP, Topology

ARTICLES = int(os.environ.get("CLUSTER_ARTICLES", "120"))
PREFIX, ALONE = "cluster-", "alone-"


def missing() -> list[str]:
    """What the topology needs and this machine has not."""
    modules = {"airflow.providers.celery": "fihrist[celery]", "s3fs": "s3fs", "moto": "moto[s3,server]"}
    return [
        *(package for module, package in modules.items() if not _found(module)),
        *([] if postgres_binaries() else ["postgresql"]),
        *([] if shutil.which("redis-server") else ["redis-server"]),
    ]


def _found(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


@pytest.fixture(scope="session")
def secure_cluster() -> Iterator[tuple[Settings, dict[str, dict[str, str]]]]:
    """Settings of the administrator, and the variables of two installations, set up as the stack sets them up."""
    distribution = prepare_machine(Settings(), print).distribution
    home = Path(tempfile.mkdtemp(prefix="cluster-", dir=distribution.parent))
    home.chmod(0o755)
    (home / distribution.name).symlink_to(distribution)
    settings = Settings(home=home, es_heap="1g", es_port=0, es_security=True)
    try:
        server = ensure_server(settings, print)
        admin = admin_settings_for(settings, server)
        named = settings_for(settings, server)
        installations = {prefix: _set_up(home, prefix, named, admin) for prefix in (PREFIX, ALONE)}
        yield admin, installations
    finally:
        stop_server(settings)
        shutil.rmtree(home)


def _set_up(home: Path, prefix: str, named: Settings, admin: Settings) -> dict[str, str]:
    """Run the stack's own set-up for one installation; return what names it to a worker."""
    folder = home / f"{prefix}keys"
    folder.mkdir()
    for name, secret in {"elastic": admin.secret("es_password"), "kibana": "a-password-for-kibana"}.items():
        (folder / name).write_text(str(secret))
    cluster = {
        "FIHRIST_ES_URL": str(named.es_url), "FIHRIST_ES_CA": str(named.es_ca), "FIHRIST_INDEX_PREFIX": prefix,
    }  # fmt: skip
    arguments = [folder / "kibana", folder / "pipeline", folder / "readers"]
    environment = {**os.environ, **cluster, "FIHRIST_ES_PASSWORD_FILE": str(folder / "elastic")}
    environment["PYTHONPATH"] = str(PROJECT_ROOT)
    subprocess.run([sys.executable, SETUP / "access.py", *arguments], env=environment, check=True)
    return {**cluster, "FIHRIST_ES_API_KEY_FILE": str(folder / "pipeline" / f"{prefix}pipeline.key")}


@pytest.fixture(scope="session")
def topology(secure_cluster: tuple[Settings, dict[str, dict[str, str]]]) -> Iterator[Topology]:
    root = Path(tempfile.mkdtemp(prefix="cluster-"))
    root.chmod(0o755)
    made = None
    try:
        made = Topology(root, secure_cluster[1][PREFIX])
        yield made
    finally:
        if made:
            made.processes.stop()
        shutil.rmtree(root)
