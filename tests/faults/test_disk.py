"""A disk that is full, or may not be written: of the artefacts, and (by its watermarks) of Elasticsearch."""

import os
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import Undisturbed
from tests.faults.injected import be_impatient, be_user, small_files_only
from tests.faults.world import NAMES, World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.faults, pytest.mark.timeout(600)]

WRITING = ("discover", "survey", "clean", "enrich", "index", "link_duplicates")
NOBODY = 65_534


@pytest.fixture
def small_disk(world: World) -> Iterator[Path]:
    """The runs' folder, on a disk of one megabyte."""
    learned = [(file, file.read_bytes()) for file in (world.runs / "learned").rglob("*") if file.is_file()]
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=0777", "tmpfs", str(world.runs)]
    if os.geteuid() or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root can mount a small disk; a limit of the size of files is tested besides")
    try:
        for file, held in learned:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(held)
        yield world.runs
    finally:
        subprocess.run(["umount", str(world.runs)], check=True)


@pytest.mark.parametrize("step", WRITING)
def test_a_step_that_finds_the_disk_full_says_so_and_is_done_once_there_is_room(
    step: str, world: World, undisturbed: Undisturbed, small_disk: Path
) -> None:
    def do(name: str, *arguments: Any) -> Any:
        if name == step:
            ballast = small_disk / "ballast"
            fill(ballast)
            ended = world.attempt(name, *arguments)
            assert ended.kind == "ArtefactError", ended
            assert "No space left on device" in ended.message
            assert "make room on its disk, then clear this task" in ended.message
            ballast.unlink()
        return world.do(name, *arguments)

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


def fill(ballast: Path) -> None:
    """Write until nothing more goes onto the disk."""
    with ballast.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(bytes(4096))
        except OSError:
            return


@pytest.mark.parametrize("step", ["survey", "clean", "enrich"])
def test_a_file_that_may_grow_no_further_leaves_nothing_half_written(
    step: str, world: World, undisturbed: Undisturbed
) -> None:
    def do(name: str, *arguments: Any) -> Any:
        if name == step:
            before = set(world.runs.rglob("*"))
            ended = world.attempt(name, *arguments, faults=[partial(small_files_only, 2000)])
            assert ended.kind == "ArtefactError", ended
            assert "File too large" in ended.message
            assert {file.name for file in set(world.runs.rglob("*")) - before} <= {"failure.json"}, (
                "only the note of it"
            )
        return world.do(name, *arguments)

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_artefacts_of_another_user_are_refused_with_what_to_do(world: World, undisturbed: Undisturbed) -> None:
    world.runs.chmod(0o755)
    ended = world.attempt("discover", "second", {"path": str(world.raw)}, faults=[partial(be_user, NOBODY)])
    assert ended.kind == "ArtefactError", ended
    assert "let the user that this runs as write there, then clear this task" in ended.message
    world.night("second")
    assert_same(world.state(), undisturbed.state)


def test_an_index_made_read_only_by_a_full_disk_is_waited_for(world: World, undisturbed: Undisturbed) -> None:
    def do(step: str, *arguments: Any) -> Any:
        if step != "index":
            return world.do(step, *arguments)
        block(world, True)
        worker = world.start(step, *arguments, faults=[partial(be_impatient, 30.0)])
        worker.process.join(2.0)
        assert worker.process.is_alive(), "it waits"
        block(world, None)
        ended = worker.wait(30)
        assert ended.code == 0, ended
        return ended.value

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


@pytest.mark.parametrize("step", ["index", "link_duplicates"])
def test_an_index_that_stays_read_only_fails_the_step_and_a_retry_does_it(
    step: str, world: World, undisturbed: Undisturbed
) -> None:
    def do(name: str, *arguments: Any) -> Any:
        if name == step:
            block(world, True)
            ended = world.attempt(name, *arguments, faults=[partial(be_impatient, 2.0)])
            block(world, None)
            assert ended.code == 1, ended
            assert "disk usage exceeded flood-stage watermark" in ended.message
            assert ended.seconds < 30
        return world.do(name, *arguments)

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


def block(world: World, value: bool | None) -> None:
    """Make the articles read-only as Elasticsearch does by itself at the flood stage, or release them.

    Meanwhile it does not look at the disk, which it does every 30 s to release what has room again.
    """
    world.client.cluster.put_settings(persistent={"cluster.info.update.interval": "30m" if value else None})
    world.client.indices.put_settings(index=NAMES.articles, settings={"index.blocks.read_only_allow_delete": value})
