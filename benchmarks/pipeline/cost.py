"""What results mean: cost per article, and the part of it that is Airflow's."""

from typing import Any

from pipeline.flow.report import STAGES

Run = dict[str, Any]
"""A :class:`~benchmarks.pipeline.whole.Run` as JSON values."""
TASKS = ("discover", "survey", *STAGES, "link_duplicates", "report")
SERVICES = ("scheduler", "executor", "api-server", "dag-processor")


def cpu(run: Run) -> float:
    """Return the processor seconds of all parts together."""
    return sum(run["cpu"].values())


def cpu_work(run: Run) -> float:
    """Return the processor seconds in which our steps did what they are there for."""
    return sum(task["cpu_work"] for task in run["tasks"].values())


def cpu_airflow(run: Run) -> float:
    """Return Airflow's processor seconds: its services, and what tasks' processes took besides our steps."""
    return sum(run["cpu"][part] for part in SERVICES) + run["cpu"]["tasks"] - cpu_work(run)


def cpu_each_task(run: Run) -> float:
    """Return what one more task costs: to be forked, watched, started, ended; without services that run anyway."""
    instances = sum(task["instances"] for task in run["tasks"].values())
    return (run["cpu"]["executor"] + run["cpu"]["tasks"] - cpu_work(run)) / instances


def lost(run: Run, slots: int) -> float:
    """Return the seconds of a run that pass because tasks wait, start and end; those of batches do so side by side."""
    seconds = 0.0
    for name, task in run["tasks"].items():
        each = task["waited"] + task["seconds"] - task["work"]
        seconds += each / slots if name in STAGES else each
    return seconds


def peak_mb(run: Run) -> float:
    """Return the most memory that any task's process had."""
    return max(task["peak_mb"] for task in run["tasks"].values())


def least_batch(run: Run, share: float) -> float:
    """Return how many files a batch must have for its three tasks to cost at most this share of its work."""
    own = (cpu(run) - cpu_airflow(run)) / run["files"]
    return len(STAGES) * cpu_each_task(run) / (share * own)
