"""The roles of ``docker/roles``, for an installation's own indices: what the cluster's role API takes as it is."""

import json
import time
from collections.abc import Mapping
from typing import Any

from elasticsearch import ApiError, Elasticsearch

from pipeline.errors import FihristError
from pipeline.index.client import clear_errors
from pipeline.settings import PROJECT_ROOT

ROLES = PROJECT_ROOT / "docker" / "roles"
WHO = ("pipeline", "staff", "ops")
SPACE = "fihrist"
"""Kibana's space that the role files name."""

Role = dict[str, Any]


def role_name(who: str, prefix: str) -> str:
    """Return a role's name in the cluster, which installations with other prefixes may share."""
    return f"{prefix}fihrist_{who}"


def render_role(who: str, prefix: str = "", space: str = SPACE) -> Role:
    """Return the body of a role: its index names with the prefix, its rights in Kibana for that space.

    Args:
        who: one of :data:`WHO`.
        prefix: the installation's (``FIHRIST_INDEX_PREFIX``).
        space: id of a space in Kibana.
    """
    file = ROLES / f"fihrist_{who}.json"
    try:
        role: Role = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FihristError(f"{file.name} can't be read as JSON: {error}") from error
    for entry in role["indices"]:
        entry["names"] = [prefix + name for name in entry["names"]]
    for entry in role.get("applications", ()):
        entry["resources"] = [f"space:{space}"]
    return role


def key_descriptors(who: str, prefix: str, space: str = SPACE) -> Mapping[str, Role]:
    """Return what an API key of the role may do; a key's copy of a role takes no description."""
    role = {key: value for key, value in render_role(who, prefix, space).items() if key != "description"}
    return {role_name(who, prefix): role}


def put_roles(client: Elasticsearch, prefix: str, space: str = SPACE, *, patience: float = 60.0) -> None:
    """Put the roles into the cluster; doing it again changes nothing.

    A new cluster makes its index of roles and keys with the first of them, and refuses every login meanwhile; that is
    waited for.

    Args:
        client: connected as one who may manage security.
        prefix: the installation's.
        space: id of a space in Kibana.
        patience: seconds that a new cluster may take.
    """
    deadline = time.monotonic() + patience
    with clear_errors():
        for who in WHO:
            body = render_role(who, prefix, space)
            while True:
                try:
                    client.security.put_role(name=role_name(who, prefix), body=body)
                    break
                except ApiError as error:
                    if error.status_code != 503 or time.monotonic() > deadline:
                        raise
                    time.sleep(0.5)
        client.cluster.health(index=".security", wait_for_status="yellow", timeout=f"{patience:.0f}s")
