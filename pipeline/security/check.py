"""Ask the cluster what a key may do: all that its role is for, and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index.client import clear_errors
from pipeline.index.names import IndexNames
from pipeline.security.roles import Role, render_role

CLUSTER = (
    "all", "monitor", "manage", "manage_security", "read_security", "manage_api_key", "manage_own_api_key",
    "grant_api_key", "manage_token", "manage_service_account", "manage_index_templates", "manage_pipeline",
    "manage_ingest_pipelines", "manage_ilm", "manage_slm", "manage_ccr", "manage_enrich", "manage_transform",
    "manage_ml", "create_snapshot", "monitor_snapshot", "cancel_task", "cluster:admin/settings/update",
    "cluster:admin/component_template/delete", "indices:admin/index_template/delete",
)  # fmt: skip
"""What is asked of each key beyond its role: privileges on the cluster (Elasticsearch's "Security privileges")."""
INDEX = (
    "read", "view_index_metadata", "monitor", "maintenance", "index", "create", "delete", "write", "create_index",
    "delete_index", "manage", "all",
)  # fmt: skip
"""Privileges on an index, likewise."""
IMPLIED = {
    "write": {"index", "create", "delete"},
    "manage": {
        "view_index_metadata", "monitor", "maintenance", "create_index", "delete_index",
        "indices:admin/mapping/put", "indices:admin/settings/update",
    },
}  # fmt: skip
"""What a privilege holds of the others."""
FOREIGN = ("someone-elses-index", ".security", "*")
"""Names that no role of ours covers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a key turned out to be."""

    name: str
    expires_at: datetime | None
    lacking: tuple[str, ...]
    """What its role needs and it may not do."""
    beyond: tuple[str, ...]
    """What it may do, and its role has no need of."""

    @property
    def ok(self) -> bool:
        """Whether the key fits its role."""
        return not (self.lacking or self.beyond)


def check_key(client: Elasticsearch, who: str, prefix: str = "") -> Finding:
    """Compare what a key may do with its role.

    Args:
        client: connected with the key.
        who: the role that it should hold, one of :data:`~pipeline.security.roles.WHO`.
        prefix: the installation's (``FIHRIST_INDEX_PREFIX``).

    Raises:
        ClusterError: the key is refused, or the cluster can't be reached.
    """
    role = render_role(who, prefix)
    with clear_errors():
        known = client.security.authenticate()
        key = known.get("api_key")
        expires = client.security.get_api_key(id=key["id"])["api_keys"][0].get("expiration") if key else None
        answer = client.security.has_privileges(**_questions(role, prefix))
    wanted = dict(_expected(role, prefix))
    given = dict(_given(answer.body))
    return Finding(
        key["name"] if key else f"user {known['username']}",
        datetime.fromtimestamp(expires / 1000, UTC) if expires else None,
        tuple(right for right, needed in wanted.items() if needed and not given[right]),
        tuple(right for right, needed in wanted.items() if given[right] and not needed),
    )


def _names(prefix: str) -> tuple[str, ...]:
    names = IndexNames(prefix)
    return names.articles, names.generation(1), names.previous, names.files, names.runs


def _questions(role: Role, prefix: str) -> dict[str, Any]:
    names = [*_names(prefix), *FOREIGN]
    index = [{"names": names, "privileges": _index_privileges(role), "allow_restricted_indices": True}]
    return {"cluster": _cluster_privileges(role), "index": index}


def _cluster_privileges(role: Role) -> list[str]:
    return sorted({*CLUSTER, *role.get("cluster", ())})


def _index_privileges(role: Role) -> list[str]:
    return sorted({*INDEX, *(privilege for entry in role["indices"] for privilege in entry["privileges"])})


def _expected(role: Role, prefix: str) -> Iterator[tuple[str, bool]]:
    """Yield each right in words, and whether the role needs it."""
    held = set(role.get("cluster", ()))
    for privilege in _cluster_privileges(role):
        yield privilege, privilege in held
    for name in (*_names(prefix), *FOREIGN):
        rights = {
            right
            for entry in role["indices"]
            if any(_covers(pattern, name) for pattern in entry["names"])
            for privilege in entry["privileges"]
            for right in {privilege, *IMPLIED.get(privilege, ())}
        }
        for privilege in _index_privileges(role):
            yield f"{privilege} on {name}", privilege in rights


def _covers(pattern: str, name: str) -> bool:
    return name == pattern or (pattern.endswith("*") and name.startswith(pattern[:-1]))


def _given(answer: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    yield from answer["cluster"].items()
    for name, rights in answer["index"].items():
        for privilege, allowed in rights.items():
            yield f"{privilege} on {name}", allowed
