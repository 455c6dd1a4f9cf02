"""The cluster that a command works with: the one that the settings name, or the embedded server."""

from elasticsearch import Elasticsearch

from pipeline.cli.console import err
from pipeline.embedded.elasticsearch import (
    RunningServer,
    admin_settings_for,
    ensure_server,
    open_access,
    server_status,
    settings_for,
)
from pipeline.errors import FihristError, NeedsPersonError
from pipeline.index.client import connect
from pipeline.settings import Settings


def ensure_cluster(settings: Settings) -> Settings:
    """Return settings that name a cluster which lets us in; start the embedded server where they name none.

    Raises:
        FihristError: the cluster can't be reached or refuses, or the server not be started.
    """
    named = settings if settings.es_url else open_access(settings, ensure_server(settings, tell), tell)
    connect(named).close()
    return named


def cluster_settings(settings: Settings) -> Settings:
    """Return settings that name the cluster as it is; nothing is started.

    Raises:
        FihristError: there is no cluster.
    """
    return settings if settings.es_url else settings_for(settings, _server(settings))


def running_cluster(settings: Settings) -> Elasticsearch:
    """Return a client of the cluster as it is; nothing is started.

    Raises:
        FihristError: there is no cluster, it can't be reached, or refuses.
    """
    return connect(cluster_settings(settings))


def as_admin(settings: Settings) -> Settings:
    """Return settings for one who may manage the cluster's security: a user with a password.

    Raises:
        NeedsPersonError: no password is set, or the embedded server has no security.
    """
    if not settings.es_url:
        server = _server(settings)
        if not server.secure:
            raise NeedsPersonError(
                "The embedded Elasticsearch runs without security: turn it on (fihrist up --secure)."
            )
        return admin_settings_for(settings, server)
    if not settings.secret("es_password"):
        raise NeedsPersonError(
            "Roles and keys are made by a user with a password: set FIHRIST_ES_PASSWORD_FILE, and FIHRIST_ES_USER "
            "unless that is 'elastic'."
        )
    return settings.model_copy(update={"es_api_key": None, "es_api_key_file": None})


def tell(message: str) -> None:
    """Show the user what is being waited for."""
    err.print(f"· {message}", style="dim", markup=False, highlight=False)


def _server(settings: Settings) -> RunningServer:
    server = server_status(settings)
    if server is None:
        raise FihristError("Elasticsearch is not running; start it with 'fihrist up' or 'fihrist run'")
    return server
