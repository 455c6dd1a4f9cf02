"""A batch that is done again while its first run still lives: two real processes at once."""

from typing import Any

import pytest

from tests.faults.conftest import Undisturbed
from tests.faults.world import World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.mark.parametrize("delay", [0.0, 0.05, 0.4])
def test_every_step_done_twice_at_once_comes_to_the_same_end(
    delay: float, world: World, undisturbed: Undisturbed
) -> None:
    def do(step: str, *arguments: Any) -> Any:
        first = world.start(step, *arguments)
        first.process.join(delay)
        second = world.start(step, *arguments)
        ended = [worker.wait(60) for worker in (first, second)]
        assert {each.code for each in ended} == {0}, ended
        return ended[0].value

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


def test_a_batch_whose_first_run_is_steps_behind_comes_to_the_same_end(world: World, undisturbed: Undisturbed) -> None:
    """Airflow took the worker for dead and started another: the first goes on, and is overtaken."""
    batches = world.do("survey", world.discover("second"), "second")
    for batch in batches:
        world.do("clean", batch)
        world.do("enrich", batch, "second")
        world.do("index", batch, "second")
        late = [world.start(step, batch, *rest) for step, rest in (("clean", ()), ("enrich", ("second",)))]
        assert [worker.wait(60).code for worker in late] == [0, 0]
        world.do("index", batch, "second")
    world.do("link_duplicates", "second")
    world.do("report", "second", "news_nightly")
    assert_same(world.state(), undisturbed.state)
