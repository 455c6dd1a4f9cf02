"""What the tests of security share: one real server with passwords, keys and TLS, made as a user makes it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from elasticsearch import Elasticsearch

from pipeline.embedded.elasticsearch import admin_settings_for, ensure_server, open_access, settings_for
from pipeline.index import aliases, templates
from pipeline.index.client import connect
from pipeline.index.names import IndexNames
from pipeline.security.keys import key_file
from pipeline.settings import Settings
from tests.secure_home import secure_home


@dataclass(frozen=True)
class Secure:
    """A secure server, and who may come in."""

    settings: Settings
    """Its home, address, authority, and the pipeline's key."""
    admin_settings: Settings

    @property
    def url(self) -> str:
        assert self.settings.es_url
        return self.settings.es_url

    @property
    def admin(self) -> Elasticsearch:
        return connect(self.admin_settings)

    def key(self, who: str) -> str:
        return key_file(self.settings.security_folder, who).read_text(encoding="utf-8")

    def as_(self, who: str) -> Settings:
        """Settings with the key of the pipeline, staff or ops."""
        return self.settings.model_copy(
            update={"es_api_key_file": key_file(self.settings.security_folder, who), "es_api_key": None}
        )


@pytest.fixture(scope="session")
def secure() -> Iterator[Secure]:
    """A secure server with roles, keys, templates and empty indices."""
    with secure_home("512m") as settings:
        server = ensure_server(settings, print)
        settings_of_pipeline = open_access(settings, server, print)
        with connect(settings_of_pipeline) as pipeline:
            templates.install(pipeline, IndexNames())
            aliases.ensure(pipeline, IndexNames())
        yield Secure(settings_for(settings, server), admin_settings_for(settings, server))
