"""Exit code 0 if a component of Airflow says at this address that all its parts are healthy.

python healthy.py http://localhost:8080/api/v2/monitor/health
"""

import json
import sys
from urllib.request import urlopen


def unhealthy(answer: dict[str, object], own: set[str]) -> list[str]:
    """Return the parts that are not healthy, of those that this process is (the API server tells of all)."""
    parts = {name: part for name, part in answer.items() if name in own and isinstance(part, dict)}
    return [name for name, part in parts.items() if part.get("status") != "healthy"]


if __name__ == "__main__":
    with urlopen(sys.argv[1], timeout=10) as response:
        sick = unhealthy(json.load(response), {"metadatabase"})
    sys.exit(f"not healthy: {', '.join(sick)}" if sick else 0)
