"""``fihrist kibana``, as a person or the stack's set-up step runs it."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.certificates import make_certificates
from pipeline.kibana.objects import load_objects
from tests.unit.kibana.kibana_server import KibanaServer

PASSWORD = "open-sesame-1492"
OBJECTS = len(load_objects())
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[KibanaServer]:
    """A Kibana with TLS and a password."""
    made = make_certificates()
    (tmp_path / "server.pem").write_bytes(made.key + made.certificate)
    (tmp_path / "ca.pem").write_bytes(made.authority)
    kibana = KibanaServer()
    kibana.login("elastic", PASSWORD)
    running = kibana.start(tmp_path / "server.pem")
    yield kibana
    running.shutdown()
    running.server_close()
    assert kibana.faults == []


@pytest.fixture
def run(server: KibanaServer, tmp_path: Path) -> Run:
    def command(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        given = {
            "FIHRIST_KIBANA_URL": server.url,
            "FIHRIST_KIBANA_CA": str(tmp_path / "ca.pem"),
            "FIHRIST_KIBANA_PASSWORD": PASSWORD,
            **changes,
        }
        clean = {key: value for key, value in os.environ.items() if not key.startswith("FIHRIST_")}
        return subprocess.run(
            [sys.executable, "-m", "pipeline.cli", "kibana", *arguments],
            env={**clean, "FIHRIST_HOME": str(tmp_path), **given},
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip

    return command


def test_push_reports_each_object_and_the_second_time_that_nothing_changed(run: Run) -> None:
    first, second = run("push", "--json"), run("push", "--json")
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    outcomes = [json.loads(line) for line in first.stdout.splitlines()]
    assert Counter(outcome["state"] for outcome in outcomes) == {"created": OBJECTS + 2, "skipped": 2}
    again = [json.loads(line)["state"] for line in second.stdout.splitlines()]
    assert Counter(again) == {"unchanged": OBJECTS + 2, "skipped": 2}
    assert PASSWORD not in first.stdout + first.stderr


def test_push_into_a_space_says_what_it_would_do_and_does_not(server: KibanaServer, run: Run) -> None:
    result = run("push", "--space", "desk", "--dry-run")
    assert result.returncode == 0
    assert "would create  dashboard fihrist-desk-newsroom" in result.stdout
    assert result.stdout.splitlines()[-1] == f"{OBJECTS + 1} would create"
    assert "desk" not in server.spaces
    assert server.writes == []


def test_push_fails_if_one_object_does_and_says_how_many(server: KibanaServer, run: Run) -> None:
    server.trouble("PUT .*newsroom", status=400, body={"message": "no"})
    result = run("push")
    assert result.returncode == 1
    assert "failed  dashboard fihrist-newsroom" in result.stdout
    assert result.stderr.strip() == f"fihrist: 1 of {OBJECTS + 4} could not be pushed; mend the cause and push again."


@pytest.mark.parametrize(
    ("changes", "arguments", "code", "reason"),
    [
        ({"FIHRIST_KIBANA_URL": ""}, (), 2, "FIHRIST_KIBANA_URL has to be Kibana's address"),
        ({"FIHRIST_KIBANA_PASSWORD": "wrong-1492"}, (), 2, "refused the credentials"),
        ({"FIHRIST_KIBANA_CA": ""}, (), 2, "is not trusted: FIHRIST_KIBANA_CA has to be the authority"),
        (
            {"FIHRIST_KIBANA_URL": "https://127.0.0.1:9"},
            ("--wait", "0.1"),
            1,
            "not ready within 0.1 s: Nothing answers at",
        ),
    ],
)
def test_push_says_in_one_sentence_what_is_wrong(
    run: Run, changes: dict[str, str], arguments: tuple[str, ...], code: int, reason: str
) -> None:
    """Code 2 where a person has to mend the settings, 1 where another try may do."""
    result = run("push", *arguments, **changes)
    assert result.returncode == code
    assert result.stdout == ""
    last = result.stderr.strip().splitlines()[-1]
    assert last.startswith("fihrist: ")
    assert reason in last
    assert "Traceback" not in result.stderr
    assert "1492" not in result.stderr


def test_push_refuses_a_space_that_can_be_none(run: Run) -> None:
    result = run("push", "--space", "News Desk")
    assert result.returncode == 2
    assert "a space's id holds" in result.stderr


def test_check_needs_no_server(run: Run) -> None:
    result = run("check", "--offline", FIHRIST_KIBANA_URL="")
    assert result.returncode == 0
    assert result.stdout.strip() == f"{OBJECTS} objects, 0 requests asked, 0 faults"
    assert json.loads(run("check", "--offline", "--json").stdout) == {"objects": OBJECTS, "faults": [], "answers": []}
