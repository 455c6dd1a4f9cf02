import os
import stat
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pipeline.embedded.elasticsearch.distribution import SOURCES, ensure_distribution, source_hash
from pipeline.embedded.elasticsearch.java import Jdk
from pipeline.errors import FihristError

JDK = Jdk(Path("/a/jdk"), 21)

MAVEN = """#!/bin/sh
echo "$JAVA_HOME" >> "{calls}"
for argument; do case "$argument" in -Ddistribution=*) target="${{argument#*=}}" ;; esac; done
mkdir -p "$target/bin" && echo server > "$target/bin/elasticsearch" && echo "$PLUGIN" > "$target/plugin"
chmod 700 "$target/bin/elasticsearch" "$target" && chmod 600 "$target/plugin"
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    (folder / "src").mkdir(parents=True)
    (folder / "pom.xml").write_text("<project/>")
    (folder / "src/Plugin.java").write_text("class Plugin {}")
    return folder


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Puts a Maven on the path that makes a server's folder and notes how it was called."""
    file = tmp_path / "calls"
    file.write_text("")
    install_maven(tmp_path, monkeypatch, MAVEN.format(calls=file))
    return file


def install_maven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    folder = tmp_path / "path"
    folder.mkdir()
    (folder / "mvn").write_text(script)
    (folder / "mvn").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")


def ensure(tmp_path: Path, sources: Path) -> tuple[Path, list[str]]:
    base = tmp_path / "home"
    base.mkdir(exist_ok=True)
    told: list[str] = []
    return ensure_distribution(base, JDK, told.append, sources=sources), told


def test_server_is_built_once_with_the_given_jdk(tmp_path: Path, sources: Path, calls: Path) -> None:
    first, told = ensure(tmp_path, sources)
    assert first == tmp_path / "home/elasticsearch-9.5.3"
    assert len(told) == 1 and told[0].startswith("building Elasticsearch 9.5.3 (once")
    again, told = ensure(tmp_path, sources)
    assert (again, told) == (first, [])
    assert calls.read_text().split() == [str(JDK.home)]


def test_changed_sources_are_built_anew(
    tmp_path: Path, sources: Path, calls: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure(tmp_path, sources)
    (sources / "src/Plugin.java").write_text("class Plugin { int changed; }")
    monkeypatch.setenv("PLUGIN", "second")
    server, _ = ensure(tmp_path, sources)
    assert (server / "plugin").read_text() == "second\n"
    assert len(calls.read_text().split()) == 2


def test_everyone_may_read_the_server_whatever_the_archives_modes(tmp_path: Path, sources: Path, calls: Path) -> None:
    server, _ = ensure(tmp_path, sources)
    modes = {name: stat.S_IMODE((server / name).stat().st_mode) for name in (".", "bin/elasticsearch", "plugin")}
    assert modes == {".": 0o755, "bin/elasticsearch": 0o755, "plugin": 0o644}


def test_missing_maven_is_said(tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FihristError, match=r"Maven is needed .* apt install maven"):
        ensure(tmp_path, sources)


def test_failed_build_shows_mavens_errors_and_leaves_nothing(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_maven(
        tmp_path,
        monkeypatch,
        "#!/bin/sh\necho '[INFO] much'\necho '[ERROR] no such artefact'\necho '[ERROR] [Help 1] read this'\nexit 1\n",
    )
    with pytest.raises(FihristError) as caught:
        ensure(tmp_path, sources)
    assert str(caught.value).endswith("(exit code 1). It said:\n[ERROR] no such artefact")
    assert [file.name for file in (tmp_path / "home").iterdir()] == [".build.lock"]


def test_build_that_gives_no_server_is_a_failure(
    tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_maven(tmp_path, monkeypatch, "#!/bin/sh\necho '[INFO] nothing to do'\n")
    with pytest.raises(FihristError, match="nothing to do"):
        ensure(tmp_path, sources)


def test_installation_without_the_sources_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FihristError, match="run Fihrist from its checkout, or set FIHRIST_ES_URL"):
        ensure_distribution(tmp_path, JDK, print, sources=tmp_path / "nowhere")


def test_hash_depends_on_names_and_contents_only(sources: Path) -> None:
    before = source_hash(sources)
    (sources / "pom.xml").touch()
    (sources / "target").mkdir()
    (sources / "target/built.jar").write_text("not a source")
    assert source_hash(sources) == before
    (sources / "src/Plugin.java").rename(sources / "src/Other.java")
    assert source_hash(sources) != before


def test_project_names_no_download_address() -> None:
    pom = ElementTree.parse(SOURCES / "pom.xml")
    names = {element.tag.rpartition("}")[2] for element in pom.iter()}
    assert "dependency" in names
    assert not names & {"repository", "pluginRepository", "url"}
