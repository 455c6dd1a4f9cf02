"""The image's Dockerfile and its lock, as far as they can be read without an engine."""

import re
import tomllib

import pytest

from pipeline.settings import PROJECT_ROOT
from tests.unit.docker.compose import DOCKER, ONE, read
from tests.unit.docker.dockerfile import Stage, read_dockerfile

ARGUMENTS, STAGES = read_dockerfile(DOCKER / "airflow" / "Dockerfile")


@pytest.fixture
def final() -> Stage:
    return STAGES[-1]


def locked(name: str) -> dict[str, str]:
    text = (PROJECT_ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;\\]+)", text, re.MULTILINE))


def test_both_stages_start_from_one_full_version_of_a_supported_python() -> None:
    assert {stage.base for stage in STAGES} == {f"python:{ARGUMENTS['PYTHON']}-slim-bookworm"}
    version = re.fullmatch(r"3\.(\d+)\.\d+", ARGUMENTS["PYTHON"])
    assert version and 11 <= int(version[1]) <= 13


def test_what_is_installed_is_locked_with_hashes() -> None:
    installs = [step for stage in STAGES for step in stage.all("RUN") if "pip install" in step]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-deps --no-build-isolation --editable" in installs[1]


def test_it_runs_as_no_root_and_group_0_may_write_where_volumes_are_mounted(final: Stage) -> None:
    assert final.steps.index(("USER", "50000:0")) > max(i for i, (name, _) in enumerate(final.steps) if name == "RUN")
    (folders,) = final.all("RUN")
    made, mode = folders.split("&&")
    services = read(ONE)["services"].values()
    mounts = {
        volume.split(":")[1]
        for service in services
        if service["image"].startswith("fihrist")
        for volume in service["volumes"]
        if not volume.startswith("$") and not volume.endswith(":ro")
    }
    assert mounts <= set(made.split())
    writable = mode.split()[3:]
    assert all(any(mount.startswith(folder) for folder in writable) for mount in mounts)


def test_the_scripts_of_the_compose_file_are_in_the_image() -> None:
    commands = re.findall(r"/opt/fihrist/(\S+?\.py)", (DOCKER / ONE).read_text(encoding="utf-8"))
    assert commands
    assert all((PROJECT_ROOT / command).is_file() for command in commands)


def test_the_images_lock_covers_the_extra_and_agrees_with_the_projects() -> None:
    image, project = locked("docker/airflow/requirements.lock"), locked("requirements.lock")
    declared = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*declared["dependencies"], *declared["optional-dependencies"]["celery"], "hatchling"]
    names = {re.match(r"[a-z0-9-]+", requirement)[0] for requirement in wanted}
    assert names <= set(image)
    differing = {name for name in image.keys() & project.keys() if image[name] != project[name]}
    # s3fs's botocore takes no python-dateutil 3 or newer yet; tests/cluster run on the image's.
    assert differing <= {"python-dateutil"}


def test_the_lock_names_no_address_and_a_hash_for_each() -> None:
    text = (DOCKER / "airflow" / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index-url" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) > 150
    assert all("--hash=sha256:" in entry for entry in entries)
