"""The production stack's set-up scripts, run as its containers run them, against a real server with security on."""

import os
import ssl
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import AuthenticationException, Elasticsearch

from pipeline.security.check import check_key
from pipeline.settings import PROJECT_ROOT

SETUP = PROJECT_ROOT / "docker" / "setup"
PREFIX = "docker-"
SERVERS = ("elasticsearch", "kibana", "search")


def run(script: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SETUP / script), *map(str, arguments)],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT_ROOT), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


class TestCertificates:
    @pytest.fixture
    def tls(self, tmp_path: Path) -> Path:
        for volume in ("authority", *SERVERS):
            (tmp_path / volume).mkdir()
        assert run("certificates.py", tmp_path).returncode == 0
        return tmp_path

    def test_each_server_gets_its_own_key_and_clients_only_the_authority(self, tls: Path) -> None:
        files = {str(file.relative_to(tls)) for file in tls.rglob("*") if file.is_file()}
        servers = {f"{server}/{file}" for server in SERVERS for file in ("server.key", "server.crt", "ca.crt")}
        assert files == {"authority/ca.crt", *servers}
        assert (tls / "elasticsearch/server.key").read_text() != (tls / "kibana/server.key").read_text()
        assert {stat.S_IMODE((tls / name).stat().st_mode) for name in files} == {0o600}

    @pytest.mark.parametrize(
        "server, name", [("elasticsearch", "elasticsearch-3"), ("kibana", "kibana"), ("search", "localhost")]
    )
    def test_clients_trust_the_servers_by_their_names_in_the_stack(self, tls: Path, server: str, name: str) -> None:
        there = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        there.load_cert_chain(tls / server / "server.crt", tls / server / "server.key")
        here = ssl.create_default_context(cafile=str(tls / "authority" / "ca.crt"))
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        client = here.wrap_bio(incoming, outgoing, server_hostname=name)
        peer = there.wrap_bio(outgoing, incoming, server_side=True)
        for _ in range(4):
            for side in (client, peer):
                try:
                    side.do_handshake()
                except ssl.SSLWantReadError:
                    continue
        assert ("DNS", name) in client.getpeercert()["subjectAltName"]

    def test_doing_it_again_keeps_them(self, tls: Path) -> None:
        before = (tls / "elasticsearch" / "server.key").read_text()
        assert "kept" in run("certificates.py", tls).stdout
        assert (tls / "elasticsearch" / "server.key").read_text() == before

    def test_what_was_interrupted_is_made_anew_as_a_whole(self, tls: Path) -> None:
        (tls / "authority" / "ca.crt").unlink()
        assert "made" in run("certificates.py", tls).stdout
        assert (tls / "authority" / "ca.crt").read_text() == (tls / "kibana" / "ca.crt").read_text()


def access(secure: Any, folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    password = folder / "elastic_password"
    password.write_text(secure.admin_settings.secret("es_password"))
    environment = {
        "FIHRIST_ES_URL": secure.url,
        "FIHRIST_ES_CA": str(secure.settings.es_ca),
        "FIHRIST_ES_PASSWORD_FILE": str(password),
        "FIHRIST_INDEX_PREFIX": PREFIX,
        **changed,
    }
    return run("access.py", folder / "kibana_password", folder / "pipeline", folder / "readers", **environment)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("docker")
    (made / "kibana_password").write_text("a-password-for-kibana")
    return made


@pytest.fixture(scope="module")
def said(secure: Any, folder: Path) -> str:
    done = access(secure, folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.server
@pytest.mark.timeout(600)
class TestAccess:
    def test_kibana_may_come_in_with_its_password(self, secure: Any, said: str) -> None:
        with Elasticsearch(
            secure.url, ca_certs=str(secure.settings.es_ca), basic_auth=("kibana_system", "a-password-for-kibana")
        ) as kibana:
            assert kibana.security.authenticate()["username"] == "kibana_system"

    def test_keys_may_do_their_work_and_nothing_else_and_the_pipelines_lies_alone(
        self, secure: Any, folder: Path, said: str
    ) -> None:
        files = {
            who: folder / place / f"{PREFIX}{who}.key"
            for who, place in {"pipeline": "pipeline", "staff": "readers", "ops": "readers"}.items()
        }
        assert sorted(folder.glob("*/*.key")) == sorted(files.values())
        for who, file in files.items():
            with Elasticsearch(secure.url, ca_certs=str(secure.settings.es_ca), api_key=file.read_text()) as client:
                assert check_key(client, who, PREFIX).ok, who

    def test_the_index_is_there_for_kibana_to_show_before_the_first_night(self, secure: Any, said: str) -> None:
        with secure.admin as admin:
            assert admin.indices.exists_alias(name=f"{PREFIX}articles")
            assert admin.count(index=f"{PREFIX}articles,{PREFIX}ingest-files")["count"] == 0

    def test_doing_it_again_keeps_the_keys(self, secure: Any, folder: Path, said: str) -> None:
        before = {file: file.read_text() for file in folder.glob("*/*.key")}
        again = access(secure, folder)
        assert again.returncode == 0 and again.stdout.count("kept") == 3
        assert {file: file.read_text() for file in folder.glob("*/*.key")} == before

    def test_no_secret_is_said(self, secure: Any, folder: Path, said: str) -> None:
        secrets = [file.read_text() for file in folder.rglob("*") if file.is_file()]
        assert len(secrets) == 5
        assert not any(secret in said for secret in secrets)

    def test_a_wrong_password_is_refused(self, secure: Any, folder: Path, said: str) -> None:
        wrong = folder.parent / "wrong-password"
        wrong.write_text("wrong")
        done = access(secure, folder, FIHRIST_ES_PASSWORD_FILE=str(wrong))
        assert done.returncode != 0
        with (
            pytest.raises(AuthenticationException),
            Elasticsearch(secure.url, ca_certs=str(secure.settings.es_ca), basic_auth=("elastic", "wrong")) as refused,
        ):
            refused.security.authenticate()
