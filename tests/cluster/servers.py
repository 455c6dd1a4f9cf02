"""The servers of the topology as ordinary processes: PostgreSQL, Redis, a bucket."""

import os
import pwd
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import psutil

START_SECONDS = 120.0


class Processes:
    """Processes of a test, each with a log; ended in the reverse order of their start, with all their children."""

    def __init__(self, logs: Path) -> None:
        self._logs = logs
        logs.mkdir(parents=True)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(
        self, name: str, command: list[str], environment: Mapping[str, str], folder: Path, user: str | None = None
    ) -> subprocess.Popen[bytes]:
        with (self._logs / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                env=dict(environment),
                cwd=folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=user,
            )
        self._running[name] = process
        return process

    def pid(self, name: str) -> int:
        """Its process, whose number is also that of its session."""
        return self._running[name].pid

    def end(self, *names: str) -> None:
        """Ask processes to end, and wait until they have."""
        for name in names:
            self._running[name].terminate()
        for name in names:
            self._running.pop(name).wait(START_SECONDS)

    def kill(self, name: str) -> None:
        """End a process and all that it started at once, as the loss of its machine would."""
        process = self._running.pop(name)
        signal_session(process.pid, signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in reversed(self._running.values()):
            process.terminate()
        for process in reversed(self._running.values()):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                signal_session(process.pid, signal.SIGKILL)
                process.wait()

    def wait_until(self, what: str, ready: Callable[[], bool], seconds: float = START_SECONDS) -> None:
        """Wait; fail with the end of all logs if a process ends meanwhile, or the time is up."""
        deadline = time.monotonic() + seconds
        while not ready():
            ended = [name for name, process in self._running.items() if process.poll() is not None]
            if ended or time.monotonic() > deadline:
                raise AssertionError(f"{what}: {', '.join(ended) or 'nobody'} ended, {seconds} s\n{self.tails()}")
            time.sleep(0.5)

    def log(self, name: str) -> str:
        return (self._logs / f"{name}.log").read_text(encoding="utf-8", errors="replace")

    def tails(self) -> str:
        return "\n".join(f"== {log.name}\n{_tail(log)}" for log in sorted(self._logs.glob("*.log")))


def signal_session(session: int, number: signal.Signals) -> None:
    """Send a signal to all processes of a session: Airflow's tasks have a group of their own, and no session."""
    for pid in psutil.pids():
        with suppress(ProcessLookupError):
            if os.getsid(pid) == session:
                os.kill(pid, number)


def postgres_binaries() -> Path | None:
    """Folder of PostgreSQL's programs, which Debian keeps off the PATH; of several versions the newest."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -int(folder.parent.name))
    programs = ("initdb", "postgres", "createdb", "pg_isready")
    on_path = map(Path, os.environ["PATH"].split(os.pathsep))
    return next((folder for folder in [*versions, *on_path] if all((folder / one).is_file() for one in programs)), None)


def start_postgres(processes: Processes, folder: Path, password: str) -> int:
    """Start PostgreSQL with a user and a database ``airflow``; return its port."""
    binaries = postgres_binaries()
    assert binaries
    user = "postgres" if os.getuid() == 0 else None  # it refuses to run as root
    folder.mkdir()
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    password_file = folder / "password"
    password_file.write_text(password)
    password_file.chmod(0o644)  # for that user; the folder is the test's own
    run = {"check": True, "cwd": folder, "user": user, "capture_output": True}
    data, port = folder / "data", free_port()
    subprocess.run(
        [binaries / "initdb", "-D", data, "-U", "airflow", "--auth=scram-sha-256", f"--pwfile={password_file}"], **run
    )
    options = ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "fsync=off", "-k", str(folder)]
    processes.start(
        "postgres", [str(binaries / "postgres"), "-D", str(data), "-p", str(port), *options], os.environ, folder, user
    )
    environment = {**os.environ, "PGPASSWORD": password}
    address = ["-h", "127.0.0.1", "-p", str(port)]
    processes.wait_until(
        "PostgreSQL", lambda: not subprocess.run([binaries / "pg_isready", *address], capture_output=True).returncode
    )
    subprocess.run([binaries / "createdb", *address, "-U", "airflow", "airflow"], env=environment, check=True)
    return port


def start_redis(processes: Processes, folder: Path, password: str) -> int:
    """Start Redis with a password; return its port."""
    folder.mkdir()
    port = free_port()
    (folder / "redis.conf").write_text(f"bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir {folder}\n")
    processes.start("redis", ["redis-server", str(folder / "redis.conf")], os.environ, folder)
    processes.wait_until("Redis", lambda: listens(port))
    return port


def start_bucket(processes: Processes, folder: Path, python: str) -> str:
    """Start moto's S3; return its address."""
    folder.mkdir()
    port = free_port()
    program = "import sys; from moto.server import main; main(sys.argv[1:])"
    processes.start("bucket", [python, "-c", program, "-H", "127.0.0.1", "-p", str(port)], os.environ, folder)
    processes.wait_until("the bucket", lambda: listens(port))
    return f"http://127.0.0.1:{port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-25:])
