"""What is made for a secure server; a script stands for Elasticsearch's own tool, which integration tests run."""

import stat
from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.instance import Instance
from pipeline.embedded.elasticsearch.java import Jdk
from pipeline.embedded.elasticsearch.machine import Machine
from pipeline.embedded.elasticsearch.secure import SECURITY, secure
from pipeline.errors import FihristError

TOOL = """#!/bin/sh
[ "$*" = "add --stdin --force bootstrap.password" ] || { echo "unknown: $*"; exit 64; }
cat > "$ES_PATH_CONF/elasticsearch.keystore"
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    server = tmp_path / "server"
    (server / "config").mkdir(parents=True)
    for name in ("jvm.options", "log4j2.properties"):
        (server / "config" / name).write_text(name)
    (server / "bin").mkdir()
    tool = server / "bin/elasticsearch-keystore"
    tool.write_text(TOOL)
    tool.chmod(0o755)
    return Machine(server, Jdk(tmp_path / "jdk", 21), None)


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return Instance(tmp_path / "elasticsearch", "9200", "1g", SECURITY)


def contents(*folders: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for folder in folders for file in folder.iterdir() if file.is_file()}


def test_server_and_clients_get_what_they_need(instance: Instance, machine: Machine, tmp_path: Path) -> None:
    folder, config = tmp_path / "home/security", instance.root / "config"
    secure(instance, machine, folder, lambda _: None)
    for setting in ("http.ssl.key", "http.ssl.certificate", "transport.ssl.certificate_authorities"):
        assert (config / SECURITY[f"xpack.security.{setting}"]).is_file()
    assert (folder / "ca.crt").read_bytes() == (config / "certs/ca.crt").read_bytes()
    password = (folder / "elastic.password").read_text()
    assert len(password) >= 32
    assert (config / "elasticsearch.keystore").read_text() == password, "the tool got it on its standard input"
    for private in (folder / "elastic.password", config / "certs/node.key"):
        assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert password not in (config / "elasticsearch.yml").read_text()


def test_a_second_start_changes_nothing(instance: Instance, machine: Machine, tmp_path: Path) -> None:
    folder, config = tmp_path / "security", instance.root / "config"
    secure(instance, machine, folder, lambda _: None)
    before = contents(folder, config, config / "certs")
    secure(instance, machine, folder, lambda _: pytest.fail("nothing to wait for"))
    assert contents(folder, config, config / "certs") == before


def test_a_certificate_at_its_end_is_renewed_and_clients_get_the_new_authority(
    instance: Instance, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, certs = tmp_path / "security", instance.root / "config/certs"
    secure(instance, machine, folder, lambda _: None)
    before = contents(certs)
    monkeypatch.setattr("pipeline.embedded.elasticsearch.certificates.RENEW_DAYS", 1000)
    secure(instance, machine, folder, lambda _: None)
    after = contents(certs)
    assert all(after[name] != before[name] for name in before)
    assert (folder / "ca.crt").read_bytes() == after["ca.crt"]


def test_a_tool_that_fails_is_quoted(instance: Instance, machine: Machine, tmp_path: Path) -> None:
    (machine.distribution / "bin/elasticsearch-keystore").write_text("#!/bin/sh\necho no Java here >&2\nexit 3\n")
    with pytest.raises(FihristError, match=r"keystore could not be made \(exit code 3\).*\nno Java here"):
        secure(instance, machine, tmp_path / "security", lambda _: None)
    assert not (tmp_path / "security/elastic.password").exists(), "the next start makes another"
