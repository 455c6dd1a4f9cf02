"""A whole run with the pipeline's key, by a real Airflow; afterwards no secret stands anywhere but in its own file."""

import base64
import logging
import os
import re
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.index.client import AccessError, connect
from pipeline.settings import PROJECT_ROOT, Settings

pytestmark = [pytest.mark.server, pytest.mark.timeout(900)]

FILES_OF_SECRETS = {"pipeline.key", "staff.key", "ops.key", "elastic.password"}


def forms(key: str) -> list[str]:
    """A key as it may be written: as it is sent, and what is in it."""
    decoded = base64.b64decode(key).decode()
    return [key, decoded, decoded.split(":")[1]]


def secrets_of(secure: Any) -> list[bytes]:
    folder = secure.settings.security_folder
    password = (folder / "elastic.password").read_text()
    found = [password, base64.b64encode(f"elastic:{password}".encode()).decode()]
    for who in ("pipeline", "staff", "ops"):
        found += forms(secure.key(who))
    return [secret.encode() for secret in found]


def holding(secrets: Iterable[bytes], files: Iterable[Path]) -> list[str]:
    """Names of the files in which one of the secrets stands."""
    wanted = list(secrets)
    return [str(file) for file in files if any(secret in file.read_bytes() for secret in wanted)]


def files_below(*folders: Path) -> Iterator[Path]:
    for folder in folders:
        yield from (file for file in folder.rglob("*") if file.is_file() and file.name not in FILES_OF_SECRETS)


def command(home: Path, *arguments: str, **changed: str) -> "subprocess.CompletedProcess[str]":
    own = {
        "FIHRIST_HOME": str(home),
        "FIHRIST_ES_HEAP": "512m",
        "FIHRIST_ES_URL": "",
        "FIHRIST_AIRFLOW_PORT": "0",
        "COLUMNS": "300",
    }
    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *arguments],
        env={**os.environ, **own, **changed},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.airflow
def test_a_run_with_the_pipelines_key_leaves_no_secret_anywhere(secure: Any) -> None:
    home = secure.settings.home
    done = command(home, "run", str(PROJECT_ROOT / "seeds"))
    assert done.returncode == 0, done.stderr
    assert "5 indexed" in done.stdout
    with secure.admin as admin:
        assert admin.count(index="articles", query={"term": {"source.name": "seeds"}})["count"] == 5

    # Staff's key gets in, and is refused in the first task: its error and traceback stand in Airflow's logs.
    refused = command(home, "run", str(PROJECT_ROOT / "seeds"), FIHRIST_ES_API_KEY=secure.key("staff"))
    assert refused.returncode == 1
    assert re.search(r"failed: discover: .*The API key may not do this", refused.stderr)
    with sqlite3.connect(home / "airflow" / "airflow.db") as database:
        tries = database.execute("select max(try_number) from task_instance where task_id = 'discover'").fetchone()
    assert tries == (1,), "trying again would be in vain"

    doctor = command(home, "doctor")
    assert "with security" in doctor.stdout
    checked = command(home, "security", "check", "--json")
    assert checked.returncode == 0, checked.stdout

    said = "".join(each.stdout + each.stderr for each in (done, refused, doctor, checked)).encode()
    secrets = secrets_of(secure)
    assert not [secret for secret in secrets if secret in said]
    # Airflow's database (rendered fields, XCom), its logs, the artefacts; Elasticsearch's configuration and logs.
    written = list(files_below(home / "airflow", home / "runs", home / "security", home / "elasticsearch"))
    assert {"airflow.db", "fihrist.log", "elasticsearch.yml", "scheduler.log"} <= {file.name for file in written}
    assert holding(secrets, written) == []


def test_settings_tracebacks_and_the_clients_own_log_show_no_secret(
    secure: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    key = secure.key("pipeline")
    password = (secure.settings.security_folder / "elastic.password").read_text()
    settings = Settings(es_url=secure.url, es_ca=secure.settings.es_ca, es_api_key=key, es_password=password)
    with connect(settings) as client:
        client.search(index="articles")
    with pytest.raises(AccessError) as caught:
        connect(settings.model_copy(update={"es_url": secure.url.replace("https:", "http:")}))
    shown = [
        repr(settings),
        str(settings),
        settings.model_dump_json(),
        "".join(traceback.format_exception(caught.value)),
        caplog.text,
    ]
    assert "/_cluster/health" in caplog.text, "the client did log"
    for secret in (*forms(key), password):
        assert not any(secret in text for text in shown)


def test_no_secret_is_in_the_repository() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT_ROOT, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a checkout")
    found = []
    for name in listed.stdout.decode().split("\0"):
        file = PROJECT_ROOT / name
        if not file.is_file():
            continue
        data = file.read_bytes()
        if re.search(rb"-----BEGIN (EC |RSA |ENCRYPTED )?PRIVATE KEY-----\s*\n", data):
            found.append(f"{name}: a private key")
        for candidate in re.findall(rb"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{58,62}={0,2}(?![A-Za-z0-9+/=])", data):
            decoded = base64.b64decode(candidate + b"=" * (-len(candidate) % 4))
            if re.fullmatch(rb"[\w-]{20}:[\w-]{22}", decoded):  # id and secret of an API key
                found.append(f"{name}: an API key")
    assert found == []
