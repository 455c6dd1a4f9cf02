"""Find the Java that compiles the plugin and runs the server."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.embedded.elasticsearch.account import Account, can_enter
from pipeline.errors import FihristError

OLDEST = 21
"""Elasticsearch 9 needs this Java or a newer one."""

JDK_FOLDERS = (Path("/usr/lib/jvm"), Path("/Library/Java/JavaVirtualMachines"), Path("/opt/java"))
"""Where Linux distributions, macOS and container images put their JDKs."""


@dataclass(frozen=True, slots=True)
class Jdk:
    """A Java development kit: its home folder and its major version."""

    home: Path
    version: int


def find_jdk(
    account: Account | None = None,
    *,
    environ: Mapping[str, str] = os.environ,
    folders: tuple[Path, ...] = JDK_FOLDERS,
) -> Jdk:
    """Return the first JDK that fits: ``ES_JAVA_HOME``, ``JAVA_HOME``, ``PATH``, then the usual folders.

    Args:
        account: who is to run it; None: the user of this process.
        environ: environment to look into.
        folders: folders of installed JDKs.

    Raises:
        FihristError: none fits; the message lists those looked at and what each lacks.
    """
    looked_at = []
    for where, home in _candidates(environ, folders):
        lack = _lack(home, account)
        if lack is None:
            return Jdk(home, _version(home))
        looked_at.append(f"  {where}: {home}: {lack}")
    listed = "\n".join(looked_at) or "  nothing found"
    raise FihristError(
        f"No JDK {OLDEST} or newer for Elasticsearch: install one (Debian: apt install openjdk-{OLDEST}-jdk-headless, "
        f"or a newer one) or set ES_JAVA_HOME to its folder. Looked at:\n{listed}\n"
        f"and at ES_JAVA_HOME, JAVA_HOME, PATH, {', '.join(map(str, folders))}."
    )


def _candidates(environ: Mapping[str, str], folders: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    seen: set[Path] = set()
    for where, home in _all_candidates(environ, folders):
        real = home.resolve()
        if real not in seen:
            seen.add(real)
            yield where, home


def _all_candidates(environ: Mapping[str, str], folders: tuple[Path, ...]) -> Iterator[tuple[str, Path]]:
    for variable in ("ES_JAVA_HOME", "JAVA_HOME"):
        if environ.get(variable):
            yield variable, Path(environ[variable])
    on_path = shutil.which("java", path=environ.get("PATH", ""))
    if on_path:
        yield "PATH", Path(on_path).resolve().parent.parent
    for folder in folders:
        if not folder.is_dir():
            continue
        installed = [home for home in folder.iterdir() if home.is_dir()]
        homes = [home / "Contents/Home" if (home / "Contents/Home").is_dir() else home for home in installed]
        for home in sorted(homes, key=lambda home: (-_version(home), home)):
            yield str(folder), home


def _lack(home: Path, account: Account | None) -> str | None:
    """Return what makes this folder unfit, or None if it fits."""
    if not os.access(home / "bin/java", os.X_OK):
        return "no bin/java in it"
    version = _version(home)
    if version == 0:
        return "no Java version in its file 'release'"
    if version < OLDEST:
        return f"Java {version} is too old"
    if not os.access(home / "bin/javac", os.X_OK):
        return f"Java {version} without compiler (a JRE, not a JDK)"
    if account and not can_enter(home.resolve() / "bin", account):
        return f"Java {version}, in a folder that the user {account.name} can't enter"
    return None


def _version(home: Path) -> int:
    """Return the major version that the JDK's own file ``release`` states, 0 if there is none."""
    try:
        text = (home / "release").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    stated = re.search(r'^JAVA_VERSION="(?:1\.)?(\d+)', text, re.MULTILINE)
    return int(stated[1]) if stated else 0
