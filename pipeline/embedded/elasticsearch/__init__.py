"""A real Elasticsearch on this machine, for those without Docker or a cluster of their own."""

from pipeline.embedded.elasticsearch.instance import Progress, RunningServer
from pipeline.embedded.elasticsearch.server import ensure_server, server_status, stop_server
from pipeline.embedded.elasticsearch.temporary import temporary_server

__all__ = ["Progress", "RunningServer", "ensure_server", "server_status", "stop_server", "temporary_server"]
