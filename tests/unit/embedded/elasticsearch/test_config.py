from pathlib import Path

import pytest
import yaml

from pipeline.embedded.elasticsearch.config import write_config
from pipeline.embedded.elasticsearch.instance import Instance


@pytest.fixture
def distribution(tmp_path: Path) -> Path:
    (tmp_path / "server/config").mkdir(parents=True)
    for name in ("jvm.options", "log4j2.properties"):
        (tmp_path / "server/config" / name).write_text(name)
    return tmp_path / "server"


def written(instance: Instance, distribution: Path) -> dict[str, object]:
    text = (write_config(instance, distribution) / "elasticsearch.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)


def test_server_listens_on_this_machine_only(tmp_path: Path, distribution: Path) -> None:
    lines = written(Instance(tmp_path / "es", "9200-9299", "1g"), distribution)
    assert lines["network.host"] == "127.0.0.1"
    assert lines["http.port"] == "9200-9299"
    assert lines["discovery.type"] == "single-node"


def test_data_and_logs_stay_in_the_instances_folder(tmp_path: Path, distribution: Path) -> None:
    root = tmp_path / 'odd "name" # with \\ and: فهرس'
    lines = written(Instance(root, "9200", "1g"), distribution)
    assert (lines["path.data"], lines["path.logs"]) == (str(root / "data"), str(root / "logs"))
    assert all((root / name).is_dir() for name in ("data", "logs", "tmp", "config"))


def test_extra_settings_win(tmp_path: Path, distribution: Path) -> None:
    extra = {"xpack.security.enabled": "true", "path.repo": '["/a", "/b"]'}
    lines = written(Instance(tmp_path / "es", "9200", "1g", extra), distribution)
    assert lines["xpack.security.enabled"] == "true"
    assert lines["path.repo"] == ["/a", "/b"]


def test_certificates_and_keystore_survive_a_restart(tmp_path: Path, distribution: Path) -> None:
    instance = Instance(tmp_path / "es", "9200", "1g")
    keystore = write_config(instance, distribution) / "elasticsearch.keystore"
    keystore.write_text("secret")
    write_config(instance, distribution)
    assert keystore.read_text() == "secret"
