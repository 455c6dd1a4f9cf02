"""API keys: made, kept, rotated and withdrawn; each holds one role, and lies in a file of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from elasticsearch import AuthenticationException, Elasticsearch, NotFoundError

from pipeline.index.client import clear_errors
from pipeline.security.files import private_folder, write_secret
from pipeline.security.roles import SPACE, WHO, key_descriptors, put_roles


@dataclass(frozen=True, slots=True)
class Terms:
    """How long keys live."""

    expires: str | None = None
    """Elasticsearch's duration (``90d``); None: for ever."""
    rotate: bool = False
    """Replace keys that still work, and withdraw all earlier ones of the same name."""
    grace: str | None = None
    """How long withdrawn keys go on working, for runs that hold them (``1h``); None: not at all."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key that works."""

    who: str
    id: str
    secret: str
    """What ``FIHRIST_ES_API_KEY`` takes."""
    made: bool
    """Whether it is new; else it was there, and is given the role as it is now."""
    expires_at: datetime | None
    others: int
    """Earlier keys of the same name that work too; rotating withdraws them."""

    def __repr__(self) -> str:
        """Leave the secret out, which would else stand in every traceback and log."""
        return f"Key({self.who!r}, {self.id!r})"


def key_name(who: str, prefix: str) -> str:
    """Return a key's name in the cluster."""
    return f"{prefix}fihrist-{who}"


def key_file(folder: Path, who: str, prefix: str = "") -> Path:
    """Return the file that holds a key."""
    return folder / f"{prefix}{who}.key"


def set_up(
    client: Elasticsearch,
    folder: Path | None,
    *,
    prefix: str = "",
    space: str = SPACE,
    who: Iterable[str] = WHO,
    terms: Terms | None = None,
) -> list[Key]:
    """Put the roles, and make sure of a key for each of those asked for; doing it again changes nothing.

    Args:
        client: connected as one who may manage security; not with an API key, which can't make others.
        folder: where the keys' files are; None: make new keys, and write none.
        prefix: the installation's (``FIHRIST_INDEX_PREFIX``).
        space: the roles' space in Kibana.
        who: of :data:`~pipeline.security.roles.WHO`.
        terms: how long keys live; by default for ever.

    Raises:
        ClusterError: the cluster can't be reached, or refuses.
        OSError: the folder can't be written.
    """
    put_roles(client, prefix, space)
    if folder:
        private_folder(folder)
    keys = []
    for one in who:
        with clear_errors():
            descriptors = key_descriptors(one, prefix, space)
            keys.append(_ensure(client, one, key_name(one, prefix), descriptors, folder, prefix, terms or Terms()))
    return keys


def _ensure(
    client: Elasticsearch, who: str, name: str, descriptors: Any, folder: Path | None, prefix: str, terms: Terms
) -> Key:
    file = key_file(folder, who, prefix) if folder else None
    held = _held(client, file, name) if file and not terms.rotate else None
    if held and _update(client, held[0], descriptors):
        return _key(client, who, name, *held, made=False)
    answer = client.security.create_api_key(name=name, role_descriptors=descriptors, expiration=terms.expires)
    if file:
        write_secret(file, answer["encoded"])
    if terms.rotate:
        _withdraw(client, name, answer["id"], terms.grace)
    return _key(client, who, name, answer["id"], answer["encoded"], made=True)


def _held(client: Elasticsearch, file: Path, name: str) -> tuple[str, str] | None:
    """Return id and secret of the key in the file, if it works and has that name."""
    if not file.is_file():
        return None
    secret = file.read_text(encoding="utf-8").strip()
    try:
        known = client.options(api_key=secret).security.authenticate()
    except AuthenticationException:
        return None
    key = known.get("api_key", {})
    return (key["id"], secret) if key.get("name") == name else None


def _update(client: Elasticsearch, id_: str, descriptors: Any) -> bool:
    """Give a key the role as it is now; False if another administrator made the key, who alone can change it."""
    try:
        client.security.update_api_key(id=id_, role_descriptors=descriptors)
    except NotFoundError:
        return False
    return True


def _withdraw(client: Elasticsearch, name: str, successor: str, grace: str | None) -> None:
    earlier = [key["id"] for key in _active(client, name) if key["id"] != successor]
    if grace:
        for id_ in earlier:
            client.security.update_api_key(id=id_, expiration=grace)
    elif earlier:
        client.security.invalidate_api_key(ids=earlier)


def _key(client: Elasticsearch, who: str, name: str, id_: str, secret: str, *, made: bool) -> Key:
    active = {key["id"]: key for key in _active(client, name)}
    expires = active[id_].get("expiration")
    expires_at = datetime.fromtimestamp(expires / 1000, UTC) if expires else None
    return Key(who, id_, secret, made, expires_at, others=len(active) - 1)


def _active(client: Elasticsearch, name: str) -> list[dict[str, Any]]:
    keys: list[dict[str, Any]] = client.security.get_api_key(name=name, active_only=True)["api_keys"]
    return keys
