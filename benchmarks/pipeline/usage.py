"""What each part of the system has used of the processor, out of its processes' own counts."""

from dataclasses import dataclass

import psutil

from pipeline.embedded.airflow.server import RunningAirflow

_WORKER = "airflow worker"
"""How LocalExecutor's workers call themselves; each forks its tasks."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Processor seconds by part, and of the whole machine, at a moment; take differences."""

    parts: dict[str, float]
    machine: float
    """Of everything that runs on the machine, ours and others'."""

    def since(self, earlier: "Usage") -> "Usage":
        """Return what was used from an earlier moment to this one."""
        return Usage(
            {part: seconds - earlier.parts.get(part, 0.0) for part, seconds in self.parts.items()},
            self.machine - earlier.machine,
        )


def usage(airflow: RunningAirflow, elasticsearch: int) -> Usage:
    """Return the processor seconds so far of Elasticsearch (its process id) and of Airflow's parts.

    ``executor`` is LocalExecutor's workers, which start tasks and watch them; ``tasks`` are those that have ended.
    """
    scheduler = psutil.Process(airflow.pids["scheduler"])
    workers = [child for child in scheduler.children() if _is_worker(child)]
    parts = {
        "elasticsearch": own(psutil.Process(elasticsearch)),
        "scheduler": own(scheduler) + _ended(scheduler),
        "executor": sum(map(own, workers)),
        "tasks": sum(map(_ended, workers)),
        "api-server": _all(psutil.Process(airflow.pids["api-server"])),
        "dag-processor": _all(psutil.Process(airflow.pids["dag-processor"])),
    }
    times = psutil.cpu_times()
    return Usage(parts, sum(times) - times.idle - times.iowait - times.guest - times.guest_nice)


def listener(port: int) -> int:
    """Return the id of the process that listens on a port of this machine."""
    for connection in psutil.net_connections("tcp"):
        if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
            return int(connection.pid)
    raise SystemExit(f"nothing on this machine listens on port {port}")


def _is_worker(process: psutil.Process) -> bool:
    return " ".join(process.cmdline()).startswith(_WORKER)


def own(process: psutil.Process) -> float:
    """Return the processor seconds of a process, without its children's."""
    times = process.cpu_times()
    return float(times.user + times.system)


def _ended(process: psutil.Process) -> float:
    """Processor seconds of the children that have ended, and of theirs."""
    times = process.cpu_times()
    return float(times.children_user + times.children_system)


def _all(process: psutil.Process) -> float:
    return sum(own(each) + _ended(each) for each in (process, *process.children(recursive=True)))
