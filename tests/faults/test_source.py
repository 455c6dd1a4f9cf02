"""The source: gone before discovery, in mid-run, file by file; unreadable; with dates that can't be."""

import os
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.faults.conftest import Undisturbed
from tests.faults.injected import be_user, clock_goes_wrong
from tests.faults.world import NAMES, SOURCE, World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.faults, pytest.mark.timeout(600)]

NOBODY = 65_534


@pytest.mark.parametrize("mount_point_stays", [True, False], ids=["empty", "missing"])
@pytest.mark.parametrize("step", ["discover", "survey", "clean"])
def test_a_source_that_is_away_fails_the_step_and_nothing_is_lost_once_it_is_back(
    step: str, mount_point_stays: bool, world: World, undisturbed: Undisturbed
) -> None:
    away = world.raw.with_name("away")

    def do(name: str, *arguments: Any) -> Any:
        if name == step:
            world.raw.rename(away)
            if mount_point_stays:
                world.raw.mkdir()
            ended = world.attempt(name, *arguments)
            assert ended.code == 1, ended
            assert "mounted" in ended.message or "existing folder" in ended.message
            if mount_point_stays:
                world.raw.rmdir()
            away.rename(world.raw)
        return world.do(name, *arguments)

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


def test_files_that_vanish_one_by_one_are_told_and_found_again(world: World, undisturbed: Undisturbed) -> None:
    """They come back with the dates that they had; the next night does them all the same."""
    away = world.root / "new"

    def do(name: str, *arguments: Any) -> Any:
        value = world.do(name, *arguments)
        if name == "survey":
            (world.raw / "new").rename(away)
        return value

    counts = world.night("second", do)["counts"]
    gone = {path for path, (_, reason) in world.outcomes().items() if reason == "vanished"}
    assert gone == {f"new/{file.name}" for file in away.iterdir()}
    assert counts["quarantined"] >= len(gone)
    away.rename(world.raw / "new")
    world.night("third")
    assert world.outcomes() == {
        f"{held['path']}": (held["state"], held["reason"])
        for id_, held in undisturbed.state.items()
        if id_.startswith("ingest-files/")
    }


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_files_that_may_not_be_read_wait_for_permission(world: World, undisturbed: Undisturbed) -> None:
    closed = [world.raw / "new" / "030.txt", world.raw / "007.txt"]
    for file in closed:
        file.chmod(0)
    nobody = partial(be_user, NOBODY)
    (world.root / "home").chmod(0o777)
    for folder in (world.runs, *world.runs.rglob("*")):
        folder.chmod(0o777)

    def do(step: str, *arguments: Any) -> Any:
        ended = world.attempt(step, *arguments, faults=[nobody])
        assert ended.code == 0, ended
        return ended.value

    world.night("second", do)
    found = world.outcomes()
    assert {path for path, (_, reason) in found.items() if reason == "unreadable"} == {"new/030.txt", "007.txt"}
    for file in closed:
        file.chmod(0o644)
    world.night("third", do)
    assert {reason for _, reason in world.outcomes().values()} >= {None, "empty"} - {"empty"}
    assert "unreadable" not in {reason for _, reason in world.outcomes().values()}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_a_folder_that_may_not_be_read_is_refused_with_what_to_do(world: World) -> None:
    world.raw.chmod(0o700)
    ended = world.attempt("discover", "second", {"path": str(world.raw)}, faults=[partial(be_user, NOBODY)])
    assert ended.kind == "FihristError", ended
    assert "give it permission to read" in ended.message


def test_files_from_the_future_and_before_all_time_are_done_once(world: World) -> None:
    times = {"future.txt": 32_503_680_000, "ancient.txt": -5_000_000_000, "far.txt": 2**37, "farther.txt": 2**55}
    article = (world.raw / "000.txt").read_text(encoding="utf-8")
    for number, (name, seconds) in enumerate(times.items()):
        file = Path(shutil.copy(world.raw / "000.txt", world.raw / name))
        file.write_text(f"{article}\n{number}", encoding="utf-8")
        os.utime(file, (seconds, seconds))
    world.night("second")
    found = world.outcomes()
    assert {name: found[name][0] in ("indexed", "duplicate") for name in times} == dict.fromkeys(times, True)
    counts = world.night("third")["counts"]
    assert counts["unchanged"] == sum(counts.values()) == len(found)


def test_a_clock_that_jumps_back_and_forth_changes_no_article(world: World, undisturbed: Undisturbed) -> None:
    def do(step: str, *arguments: Any) -> Any:
        ended = world.attempt(step, *arguments, faults=[partial(clock_goes_wrong, len(step))])
        assert ended.code == 0, ended
        return ended.value

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)
    run = world.client.get(index=NAMES.runs, id="second")["_source"]
    assert run["duration_seconds"] >= 0
    counts = world.night("third")["counts"]
    assert counts["unchanged"] == sum(counts.values())
    assert run["source"] == SOURCE
