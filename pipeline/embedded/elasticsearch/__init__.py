"""A real Elasticsearch on this machine, for those without Docker or a cluster of their own."""

from pipeline.embedded.elasticsearch.access import admin_settings_for, open_access, settings_for
from pipeline.embedded.elasticsearch.instance import Progress, RunningServer
from pipeline.embedded.elasticsearch.server import ensure_server, server_status, stop_server
from pipeline.embedded.elasticsearch.temporary import temporary_server

__all__ = [
    "Progress",
    "RunningServer",
    "admin_settings_for",
    "ensure_server",
    "open_access",
    "server_status",
    "settings_for",
    "stop_server",
    "temporary_server",
]
