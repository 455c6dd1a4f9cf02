"""``kill -9`` of the worker: at each of its writes and requests, and at random moments, in every step."""

import random
from collections import Counter
from functools import partial
from typing import Any

import pytest

from tests.faults.conftest import Undisturbed
from tests.faults.injected import die_at, die_soon_after
from tests.faults.world import PATIENCE, STEPS, World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

SEEDS = range(3)
TIMES = 3
"""Kills of each step in a night of random ones."""


class Killer:
    """Does steps that are killed some times before they come to their end."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.kills: Counter[str] = Counter()

    def at_each_point(self, victim: str) -> Any:
        """Return what does steps; one of them dies at its first write or request, then at its second …"""

        def do(step: str, *arguments: Any) -> Any:
            point = 1
            while step == victim:
                ended = self.world.attempt(step, *arguments, faults=[partial(die_at, point)])
                if not ended.killed:
                    assert ended.code == 0, ended
                    return ended.value
                self.kills[step] += 1
                point += 1
            return self.world.do(step, *arguments)

        return do

    def at_random(self, chance: random.Random) -> Any:
        """Return what does steps; each dies at random moments of its work, or while it waits for an answer."""

        def do(step: str, *arguments: Any) -> Any:
            longest, deaths = 1.0, 0
            while deaths < TIMES:
                if chance.random() < 0.5:
                    fault = partial(die_soon_after, chance.randint(1, 12), chance.uniform(0, 0.03))
                    ended = self.world.attempt(step, *arguments, faults=[fault])
                else:
                    worker = self.world.start(step, *arguments)
                    worker.process.join(chance.uniform(0.0, longest))
                    worker.kill()
                    ended = worker.wait(PATIENCE)
                    longest *= 1.0 if ended.killed else 0.5  # it was done sooner: it is done again, and killed sooner
                deaths += ended.killed
            self.kills[step] += deaths
            return self.world.do(step, *arguments)

        return do


@pytest.mark.faults
@pytest.mark.parametrize("step", STEPS)
def test_a_step_killed_at_each_write_and_request_comes_to_the_same_end(
    step: str, world: World, undisturbed: Undisturbed
) -> None:
    killer = Killer(world)
    world.night("second", killer.at_each_point(step))
    assert_same(world.state(), undisturbed.state)
    print(f"\n{step}: {killer.kills.total()} kills")
    assert killer.kills[step] >= 5


@pytest.mark.parametrize("seed", [SEEDS[0], *(pytest.param(seed, marks=pytest.mark.faults) for seed in SEEDS[1:])])
def test_a_night_killed_at_random_moments_comes_to_the_same_end(
    seed: int, world: World, undisturbed: Undisturbed
) -> None:
    killer = Killer(world)
    world.night("second", killer.at_random(random.Random(seed)))
    assert_same(world.state(), undisturbed.state)
    print(f"\nnight {seed}: kills {dict(killer.kills)}")
    assert set(killer.kills) == set(STEPS)


def test_a_night_that_is_given_up_after_a_kill_is_done_by_the_next_one(world: World, undisturbed: Undisturbed) -> None:
    """No one clears anything: the report counts the batch as failed, and the next night does it."""
    batches = world.do("survey", world.discover("second"), "second")
    for batch in batches:
        world.do("clean", batch)
        world.do("enrich", batch, "second")
    assert world.attempt("index", batches[0], "second", faults=[partial(die_at, 12)]).killed
    world.do("index", batches[1], "second")
    world.do("link_duplicates", "second")
    ended = world.attempt("report", "second", "news_nightly")
    assert ended.kind == "RunFailedError"
    assert "12 of " in ended.message and "batch/unfinished: 1" in ended.message

    assert world.night("third")["counts"]["failed"] == 0
    assert_same(articles_and_states(world.state()), articles_and_states(undisturbed.state))


def articles_and_states(state: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a further run changes: runs, batches' names and counts of attempts."""
    return {
        id_: {field: value for field, value in held.items() if field not in ("batch", "attempts")}
        for id_, held in state.items()
        if not id_.startswith("ingest-runs/")
    }
