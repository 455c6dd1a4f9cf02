"""Start and stop the search page (``fihrist serve``) in the background, and remember it between commands."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import psutil

from pipeline.embedded.airflow.port import free_port
from pipeline.errors import FihristError
from pipeline.settings import Settings

START_SECONDS = 60
STOP_SECONDS = 10


@dataclass(frozen=True, slots=True)
class RunningPage:
    """A search page that runs: its address and its process."""

    url: str
    pid: int


def ensure_page(settings: Settings, progress: Callable[[str], None]) -> RunningPage:
    """Return the search page that is up, or start it on 127.0.0.1 and return once it answers.

    It reads the settings and finds the embedded servers like any other command.

    Raises:
        FihristError: it ended, or did not answer in time; the message carries the last lines of its log.
    """
    running = page_status(settings)
    if running:
        return running
    progress("starting the search page")
    folder = _state_file(settings).parent
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / "serve.log"
    port = free_port(settings.serve_port)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "pipeline.cli", "serve", "--host", "127.0.0.1", "--port", str(port)],
            env={**os.environ, "FIHRIST_HOME": str(settings.home.absolute())},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    scheme = "https" if settings.serve_tls_cert else "http"
    running = RunningPage(f"{scheme}://127.0.0.1:{port}", process.pid)
    _state_file(settings).write_text(json.dumps(asdict(running)), encoding="utf-8")
    try:
        _wait(running, process, log)
    except BaseException:
        stop_page(settings)
        raise
    return running


def stop_page(settings: Settings) -> bool:
    """Stop the search page that the state file names; return whether there was one."""
    running = page_status(settings)
    if running:
        process = psutil.Process(running.pid)
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except psutil.TimeoutExpired:
            process.kill()
    _state_file(settings).unlink(missing_ok=True)
    return running is not None


def page_status(settings: Settings) -> RunningPage | None:
    """Return the search page that the state file names if its process is alive and ours, else None."""
    file = _state_file(settings)
    if not file.exists():
        return None
    running = RunningPage(**json.loads(file.read_text(encoding="utf-8")))
    return running if _is_page(running.pid) else None


def _state_file(settings: Settings) -> Path:
    return settings.home / "serve" / "running.json"


def _is_page(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and process.cmdline()[1:4] == ["-m", "pipeline.cli", "serve"]
    except psutil.Error:
        return False


def _wait(running: RunningPage, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        if _answers(running.url):
            return
        time.sleep(0.2)
    end = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:])
    raise FihristError(f"The search page did not start; the end of {log}:\n{end}")


def _answers(url: str) -> bool:
    """Say whether the page answers; with a password it asks for that."""
    try:
        return httpx.get(f"{url}/static/icon.svg", timeout=2, verify=False).status_code in (200, 401)  # it is our own
    except httpx.HTTPError:
        return False
