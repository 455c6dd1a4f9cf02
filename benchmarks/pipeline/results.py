"""The last results: kept as JSON beside this file, so that sizes can be measured one at a time, and others compute."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil

FILE = Path(__file__).parent / "results.json"

Measured = dict[str, Any]
"""What one size gave: ``machine``, ``ceiling``, ``plain``, ``stages``, ``run`` …"""


def load() -> dict[int, Measured]:
    """Return what was measured last of each size, smallest first."""
    if not FILE.exists():
        return {}
    held = json.loads(FILE.read_text(encoding="utf-8"))
    return {int(size): held[size] for size in sorted(held, key=int)}


def add(size: int, measured: Measured) -> dict[int, Measured]:
    """Put the results of a size in the place of its earlier ones; return all."""
    held = {**load(), size: measured}
    ordered = {str(each): held[each] for each in sorted(held)}
    FILE.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    return load()


def circumstances() -> Measured:
    """Return where and when this is measured."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "commit": commit.stdout.strip() or "unknown",
        "machine": {
            "cores": os.cpu_count(),
            "processor": _processor(),
            "memory_gb": round(psutil.virtual_memory().total / 1e9),
            "python": platform.python_version(),
        },
    }


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
