"""With which rights the page reads: staff's for articles, ops' for runs; never with a key that could write."""

from dataclasses import dataclass

from elasticsearch import Elasticsearch

from pipeline.errors import NeedsPersonError
from pipeline.index.client import clear_errors, connect
from pipeline.index.names import IndexNames
from pipeline.security.keys import key_file
from pipeline.settings import Settings

TIMEOUT = 10.0
"""Seconds that the cluster has for one request of a page."""
_WRITES = ["write", "manage", "delete", "create_index"]


@dataclass(frozen=True, slots=True)
class Access:
    """The clients, and our names in the cluster."""

    articles: Elasticsearch
    """May read articles."""
    ledger: Elasticsearch
    """May read the ledger too, if there is a key for that."""
    names: IndexNames

    def close(self) -> None:
        """Close the connections."""
        self.articles.close()
        self.ledger.close()


def open_access(settings: Settings) -> Access:
    """Connect with the keys of staff and ops, and make sure that they only read.

    They are ``staff.key`` and ``ops.key`` in the folder ``FIHRIST_SERVE_KEYS`` (by default that of the embedded
    server); where there are none, the key of the settings is taken if it only reads. A cluster without security has
    no keys.

    Raises:
        AccessError: the cluster refuses the key.
        ClusterError: the cluster can't be reached.
        NeedsPersonError: the key could write.
    """
    names = IndexNames(settings.index_prefix)
    if not (settings.es_api_key or settings.es_api_key_file or settings.es_password or settings.es_password_file):
        client = _client(settings)
        return Access(client, client, names)
    staff, ops = (_only_reads(_client(_as(settings, who)), names, who) for who in ("staff", "ops"))
    return Access(staff, ops, names)


def _as(settings: Settings, who: str) -> Settings:
    file = key_file(settings.serve_keys or settings.security_folder, who, settings.index_prefix)
    if not file.is_file():
        return settings
    return settings.model_copy(update={"es_api_key": None, "es_api_key_file": file})


def _client(settings: Settings) -> Elasticsearch:
    return connect(settings).options(request_timeout=TIMEOUT, max_retries=1)


def _only_reads(client: Elasticsearch, names: IndexNames, who: str) -> Elasticsearch:
    indices = [names.articles, names.files, names.runs]
    try:
        with clear_errors():
            asked = client.security.has_privileges(index=[{"names": indices, "privileges": _WRITES}])
    except BaseException:
        client.close()
        raise
    if any(any(rights.values()) for rights in asked["index"].values()):
        client.close()
        raise NeedsPersonError(
            f"The search page only reads, and this key could write: make {who}'s (fihrist security setup) and name "
            "its folder in FIHRIST_SERVE_KEYS."
        )
    return client
