"""How clients reach the embedded server: settings that name it, and what they need where it asks who is there."""

from pipeline.embedded.elasticsearch.instance import Progress, RunningServer
from pipeline.embedded.elasticsearch.secure import AUTHORITY_FILE, PASSWORD_FILE
from pipeline.index.client import connect
from pipeline.security.keys import key_file, set_up
from pipeline.settings import Settings


def settings_for(settings: Settings, server: RunningServer) -> Settings:
    """Return the settings with the server's address, authority, and the pipeline's key unless they name another."""
    if not server.secure:
        return settings.model_copy(update={"es_url": server.url})
    folder = settings.security_folder
    own_key = key_file(folder, "pipeline", settings.index_prefix)
    return settings.model_copy(
        update={
            "es_url": server.url,
            "es_ca": folder / AUTHORITY_FILE,
            "es_api_key_file": settings.es_api_key_file or own_key,
        }
    )


def admin_settings_for(settings: Settings, server: RunningServer) -> Settings:
    """Return the settings with which to connect as ``elastic``."""
    return settings_for(settings, server).model_copy(
        update={
            "es_api_key": None,
            "es_api_key_file": None,
            "es_user": "elastic",
            "es_password": None,
            "es_password_file": settings.security_folder / PASSWORD_FILE,
        }
    )


def open_access(settings: Settings, server: RunningServer, progress: Progress) -> Settings:
    """Return the settings that name the server; where it is secure, make sure of roles and keys before.

    Raises:
        ClusterError: the server refuses.
    """
    if server.secure:
        with connect(admin_settings_for(settings, server)) as admin:
            keys = set_up(admin, settings.security_folder, prefix=settings.index_prefix)
        if any(key.made for key in keys):
            progress(f"roles and API keys are made; the keys are in {settings.security_folder}")
    return settings_for(settings, server)
