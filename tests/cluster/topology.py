"""The production stack without Docker: the environment of its services taken from the Compose file, on one machine."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pipeline.embedded.airflow.api import AirflowApi
from pipeline.settings import PROJECT_ROOT
from tests.cluster.servers import Processes, free_port, listens, start_bucket, start_postgres, start_redis
from tests.unit.docker.compose import DOCKER, ONE, read

SETUP = DOCKER / "setup"
BIN = Path(sys.executable).parent
RAW, RUNS = "s3://raw", "s3://runs"
SERVICES: dict[str, Any] = read(ONE)["services"]
COMPOSED: dict[str, str] = {
    variable: re.sub(r"\$\{\w+(?::?-([^}]*))?\}", lambda match: match[1] or "", str(value or ""))
    for variable, value in SERVICES["airflow-worker"]["environment"].items()
}
"""What the services of Airflow have in common, with the defaults of what can be set."""


class Topology:
    """Scheduler, API server, DAG processor and workers, each with a folder of its own; they share a bucket only."""

    def __init__(self, root: Path, elasticsearch: Mapping[str, str]) -> None:
        """Start the servers and prepare the database.

        Args:
            root: folder of everything.
            elasticsearch: variables that name the cluster and the pipeline's key.
        """
        self.root = root
        self.processes = Processes(root / "logs")
        subprocess.run(["sh", str(DOCKER / "secrets.sh"), str(root)], check=True, capture_output=True)
        postgres = start_postgres(self.processes, root / "postgres", self.secret("postgres_password"))
        redis = start_redis(self.processes, root / "redis", self.secret("redis_password"))
        self.bucket = start_bucket(self.processes, root / "bucket", sys.executable)
        for name in ("airflow_database", "airflow_results", "airflow_broker"):
            file = root / "secrets" / name
            here = file.read_text().replace("@postgres/", f"@127.0.0.1:{postgres}/")
            file.write_text(here.replace("@redis:6379/", f"@127.0.0.1:{redis}/"))
        (root / "secrets" / "aws_credentials").write_text(
            "[default]\naws_access_key_id = test\naws_secret_access_key = test\n"
        )
        self.port = free_port()
        self._elasticsearch = elasticsearch
        environment = self.environment("setup", "airflow-setup")
        password = root / "setup" / "secrets" / "airflow_admin_password"
        done = subprocess.run(
            [sys.executable, str(SETUP / "database.py"), str(password)],
            env=environment, cwd=root / "setup", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]

    def secret(self, name: str) -> str:
        return (self.root / "secrets" / name).read_text()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @cached_property
    def api(self) -> AirflowApi:
        return AirflowApi(self.url, "admin", self.secret("airflow_admin_password"))

    def start(self) -> None:
        """Start Airflow as the Compose file's commands do, without workers; wait until it has read the DAGs."""
        for name, command in {
            "api-server": ["api-server", "--host", "127.0.0.1", "--port", str(self.port)],
            "scheduler": ["scheduler", "--skip-serve-logs"],
            "dag-processor": ["dag-processor"],
        }.items():
            self._start(name, f"airflow-{name}", command)
        self.processes.wait_until("the API server", lambda: listens(self.port), 300)
        self.api.wait_for_dag("news_nightly", 300)

    def start_worker(self, name: str, **environment: str) -> None:
        """Start a worker; ``environment`` wins over what the Compose file says."""
        command = ["celery", "worker", "--celery-hostname", f"{name}@%h", "--skip-serve-logs"]
        self._start(name, "airflow-worker", command, environment)

    def wait_for_worker(self, name: str) -> None:
        """Wait until a worker takes tasks."""
        self.processes.wait_until(name, lambda: f"{name}@" in (log := self.processes.log(name)) and " ready." in log)

    def environment(self, name: str, service: str = "airflow-worker") -> dict[str, str]:
        """What a service's environment is by the Compose file, with addresses and files of this machine.

        Args:
            name: of its folder.
            service: of the Compose file; of the secrets only those that it declares are there.
        """
        home = self.root / name
        secrets = home / "secrets"
        secrets.mkdir(parents=True, exist_ok=True)
        for secret in SERVICES[service]["secrets"]:
            if not (secrets / secret).exists():
                (secrets / secret).symlink_to(self.root / "secrets" / secret)
        composed = {variable: value.replace("/run/secrets", str(secrets)) for variable, value in COMPOSED.items()}
        return {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(home),
            "PYTHONPATH": f"{PROJECT_ROOT}:{DOCKER / 'airflow' / 'config'}",
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT_ROOT / "dags"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "FIHRIST_HOME": str(home),
            **composed,
            **self._elasticsearch,
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{self.url}/execution/",
            "AIRFLOW__SCHEDULER__ENABLE_HEALTH_CHECK": "False",
            "AWS_ENDPOINT_URL": self.bucket,
            "FIHRIST_SCHEDULE": "",
            "FIHRIST_SOURCE_PATH": RAW,
            "FIHRIST_ARTEFACTS": RUNS,
        }

    def _start(
        self, name: str, service: str, arguments: list[str], environment: Mapping[str, str] | None = None
    ) -> None:
        everything = {**self.environment(name, service), **(environment or {})}
        self.processes.start(name, [str(BIN / "airflow"), *arguments], everything, self.root / name)
