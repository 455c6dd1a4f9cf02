"""Build the server's folder once: Maven fetches Elastic's artefacts and compiles our plugin against them."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.embedded.elasticsearch.instance import VERSION, Progress
from pipeline.embedded.elasticsearch.java import Jdk
from pipeline.embedded.elasticsearch.lock import locked
from pipeline.embedded.elasticsearch.process import run_or_kill
from pipeline.errors import FihristError
from pipeline.settings import PROJECT_ROOT

SOURCES = PROJECT_ROOT / "docker" / "elasticsearch"
MARKER = "fihrist.sha256"
"""File in the distribution: the hash of the sources that it was built from."""


def ensure_distribution(base: Path, jdk: Jdk, progress: Progress, *, sources: Path = SOURCES) -> Path:
    """Return the folder of the ready server below ``base``; build it if its sources changed or it is not there.

    Args:
        base: folder to put it in.
        jdk: what compiles the plugin.
        progress: told when there is something to wait for.
        sources: the Maven project.

    Raises:
        FihristError: no sources, no Maven, or Maven failed; with what it said.
    """
    if not (sources / "pom.xml").is_file():
        raise FihristError(
            f"The embedded Elasticsearch is built from {sources}, which is not there: "
            "run Fihrist from its checkout, or set FIHRIST_ES_URL to a cluster."
        )
    target = base / f"elasticsearch-{VERSION}"
    wanted = source_hash(sources)
    if _is_built(target, wanted):
        return target
    with locked(base / ".build.lock", lambda: progress("waiting for another command that builds Elasticsearch")):
        if not _is_built(target, wanted):
            progress(f"building Elasticsearch {VERSION} (once; Maven fetches about 200 MB unless it has them)")
            _build(sources, target, wanted, jdk, progress)
    return target


def _is_built(target: Path, wanted: str) -> bool:
    marker = target / MARKER
    return marker.is_file() and marker.read_text(encoding="ascii") == wanted


def _build(sources: Path, target: Path, wanted: str, jdk: Jdk, progress: Progress) -> None:
    """Build aside and move into place, so that an interrupted build leaves nothing half done.

    A server that still runs from the old folder keeps its open files.
    """
    with tempfile.TemporaryDirectory(prefix=".build-", dir=target.parent) as work:
        built = Path(work) / "server"
        _maven(sources, Path(work), built, jdk, progress)
        _make_readable(built)
        (built / MARKER).write_text(wanted, encoding="ascii")
        if target.exists():
            target.rename(Path(work) / "old")
        built.rename(target)


def source_hash(sources: Path = SOURCES) -> str:
    """Return the SHA-256 over names and bytes of what the build reads; that of nothing where there are no sources."""
    digest = hashlib.sha256()
    files = [sources / "pom.xml", *sorted((sources / "src").rglob("*"))]
    for file in filter(Path.is_file, files):
        data = file.read_bytes()
        digest.update(f"{file.relative_to(sources).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _maven(sources: Path, work: Path, built: Path, jdk: Jdk, progress: Progress) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise FihristError(
            "Maven is needed to put the embedded Elasticsearch together: install it (Debian: apt install maven), "
            "or set FIHRIST_ES_URL to a cluster."
        )
    command = [
        maven,
        "-B",
        "-ntp",
        "-f",
        str(sources / "pom.xml"),
        f"-Dwork={work}",
        f"-Ddistribution={built}",
        "package",
    ]
    log = work / "maven.log"
    with log.open("wb") as output:
        code = run_or_kill(
            command,
            lambda seconds: progress(f"building Elasticsearch: {seconds:.0f} s"),
            env={**os.environ, "JAVA_HOME": str(jdk.home)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if code != 0 or not (built / "bin/elasticsearch").is_file():
        raise FihristError(
            f"Maven could not build the embedded Elasticsearch (exit code {code}). It said:\n{_errors(log)}"
        )


def _errors(log: Path, most: int = 12) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    errors = [
        line for line in lines if line.startswith("[ERROR]") and "[Help" not in line and line.strip() != "[ERROR]"
    ]
    return "\n".join(errors[:most] or lines[-most:])


def _make_readable(folder: Path) -> None:
    """Let the account that runs the server read what root unpacked, whatever root's umask and the archive's modes."""
    for parent, _, files in os.walk(folder):
        Path(parent).chmod(0o755)
        for name in files:
            file = Path(parent) / name
            file.chmod(0o755 if file.stat().st_mode & 0o111 else 0o644)
