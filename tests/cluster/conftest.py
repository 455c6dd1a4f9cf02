"""The topology, started once, with a secure Elasticsearch; skipped where its servers are not installed."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch import admin_settings_for, ensure_server, settings_for
from pipeline.settings import PROJECT_ROOT, Settings
from tests.cluster.runs import ARTICLES, SOURCE
from tests.cluster.servers import postgres_binaries
from tests.cluster.topology import SETUP, Topology
from tests.secure_home import secure_home

PREFIX, ALONE = "cluster-", "alone-"
BY_WORKERS = {1: "one-", 2: "two-"}
"""Installations that hold what so many workers did, for the measurement of speed."""


@dataclass(frozen=True)
class Elastic:
    """A secure Elasticsearch with an installation for each prefix."""

    admin: Settings
    pid: int
    installations: dict[str, dict[str, str]]
    """For each prefix the variables that name it to a worker."""


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
def elastic() -> Iterator[Elastic]:
    """A server with installations that are set up as the stack sets them up."""
    with secure_home("1g") as settings:
        server = ensure_server(settings, print)
        admin, named = admin_settings_for(settings, server), settings_for(settings, server)
        prefixes = (PREFIX, ALONE, *BY_WORKERS.values())
        yield Elastic(admin, server.pid, {prefix: _set_up(settings.home, prefix, named, admin) for prefix in prefixes})


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
def topology(elastic: Elastic) -> Iterator[Topology]:
    """Everything but the workers, started, with a bucket of raw files and an empty one for the runs."""
    root = Path(tempfile.mkdtemp(prefix="cluster-"))
    root.chmod(0o755)
    made = None
    try:
        made = Topology(root, elastic.installations[PREFIX])
        _fill_buckets(made)
        made.start()
        yield made
    finally:
        if made:
            made.processes.stop()
        shutil.rmtree(root)


def _fill_buckets(topology: Topology) -> None:
    import s3fs

    folder = topology.root / "corpus" / SOURCE
    command = [sys.executable, "-m", "benchmarks.make_corpus", str(folder), "--articles", str(ARTICLES)]
    subprocess.run(command, cwd=PROJECT_ROOT, check=True)
    bucket = s3fs.S3FileSystem(key="test", secret="test", endpoint_url=topology.bucket)
    bucket.mkdir("raw")
    bucket.mkdir("runs")
    bucket.put(f"{folder}/", "raw/", recursive=True)
    shutil.rmtree(folder)
