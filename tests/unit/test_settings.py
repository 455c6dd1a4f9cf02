from pathlib import Path

import pytest
from pydantic import SecretStr

from pipeline.errors import NeedsPersonError
from pipeline.settings import Settings, settings


@pytest.fixture(autouse=True)
def fresh() -> None:
    settings.cache_clear()


def test_a_secret_comes_from_its_variable_or_else_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("from the file\n", encoding="utf-8")
    assert Settings(es_api_key_file=file).secret("es_api_key") == "from the file"
    both = Settings(es_api_key=SecretStr("from the variable"), es_api_key_file=file)
    assert both.secret("es_api_key") == "from the variable"
    assert Settings().secret("es_api_key") is None


def test_a_file_is_read_each_time_so_that_a_rotated_key_takes_effect(tmp_path: Path) -> None:
    file = tmp_path / "password"
    config = Settings(es_password_file=file)
    for secret in ("first", "second"):
        file.write_text(secret)
        assert config.secret("es_password") == secret


@pytest.mark.parametrize(
    ("content", "reason"), [(None, "No such file or directory"), (b"\n", "is empty"), (b"\xff\xfe", "not text")]
)
def test_a_file_that_gives_no_secret_is_named(tmp_path: Path, content: bytes | None, reason: str) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(NeedsPersonError, match=rf"FIHRIST_ES_API_KEY_FILE names {file}, which .*{reason}"):
        Settings(es_api_key_file=file).secret("es_api_key")


def test_empty_variables_count_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ES_API_KEY", "ES_API_KEY_FILE", "ES_PASSWORD", "ES_PASSWORD_FILE", "ES_CA", "ES_SECURITY"):
        monkeypatch.setenv(f"FIHRIST_{name}", "")
    config = Settings()
    assert config.secret("es_api_key") is config.secret("es_password") is config.es_ca is config.es_security is None


def test_a_bad_setting_is_named_without_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIHRIST_ES_HEAP", "much")
    monkeypatch.setenv("FIHRIST_ES_PASSWORD", "a-secret")
    with pytest.raises(NeedsPersonError, match="FIHRIST_ES_HEAP: String should match pattern") as caught:
        settings()
    assert "much" not in str(caught.value)
    assert caught.value.__suppress_context__, "what pydantic says holds all values"


def test_settings_show_no_secret() -> None:
    config = Settings(es_api_key=SecretStr("the key"), es_password=SecretStr("the password"))
    for shown in (repr(config), str(config), config.model_dump_json()):
        assert "the key" not in shown
        assert "the password" not in shown
