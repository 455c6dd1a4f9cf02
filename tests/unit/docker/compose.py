"""Compose files as data."""

import re
from typing import Any

import yaml

from pipeline.settings import PROJECT_ROOT

DOCKER = PROJECT_ROOT / "docker"
ONE, THREE = "compose.yaml", "compose.three-nodes.yaml"


class _Loader(yaml.SafeLoader):
    """YAML as Compose reads it: with its tag that takes an inherited value away."""


_Loader.add_constructor("!reset", lambda loader, node: [] if isinstance(node, yaml.SequenceNode) else None)


def read(name: str) -> dict[str, Any]:
    """Return a Compose file of ``docker/``, anchors and merges resolved."""
    return yaml.load((DOCKER / name).read_text(encoding="utf-8"), _Loader)


def default_of(value: str) -> str:
    """Return what a value is that one variable may set, e.g. ``2g`` of ``${AIRFLOW_MEMORY:-2g}``."""
    found = re.fullmatch(r"\$\{\w+:?-([^}]*)\}", value)
    assert found, value
    return found[1]
