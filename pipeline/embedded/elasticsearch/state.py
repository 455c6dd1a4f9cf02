"""What one command remembers of the server for the next: how it was started last."""

import json
from dataclasses import dataclass
from pathlib import Path

from pipeline.embedded.elasticsearch.instance import Instance
from pipeline.errors import FihristError


@dataclass(frozen=True, slots=True)
class State:
    """A server that was started, whether it still runs or not."""

    instance: Instance
    build: str
    """Hash of the sources that its distribution was built from."""


def remember(state: State) -> None:
    """Write the state into the instance's folder, in place of the last one."""
    instance = state.instance
    instance.root.mkdir(exist_ok=True)
    content = {
        "ports": instance.ports,
        "heap": instance.heap,
        "extra": dict(instance.extra),
        "build": state.build,
    }
    part = _file(instance.root).with_suffix(".part")
    part.write_text(json.dumps(content), encoding="utf-8")
    part.replace(_file(instance.root))


def remembered(root: Path) -> State | None:
    """Return how the server of that folder was started last; None if it never was.

    Raises:
        FihristError: the file holds something else.
    """
    file = _file(root)
    if not file.is_file():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        instance = Instance(root, str(content["ports"]), str(content["heap"]), dict(content["extra"]))
        return State(instance, str(content["build"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise FihristError(f"{file} is not what Fihrist wrote there ({error}): delete it.") from error


def _file(root: Path) -> Path:
    return root / "server.json"
