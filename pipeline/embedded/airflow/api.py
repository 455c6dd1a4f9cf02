"""The few calls of Airflow's public REST API (v2) that Fihrist makes."""

import time
from datetime import UTC, datetime
from typing import Any

import httpx

from pipeline.errors import FihristError

_TRIES = 5
"""Further tries of a call that may be made twice, after an error of the server: its database was locked."""


class AirflowApi:
    """A client that logs in once with user and password (SimpleAuthManager's token)."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self.url = url
        response = httpx.post(f"{url}/auth/token", json={"username": user, "password": password}, timeout=30)
        if response.status_code != httpx.codes.CREATED:
            raise FihristError(f"Airflow at {url} refused the login of '{user}' ({response.status_code})")
        self._http = httpx.Client(
            base_url=f"{url}/api/v2",
            headers={"Authorization": f"Bearer {response.json()['access_token']}"},
            timeout=30,
            limits=httpx.Limits(max_keepalive_connections=0),  # an idle connection would delay the server's stop
        )

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, named: bool = False
    ) -> dict[str, Any]:
        """Call the API and return its answer; an error answer raises FihristError with Airflow's words.

        Args:
            method: The HTTP method.
            path: Behind ``/api/v2``.
            body: What is sent.
            named: Whether a POST makes something with a name of ours, so that it may be sent again.
        """
        response = self._http.request(method, path, json=body)
        for _ in range(_TRIES if named or method in ("GET", "PATCH") else 0):
            if not response.is_server_error:
                break
            time.sleep(1)
            response = self._http.request(method, path, json=body)
            if named and response.status_code == httpx.codes.CONFLICT:
                return {}  # an earlier try had made it
        if response.is_error:
            raise FihristError(f"Airflow refused {method} {path} ({response.status_code}): {response.text[:500]}")
        answer: dict[str, Any] = response.json()
        return answer

    def wait_for_dag(self, dag_id: str, seconds: float = 90) -> None:
        """Wait until the DAG processor has read the DAG.

        Raises:
            FihristError: the DAG did not appear; the message carries Airflow's import errors.
        """
        deadline = time.monotonic() + seconds
        while self._http.get(f"/dags/{dag_id}").is_error:
            if time.monotonic() > deadline:
                errors = [error["stack_trace"] for error in self.call("GET", "/importErrors")["import_errors"]]
                raise FihristError(f"Airflow did not find the DAG '{dag_id}': {' '.join(errors) or 'no import error'}")
            time.sleep(0.3)

    def trigger(self, dag_id: str, conf: dict[str, Any], run_id: str | None = None) -> str:
        """Start a run now; return its run id, which is made up if none is given."""
        run_id = run_id or f"manual__{datetime.now(UTC).isoformat()}"
        body = {"logical_date": None, "conf": conf, "dag_run_id": run_id}
        self.call("POST", f"/dags/{dag_id}/dagRuns", body, named=True)
        return run_id

    def run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        """Return the DAG run."""
        return self.call("GET", f"/dags/{dag_id}/dagRuns/{run_id}")

    def task_instances(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        """Return all task instances of a run, mapped ones one by one."""
        found: list[dict[str, Any]] = []
        while True:
            page = self.call(
                "GET", f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances?limit=100&offset={len(found)}&order_by=id"
            )
            found += page["task_instances"]
            if len(found) >= page["total_entries"] or not page["task_instances"]:
                return found

    def clear(self, dag_id: str, run_id: str, task_id: str, map_index: int) -> None:
        """Clear one mapped task instance with its downstream, as the user interface's button does."""
        self.call(
            "POST",
            f"/dags/{dag_id}/clearTaskInstances",
            {
                "dry_run": False,
                "dag_run_id": run_id,
                "task_ids": [[task_id, map_index]],
                "only_failed": False,
                "include_downstream": True,
                "reset_dag_runs": True,
            },
        )

    def fail_run(self, dag_id: str, run_id: str) -> None:
        """End a run as failed; its running tasks are stopped."""
        self.call("PATCH", f"/dags/{dag_id}/dagRuns/{run_id}", {"state": "failed"})

    def fail_active_runs(self, dag_id: str) -> None:
        """End as failed all runs that a stopped Airflow left running or queued."""
        for state in ("running", "queued"):
            for run in self.call("GET", f"/dags/{dag_id}/dagRuns?state={state}&limit=100")["dag_runs"]:
                self.fail_run(dag_id, run["dag_run_id"])

    def failures(self, dag_id: str, run_id: str) -> list[str]:
        """Return one line for each failed task of a run: its name and the error at the end of its last log."""
        lines = []
        for task in self.task_instances(dag_id, run_id):
            if task["state"] == "failed":
                name = task["task_id"] + (f" [{task['rendered_map_index']}]" if task["rendered_map_index"] else "")
                lines.append(f"{name}: {self._last_error(dag_id, run_id, task)}")
        return lines

    def _last_error(self, dag_id: str, run_id: str, task: dict[str, Any]) -> str:
        log = self.call(
            "GET",
            f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task['task_id']}/logs/{task['try_number']}"
            f"?map_index={task['map_index']}&full_content=true",
        )
        # The outermost error of a chain is the sentence for people; its causes are for the log.
        errors = [event["error_detail"][0] for event in log["content"] if event.get("error_detail")]
        return f"{errors[-1]['exc_type']}: {errors[-1]['exc_value']}" if errors else "no error in its log; see Airflow"
