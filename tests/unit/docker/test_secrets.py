import base64
import re
import stat
import subprocess
from pathlib import Path

import pytest
import yaml

from pipeline.settings import PROJECT_ROOT
from tests.unit.docker.compose import ONE, read

SCRIPT = PROJECT_ROOT / "docker" / "secrets.sh"


def make(folder: Path) -> str:
    return subprocess.run(["sh", str(SCRIPT), str(folder)], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docker")
    make(folder)
    return folder


def held(made: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in (made / "secrets").iterdir()}


def test_each_secret_of_the_stack_is_made_and_no_other(made: Path) -> None:
    declared = {secret["file"] for secret in read(ONE)["secrets"].values()}
    assert {f"./secrets/{name}" for name in held(made)} == declared


def test_only_their_owner_reads_them(made: Path) -> None:
    assert stat.S_IMODE((made / "secrets").stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in (made / "secrets").iterdir()} == {0o600}


def test_they_are_long_differ_and_end_without_a_line_break_that_airflow_would_take_for_a_part(made: Path) -> None:
    secrets = held(made)
    plain = [secrets[name] for name in secrets if name.endswith(("password", "_secret"))]
    assert len(set(plain)) == len(plain) == 8
    assert all(re.fullmatch(r"[0-9a-f]{48,}", secret) for secret in plain)
    assert all(text == text.strip() for name, text in secrets.items() if name != "kibana_secrets.yml")


def test_addresses_hold_the_passwords_of_their_servers(made: Path) -> None:
    secrets = held(made)
    assert f":{secrets['postgres_password']}@postgres/" in secrets["airflow_database"]
    assert f":{secrets['postgres_password']}@postgres/" in secrets["airflow_results"]
    assert f":{secrets['redis_password']}@redis:" in secrets["airflow_broker"]


def test_kibanas_file_is_yaml_with_its_password_and_keys_of_32_characters_or_more(made: Path) -> None:
    secrets = held(made)
    kibana = yaml.safe_load(secrets["kibana_secrets.yml"])
    assert kibana.pop("elasticsearch.password") == secrets["kibana_password"]
    assert len(kibana) == len(set(kibana.values())) == 3
    assert all(len(key) >= 32 for key in kibana.values())


def test_the_fernet_key_is_one(made: Path) -> None:
    assert len(base64.urlsafe_b64decode(held(made)["airflow_fernet_key"])) == 32


def test_settings_name_the_owner_and_no_secret(made: Path) -> None:
    text = (made / ".env").read_text()
    owner = (made / "secrets" / "elastic_password").stat().st_uid
    assert f"FIHRIST_UID={owner}\n" in text
    assert owner != 0, "Elasticsearch does not run as root"
    assert not any(secret in text for secret in held(made).values() if secret)


def test_doing_it_again_makes_only_what_is_missing(made: Path) -> None:
    before = held(made)
    (made / "secrets" / "airflow_jwt_secret").unlink()
    assert make(made) == "made secrets/airflow_jwt_secret\n"
    after = held(made)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"airflow_jwt_secret"}


def test_git_and_the_images_context_leave_them_out() -> None:
    for file in (".gitignore", ".dockerignore"):
        lines = (PROJECT_ROOT / file).read_text().splitlines()
        assert {"docker/.env", "docker/secrets", "docker/raw"} <= {line.rstrip("/") for line in lines}, file
