"""The steps of the image's build, run in order in an empty folder in place of a container's root.

No engine is needed: paths below ``/`` are those of the folder, and the base image is the Python that runs the tests.
What this can't show is the base image itself, and users other than the one who runs it.
"""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.settings import PROJECT_ROOT
from tests.unit.docker.dockerfile import Stage, read_dockerfile

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(3600),
    pytest.mark.skipif(not os.environ.get("TEST_IMAGE"), reason="installs some 200 packages: make test-image"),
]

FOLDERS = ("opt", "artefacts", "raw", "snapshots", "keys", "tls")


class Container:
    """A folder that stands for the root of a container."""

    def __init__(self, root: Path, context: Path) -> None:
        self.root, self.context = root, context

    def build(self, stage: Stage) -> None:
        for instruction, arguments in stage.steps:
            if instruction == "COPY":
                self._copy(arguments)
            elif instruction == "RUN":
                self.run(arguments, stage.environment)

    def run(self, command: str, environment: dict[str, str], **more: str) -> str:
        here = {name: self._inside(value).replace("$PATH", os.environ["PATH"]) for name, value in environment.items()}
        base = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(self.root)}
        done = subprocess.run(
            ["sh", "-ec", self._inside(command)],
            cwd=self.root,
            env={**base, **here, **more},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"
        return done.stdout

    def _copy(self, arguments: str) -> None:
        source, target = arguments.split()[-2:]
        if arguments.startswith("--from="):
            return  # both stages are built in this folder
        to = self.root / target.strip("/")
        if source == ".":
            shutil.copytree(self.context, to, dirs_exist_ok=True)
        else:
            to.mkdir(parents=True, exist_ok=True)
            shutil.copy(self.context / source, to)

    def _inside(self, text: str) -> str:
        return re.sub(rf"(?<![\w/.])/({'|'.join(FOLDERS)})(?=[/\s]|$)", rf"{self.root}/\1", text)


def context(target: Path) -> Path:
    """Copy what ``.dockerignore`` lets through of the files that git does not ignore, committed or not."""
    rules = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    kept = [rule[1:] for rule in rules if rule.startswith("!")]
    left_out = [rule for rule in rules if rule and not rule.startswith(("#", "!", "*"))]
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=PROJECT_ROOT, capture_output=True, text=True, check=True).stdout
    for name in listed.splitlines():
        wanted = any(name == rule or name.startswith(f"{rule}/") for rule in kept)
        refused = any(name == rule or fnmatch.fnmatch(name, f"{rule}/*") for rule in left_out)
        if wanted and not refused and (PROJECT_ROOT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT_ROOT / name, target / name)
    return target


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    root = tmp_path_factory.mktemp("image")
    made = Container(root, context(tmp_path_factory.mktemp("context")))
    for stage in read_dockerfile(PROJECT_ROOT / "docker" / "airflow" / "Dockerfile")[1]:
        made.build(stage)
    return made


@pytest.fixture(scope="module")
def environment() -> dict[str, str]:
    return read_dockerfile(PROJECT_ROOT / "docker" / "airflow" / "Dockerfile")[1][-1].environment


@pytest.mark.parametrize("command", ["fihrist --help", "airflow version", "celery --version"])
def test_the_images_commands_run(container: Container, environment: dict[str, str], command: str) -> None:
    assert container.run(command, environment)


def test_an_article_is_extracted_with_the_images_own_files(container: Container, environment: dict[str, str]) -> None:
    seed = next((PROJECT_ROOT / "seeds").glob("*.txt")).name
    printed = container.run(f"fihrist extract /opt/fihrist/seeds/{seed}", environment)
    assert '"language":"ar"' in printed.replace(" ", "")
    used = container.run('python -c "import pipeline; print(pipeline.__file__)"', environment)
    assert used.startswith(str(container.root))


def test_airflow_reads_the_dags_with_celery_as_executor(container: Container, environment: dict[str, str]) -> None:
    more = {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{container.root}/airflow.db",
    }
    container.run("airflow db migrate", environment, **more)
    errors = container.run("airflow dags list-import-errors --output json --local", environment, **more)
    assert errors.strip().splitlines()[-1] in ("[]", "No data found")


def test_workers_load_what_tasks_need_before_they_fork_them(container: Container, environment: dict[str, str]) -> None:
    loaded = "import sys; sys.argv[1:] = ['celery', 'worker']; import airflow_local_settings"
    said = container.run(f'python -c "{loaded}; print(sorted(sys.modules))"', environment)
    assert "'pipeline.enrich.enrich'" in said


def test_no_secret_raw_file_or_server_gets_into_the_image(container: Container) -> None:
    files = {str(file.relative_to(container.root)) for file in (container.root / "opt" / "fihrist").rglob("*")}
    assert "opt/fihrist/docker/setup/access.py" in files
    assert "opt/fihrist/mappings/templates/articles.json" in files
    assert not [
        file
        for file in files
        if re.search(r"/(tests|benchmarks|\.git|\.venv|secrets|elasticsearch/pom\.xml)(/|$)", file)
    ]
