from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.access import admin_settings_for, settings_for
from pipeline.embedded.elasticsearch.instance import RunningServer
from pipeline.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, index_prefix="north-")


def server(scheme: str) -> RunningServer:
    return RunningServer(f"{scheme}://127.0.0.1:9200", 42, Path("server.log"))


def test_an_open_server_needs_an_address_only(settings: Settings) -> None:
    named = settings_for(settings, server("http"))
    assert (named.es_url, named.es_ca, named.es_api_key_file) == ("http://127.0.0.1:9200", None, None)


def test_a_secure_server_is_reached_with_its_authority_and_the_pipelines_key(settings: Settings) -> None:
    named = settings_for(settings, server("https"))
    assert named.es_url == "https://127.0.0.1:9200"
    assert named.es_ca == settings.home / "security/ca.crt"
    assert named.es_api_key_file == settings.home / "security/north-pipeline.key"


def test_a_key_of_ones_own_is_used_instead(settings: Settings) -> None:
    own = settings.model_copy(update={"es_api_key_file": Path("/keys/staff.key")})
    assert settings_for(own, server("https")).es_api_key_file == Path("/keys/staff.key")


def test_the_administrator_comes_with_the_password_and_no_key(settings: Settings) -> None:
    (settings.home / "security").mkdir()
    (settings.home / "security/elastic.password").write_text("the password")
    admin = admin_settings_for(settings, server("https"))
    assert admin.secret("es_api_key") is None
    assert (admin.es_user, admin.secret("es_password")) == ("elastic", "the password")
