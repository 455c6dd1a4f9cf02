from pathlib import Path

import pytest

from pipeline.embedded.elasticsearch.account import Account
from pipeline.embedded.elasticsearch.java import Jdk, find_jdk
from pipeline.errors import FihristError

STRANGER = Account("stranger", 61234, 61234)


def make_jdk(home: Path, version: str, *, compiler: bool = True) -> Path:
    (home / "bin").mkdir(parents=True)
    (home / "release").write_text(f'IMPLEMENTOR="Test"\nJAVA_VERSION="{version}"\n')
    for name in ("java", "javac") if compiler else ("java",):
        (home / "bin" / name).write_text("#!/bin/sh\n")
        (home / "bin" / name).chmod(0o755)
    return home


def find(tmp_path: Path, account: Account | None = None, **environ: str) -> Jdk:
    return find_jdk(account, environ={"PATH": "", **environ}, folders=(tmp_path / "jvm",))


def test_variables_come_before_installed_ones(tmp_path: Path) -> None:
    make_jdk(tmp_path / "jvm/jdk-25", "25.0.3")
    java_home = make_jdk(tmp_path / "a", "21.0.1")
    es_java_home = make_jdk(tmp_path / "b", "22")
    both = find(tmp_path, JAVA_HOME=str(java_home), ES_JAVA_HOME=str(es_java_home))
    assert both == Jdk(es_java_home, 22)
    assert find(tmp_path, JAVA_HOME=str(java_home)) == Jdk(java_home, 21)


def test_java_on_the_path_is_followed_to_its_home(tmp_path: Path) -> None:
    home = make_jdk(tmp_path / "somewhere", "21.0.2")
    links = tmp_path / "links"
    links.mkdir()
    (links / "java").symlink_to(home / "bin/java")
    assert find(tmp_path, PATH=str(links)) == Jdk(home, 21)


def test_newest_of_the_installed_is_taken(tmp_path: Path) -> None:
    make_jdk(tmp_path / "jvm/java-9", "9.0.4")
    make_jdk(tmp_path / "jvm/java-21", "21.0.1")
    newest = make_jdk(tmp_path / "jvm/java-100", "100")
    assert find(tmp_path) == Jdk(newest, 100)


def test_macos_layout_is_understood(tmp_path: Path) -> None:
    home = make_jdk(tmp_path / "jvm/temurin-21.jdk/Contents/Home", "21.0.1")
    assert find(tmp_path).home == home


def test_unfit_one_in_a_variable_does_not_hide_a_fit_one(tmp_path: Path) -> None:
    old = make_jdk(tmp_path / "old", "17.0.15")
    fit = make_jdk(tmp_path / "jvm/new", "21")
    assert find(tmp_path, JAVA_HOME=str(old)).home == fit


def test_message_lists_what_was_looked_at_and_what_each_lacks(tmp_path: Path) -> None:
    make_jdk(tmp_path / "jvm/eight", "1.8.0_402")
    make_jdk(tmp_path / "jvm/jre", "21.0.1", compiler=False)
    (tmp_path / "jvm/empty").mkdir()
    with pytest.raises(FihristError) as caught:
        find(tmp_path, ES_JAVA_HOME="/nothing/there")
    message = str(caught.value)
    assert "No JDK 21 or newer" in message
    assert "ES_JAVA_HOME: /nothing/there: no bin/java in it" in message
    assert f"{tmp_path}/jvm/eight: Java 8 is too old" in message
    assert f"{tmp_path}/jvm/jre: Java 21 without compiler" in message
    assert f"{tmp_path}/jvm/empty: no bin/java in it" in message


def test_message_says_so_when_there_is_no_java_at_all(tmp_path: Path) -> None:
    with pytest.raises(FihristError, match="nothing found"):
        find(tmp_path)


def test_jdk_that_the_servers_user_cannot_enter_is_passed_over(tmp_path: Path) -> None:
    home = make_jdk(tmp_path / "jvm/closed", "21")
    home.chmod(0o700)
    with pytest.raises(FihristError, match="in a folder that the user stranger can't enter"):
        find(tmp_path, STRANGER)
