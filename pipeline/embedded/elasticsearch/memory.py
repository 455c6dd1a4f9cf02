"""Whether the machine has the memory that the server's heap needs."""

from pathlib import Path

import psutil

from pipeline.errors import FihristError

LEAST_HEAP = 256
"""Megabytes; with less, the server runs out of heap while it starts."""
BESIDE_HEAP = 400
"""Megabytes that the process needs beside its heap: Java's own, Lucene's, the network's."""

CGROUP = Path("/sys/fs/cgroup")


def check_memory(heap: str) -> None:
    """Refuse a heap that is too small for the server, or for which the machine has no room.

    Raises:
        FihristError: with both figures and what to do.
    """
    wanted = megabytes(heap)
    if wanted < LEAST_HEAP:
        raise FihristError(
            f"Elasticsearch can't start with a heap of {heap}: set FIHRIST_ES_HEAP to {LEAST_HEAP}m or more."
        )
    free = free_megabytes()
    if wanted + BESIDE_HEAP > free:
        fitting = free - BESIDE_HEAP
        advice = f"set FIHRIST_ES_HEAP={fitting}m, or " if fitting >= LEAST_HEAP else ""
        raise FihristError(
            f"Not enough memory for Elasticsearch: a heap of {heap} needs {wanted + BESIDE_HEAP} MB free, and there "
            f"are {free} MB: {advice}end other programs."
        )


def megabytes(heap: str) -> int:
    """Return a size as Java writes it (``512m``, ``2g``) in megabytes."""
    return int(heap[:-1]) * (1024 if heap.endswith("g") else 1)


def free_megabytes(cgroup: Path = CGROUP) -> int:
    """Return what a new process may use: the machine's available memory, or less in a container with a limit."""
    free = psutil.virtual_memory().available
    try:
        limit = int((cgroup / "memory.max").read_text(encoding="ascii"))
        used = int((cgroup / "memory.current").read_text(encoding="ascii"))
    except (OSError, ValueError):  # no container, no limit ("max"), or another kind of cgroup
        return int(free) >> 20
    return int(min(free, limit - used)) >> 20
