"""The cluster that a command works with: the one that the settings name, or the embedded server."""

from elasticsearch import Elasticsearch

from pipeline.cli.console import err
from pipeline.embedded.elasticsearch import ensure_server, server_status
from pipeline.errors import FihristError
from pipeline.index.client import connect
from pipeline.settings import Settings


def ensure_cluster(settings: Settings) -> str:
    """Return the cluster's address; start the embedded server where the settings name none."""
    if settings.es_url:
        return settings.es_url
    return ensure_server(settings, progress=lambda message: err.print(f"· {message}", style="dim", markup=False)).url


def running_cluster(settings: Settings) -> Elasticsearch:
    """Return a client of the cluster as it is; nothing is started.

    Raises:
        FihristError: there is no cluster.
    """
    if settings.es_url:
        return connect(settings)
    server = server_status(settings)
    if server is None:
        raise FihristError("Elasticsearch is not running; start it with 'fihrist up' or 'fihrist run'")
    return connect(settings, server.url)
