import stat
from pathlib import Path

import pytest

from pipeline.embedded.airflow.environment import airflow_environment, airflow_home, credentials
from pipeline.settings import PROJECT_ROOT, Settings

URL = "http://127.0.0.1:9200"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, es_url=URL)


def test_everything_listens_on_loopback_only(settings: Settings) -> None:
    environment = airflow_environment(settings, port=8080)
    assert environment["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert environment["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"].startswith("http://127.0.0.1:8080/")


def test_another_airflow_of_the_user_is_not_touched(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_HOME", "/somewhere/else")
    environment = airflow_environment(settings, port=8080)
    assert environment["AIRFLOW_HOME"] == str(airflow_home(settings))
    assert environment["AIRFLOW__CORE__DAGS_FOLDER"] == str(PROJECT_ROOT / "dags")


def test_a_setting_of_airflow_can_be_overridden(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__PARALLELISM", "7")
    assert airflow_environment(settings, port=8080)["AIRFLOW__CORE__PARALLELISM"] == "7"


def test_connections_of_notifiers_are_passed_on(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_SMTP_DEFAULT", "smtp://mail.example.org")
    assert airflow_environment(settings, port=8080)["AIRFLOW_CONN_SMTP_DEFAULT"] == "smtp://mail.example.org"


def test_secrets_are_made_once_and_only_their_owner_reads_them(settings: Settings) -> None:
    first = airflow_environment(settings, port=8080)
    second = airflow_environment(settings, port=8081)
    assert first["AIRFLOW__API_AUTH__JWT_SECRET"] == second["AIRFLOW__API_AUTH__JWT_SECRET"]
    assert credentials(settings) == credentials(settings)
    for name in ("passwords.json", "jwt-secret", "api-secret"):
        assert stat.S_IMODE((airflow_home(settings) / name).stat().st_mode) == 0o600


def test_tasks_get_the_files_of_key_and_authority_and_no_key(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(settings.home)
    secure = settings.model_copy(update={"es_ca": Path("ca.crt"), "es_api_key_file": Path("/keys/pipeline.key")})
    environment = airflow_environment(secure, port=8080)
    assert environment["FIHRIST_ES_URL"] == URL
    assert environment["FIHRIST_ES_CA"] == str(settings.home / "ca.crt"), "tasks run in other folders"
    assert environment["FIHRIST_ES_API_KEY_FILE"] == "/keys/pipeline.key"
    assert "FIHRIST_ES_API_KEY" not in environment


def test_one_task_waits_in_the_executor_s_queue_and_no_more_lest_all_batches_begin_before_one_ends(
    settings: Settings,
) -> None:
    environment = airflow_environment(settings, port=8080)
    slots = int(environment["AIRFLOW__CORE__PARALLELISM"])
    assert int(environment["AIRFLOW__CORE__MAX_ACTIVE_TASKS_PER_DAG"]) == slots + 1
