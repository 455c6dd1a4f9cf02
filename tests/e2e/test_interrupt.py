"""Ctrl-C in ``fihrist run``: nothing of ours goes on running, and the next run goes on with the rest."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil
import pytest

from pipeline.settings import PROJECT_ROOT

pytestmark = [pytest.mark.server, pytest.mark.airflow, pytest.mark.timeout(600)]

PREFIX = "interrupt-"


def processes_of(home: Path) -> list[str]:
    """Command lines of the processes that run for an installation."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("FIHRIST_HOME") == str(home) and process.pid != os.getpid():
                found.append(" ".join(process.cmdline()))
        except psutil.Error:  # it has ended meanwhile, or is another user's
            continue
    return found


def test_an_interrupted_run_leaves_no_process_and_the_next_one_does_the_rest(
    tmp_path: Path, elasticsearch_server: str, remove_indices: Callable[[str], None]
) -> None:
    remove_indices(PREFIX)
    environment = {
        **os.environ,
        "FIHRIST_HOME": str(tmp_path / "home"),
        "FIHRIST_ES_URL": elasticsearch_server,
        "FIHRIST_INDEX_PREFIX": PREFIX,
        "COLUMNS": "300",
    }
    command = [sys.executable, "-m", "pipeline.cli", "run", str(PROJECT_ROOT / "seeds")]
    # What a shell starts in the background ignores Ctrl-C, and so do its children unless they are told otherwise.
    heed = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, preexec_fn=heed) as running:
        assert running.stderr
        for line in running.stderr:
            if "to do in" in line:  # the manifest is frozen, batches are about to start
                running.send_signal(signal.SIGINT)
                break
        rest = running.stderr.read()
    assert running.returncode == 130, rest
    assert "'fihrist run' goes on with the rest" in rest
    assert processes_of(tmp_path / "home") == []
    listed = [sys.executable, "-m", "pipeline.cli", "runs", "--json"]
    (run,) = map(json.loads, subprocess.check_output(listed, env=environment, text=True).splitlines())
    assert (run["state"], sum(run["counts"].values())) == ("interrupted", run["manifest"])

    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stderr
    assert "0 quarantined · 0 failed" in again.stdout
    assert processes_of(tmp_path / "home") == []
    remove_indices(PREFIX)
