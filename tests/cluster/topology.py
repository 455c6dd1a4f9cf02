"""The production stack without Docker: the environment of its services taken from the Compose file, on one machine."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.settings import PROJECT_ROOT
from tests.cluster.servers import Processes, free_port, listens, start_bucket, start_postgres, start_redis
from tests.unit.docker.compose import DOCKER, ONE, read

SETUP = DOCKER / "setup"
BIN = Path(sys.executable).parent
RAW, RUNS = "s3://raw", "s3://runs"
QUICK = {
    # What takes minutes in production, so that a lost worker is noticed within the time of a test.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT": "60",
    "AIRFLOW__SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "10",
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
    "FIHRIST_RETRY_SECONDS": "1",
}


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
        self._run("setup", [sys.executable, str(SETUP / "database.py"), self._secret_file("airflow_admin_password")])

    def secret(self, name: str) -> str:
        return Path(self._secret_file(name)).read_text()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start Airflow and two workers, as the Compose file's commands do."""
        for name, command in {
            "api-server": ["api-server", "--host", "127.0.0.1", "--port", str(self.port)],
            "scheduler": ["scheduler", "--skip-serve-logs"],
            "dag-processor": ["dag-processor"],
        }.items():
            self._start(name, command)
        self.processes.wait_until("the API server", lambda: listens(self.port), 300)
        for name in ("one", "two"):
            self.start_worker(name)

    def start_worker(self, name: str) -> None:
        self._start(f"worker-{name}", ["celery", "worker", "--celery-hostname", f"{name}@%h", "--skip-serve-logs"])

    def environment(self, name: str) -> dict[str, str]:
        """What a service's environment is by the Compose file, with addresses and files of this machine."""
        home = self.root / name
        home.mkdir(exist_ok=True)
        declared = read(ONE)["services"]["airflow-worker"]["environment"]
        composed = {variable: self._here(str(value or "")) for variable, value in declared.items()}
        return {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(home),
            "PYTHONPATH": str(PROJECT_ROOT),
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
            **QUICK,
        }

    def _here(self, value: str) -> str:
        """Fill in variables by their defaults, and read secrets from the test's own folder."""
        filled = re.sub(r"\$\{\w+(?::?-([^}]*))?\}", lambda match: match[1] or "", value)
        return filled.replace("/run/secrets", str(self.root / "secrets"))

    def _start(self, name: str, arguments: list[str]) -> None:
        self.processes.start(name, [str(BIN / "airflow"), *arguments], self.environment(name), self.root / name)

    def _run(self, name: str, command: list[str]) -> None:
        environment = self.environment(name)
        done = subprocess.run(
            command, env=environment, cwd=self.root / name, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]

    def _secret_file(self, name: str) -> str:
        return str(self.root / "secrets" / name)
