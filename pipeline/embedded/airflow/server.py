"""Start and stop the embedded Airflow's three processes, and remember them between commands."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import httpx
import psutil

from pipeline.embedded.airflow.environment import airflow_environment, airflow_home
from pipeline.embedded.airflow.port import PortTakenError, free_port, has_port
from pipeline.errors import FihristError
from pipeline.settings import Settings

COMPONENTS = {
    "api-server": ["api-server"],
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
}
START_SECONDS = 120
STOP_SECONDS = 10
_PORTS = 3
"""Further ports that are tried where another program is faster."""

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class RunningAirflow:
    """An Airflow that runs: its address and its processes by component."""

    url: str
    pids: dict[str, int]


@contextmanager
def airflow_for(settings: Settings, progress: Progress) -> Iterator[RunningAirflow]:
    """Give the Airflow that is up already, or one that lives as long as the block."""
    running = airflow_status(settings)
    if running:
        yield running
        return
    unscheduled = settings.model_copy(update={"schedule": ""})  # only the run that it was started for
    running = start_airflow(unscheduled, progress)
    try:
        yield running
    finally:
        stop_airflow(settings)


def start_airflow(settings: Settings, progress: Progress) -> RunningAirflow:
    """Start the components and return once the API server and the scheduler are healthy.

    What an Airflow that lost one of its processes has left running is ended before.

    Raises:
        FihristError: the database could not be set up, or a component ended or did not become healthy in time; the
            message carries the last lines of its log.
    """
    stop_airflow(settings)
    home = airflow_home(settings)
    (home / "logs").mkdir(parents=True, exist_ok=True)
    port = free_port(settings.airflow_port)
    _migrate_database(home, airflow_environment(settings, port=port), progress)
    progress("starting Airflow")
    for _ in range(_PORTS):
        try:
            return _start(settings, home, port)
        except PortTakenError as error:
            progress(str(error))
            port = free_port(0)
    return _start(settings, home, port)


def _start(settings: Settings, home: Path, port: int) -> RunningAirflow:
    environment = airflow_environment(settings, port=port)
    processes: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, arguments in COMPONENTS.items():
            processes[name] = _spawn(name, arguments, home, environment)
        running = RunningAirflow(f"http://127.0.0.1:{port}", {name: p.pid for name, p in processes.items()})
        _state_file(settings).write_text(json.dumps(asdict(running)), encoding="utf-8")
        _wait_until_healthy(running, processes, home, port)
    except BaseException:
        _end([process.pid for process in processes.values()])
        _state_file(settings).unlink(missing_ok=True)
        raise
    return running


def stop_airflow(settings: Settings) -> bool:
    """Stop the Airflow that the state file names, with all its children; return whether there was one."""
    running = _remembered(settings)
    alive = [process for pid in (running.pids.values() if running else ()) for process in _processes(pid)]
    _end([process.pid for process in alive])
    _state_file(settings).unlink(missing_ok=True)
    return bool(alive)


def airflow_status(settings: Settings) -> RunningAirflow | None:
    """Return the Airflow that the state file names if its processes are alive and ours, else None."""
    running = _remembered(settings)
    return running if running and all(_is_airflow(pid) for pid in running.pids.values()) else None


def _remembered(settings: Settings) -> RunningAirflow | None:
    file = _state_file(settings)
    if not file.exists() or file.stat().st_mtime < psutil.boot_time():  # others have these numbers since the last boot
        return None
    return RunningAirflow(**json.loads(file.read_text(encoding="utf-8")))


def _processes(leader: int) -> list[psutil.Process]:
    """Return a component's processes: itself, or if it was killed those of its group that outlived it."""
    if _is_airflow(leader):
        return [psutil.Process(leader)]
    return [process for process in psutil.process_iter() if _is_of_group(process.pid, leader)]


def _is_of_group(pid: int, leader: int) -> bool:
    try:
        return os.getpgid(pid) == leader and _is_airflow(pid)
    except ProcessLookupError:
        return False


def _state_file(settings: Settings) -> Path:
    return airflow_home(settings) / "running.json"


def _migrate_database(home: Path, environment: dict[str, str], progress: Progress) -> None:
    progress("preparing Airflow's database")
    log = home / "logs" / "migrate.log"
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "airflow", "db", "migrate"],
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode:
        raise FihristError(f"Airflow's database could not be prepared; the end of {log}:\n{_tail(log)}")


def _spawn(name: str, arguments: list[str], home: Path, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    with (home / "logs" / f"{name}.log").open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "airflow", *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone, and we stop the components in order
        )


def _wait_until_healthy(
    running: RunningAirflow, processes: dict[str, subprocess.Popen[bytes]], home: Path, port: int
) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        for name, process in processes.items():
            if process.poll() is not None:
                if name == "api-server" and free_port(port) != port:
                    raise PortTakenError(f"port {port} was taken meanwhile; another is tried")
                log = home / "logs" / f"{name}.log"
                raise FihristError(f"Airflow's {name} ended at start; the end of {log}:\n{_tail(log)}")
        if _is_healthy(running.url):
            if has_port(running.pids["api-server"], port):
                return
            raise PortTakenError(f"another Airflow has just taken port {port}; another port is tried")
        time.sleep(0.3)
    raise FihristError(f"Airflow was not healthy after {START_SECONDS} s; see the logs in {home / 'logs'}")


def _is_healthy(url: str) -> bool:
    try:
        # The API of tasks is put together at its first request, in seconds: now, while others start, not in a task.
        httpx.get(f"{url}/execution/health", timeout=START_SECONDS)
        health = httpx.get(f"{url}/api/v2/monitor/health", timeout=2).json()
    except (httpx.HTTPError, ValueError):
        return False
    return all(health[part]["status"] == "healthy" for part in ("metadatabase", "scheduler", "dag_processor"))


def _is_airflow(pid: int) -> bool:
    try:
        process = psutil.Process(pid)
        return process.status() != psutil.STATUS_ZOMBIE and "airflow" in " ".join(process.cmdline())
    except psutil.Error:
        return False


def _end(pids: list[int]) -> None:
    """End these processes and all their descendants: politely first, then for certain."""
    family: list[psutil.Process] = []
    for pid in pids:
        if psutil.pid_exists(pid):
            parent = psutil.Process(pid)
            family += [*parent.children(recursive=True), parent]
    for pid in pids:
        _signal(pid, signal.SIGTERM)
    _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)
    for process in alive:
        _signal(process.pid, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=5)


def _signal(pid: int, number: signal.Signals) -> None:
    if psutil.pid_exists(pid):
        os.kill(pid, number)


def _tail(file: Path, lines: int = 15) -> str:
    return "\n".join(file.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
