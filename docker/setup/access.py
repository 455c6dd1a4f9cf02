"""Who may come into Elasticsearch, and what it holds: Kibana's password, roles, API keys, templates, first indices.

    python access.py KIBANA_PASSWORD_FILE PIPELINE_KEYS READERS_KEYS

Needs FIHRIST_ES_URL, FIHRIST_ES_CA and FIHRIST_ES_PASSWORD_FILE (the user ``elastic``). Doing it again changes nothing,
and gives the roles as this version has them. The pipeline's key gets a folder of its own: workers need no other.
"""

import sys
from pathlib import Path

from pipeline.index import aliases, templates
from pipeline.index.client import clear_errors, connect
from pipeline.index.names import IndexNames
from pipeline.index.sizing import Sizing
from pipeline.security.keys import key_file, set_up
from pipeline.settings import Settings, settings

READERS = ("staff", "ops")


def main(config: Settings, kibana_password: Path, pipeline_keys: Path, readers_keys: Path) -> None:
    """Set all up, as the administrator first and then with the pipeline's own key."""
    prefix = config.index_prefix
    with connect(config.model_copy(update={"es_api_key": None, "es_api_key_file": None})) as admin:
        with clear_errors():
            admin.security.change_password(
                username="kibana_system", password=kibana_password.read_text(encoding="utf-8").strip()
            )
        keys = set_up(admin, pipeline_keys, prefix=prefix, who=["pipeline"])
        keys += set_up(admin, readers_keys, prefix=prefix, who=READERS)
    for key in keys:
        print(f"key of {key.who}: {'made' if key.made else 'kept'}")
    as_pipeline = config.model_copy(
        update={"es_api_key": None, "es_api_key_file": key_file(pipeline_keys, "pipeline", prefix)}
    )
    names = IndexNames(prefix)
    with connect(as_pipeline) as client:
        templates.install(client, names, Sizing.of(config))
        aliases.ensure(client, names)
    print(f"index '{names.articles}': ready")


if __name__ == "__main__":
    main(settings(), *map(Path, sys.argv[1:4]))
