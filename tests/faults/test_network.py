"""The way to Elasticsearch: refused, reset, cut, slow, half-open."""

import socket
from functools import partial
from typing import Any

import pytest

from tests.faults.conftest import Undisturbed
from tests.faults.injected import be_impatient, small_requests
from tests.faults.proxy import Kind, Misbehaviour, Proxy
from tests.faults.world import World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

IMPATIENT = (partial(be_impatient, 3.0), partial(small_requests, 20_000))


def through(world: World, proxy: Proxy) -> Any:
    """Return what does steps through a proxy."""

    def do(step: str, *arguments: Any) -> Any:
        faults = (partial(be_impatient, 30.0, 5.0), partial(small_requests, 20_000))
        ended = world.attempt(step, *arguments, faults=faults, url=proxy.url)
        assert ended.code == 0, f"{step}: {ended.kind}: {ended.message}\n{ended.log}"
        return ended.value

    return do


SECONDS: dict[Kind, float] = {"slow": 0.5, "drip": 0.001}
LOST: tuple[Kind, ...] = ("reset", "cut", "swallow", "stall", "slow", "drip")


@pytest.mark.parametrize("kind", [LOST[0], *(pytest.param(kind, marks=pytest.mark.faults) for kind in LOST[1:])])
def test_bulk_requests_whose_answers_are_lost_are_sent_again(
    kind: Kind, world: World, undisturbed: Undisturbed
) -> None:
    misbehaviour = Misbehaviour(kind, times=1 if kind == "stall" else 4, seconds=SECONDS.get(kind, 0.0))
    with Proxy(world.url, misbehaviour) as proxy:
        world.night("second", through(world, proxy))
    assert proxy.happened == misbehaviour.times
    assert_same(world.state(), undisturbed.state)


@pytest.mark.faults
@pytest.mark.parametrize("kind", ["reset", "cut", "swallow", "stall", "deaf"])
@pytest.mark.parametrize("step", ["discover", "index", "link_duplicates", "report"])
def test_a_step_that_can_not_get_through_ends_soon_and_says_so_and_is_done_when_it_is_tried_again(
    step: str, kind: Kind, world: World, undisturbed: Undisturbed
) -> None:
    hindered = False

    def do(name: str, *arguments: Any) -> Any:
        nonlocal hindered
        if name == step and not hindered:
            hindered = True
            misbehaviour = Misbehaviour(kind, when=b" HTTP/1.1", times=1000)
            with Proxy(world.url, misbehaviour) as proxy:
                ended = world.attempt(name, *arguments, faults=IMPATIENT, url=proxy.url)
            assert (ended.code, ended.kind) == (1, "ClusterError"), ended
            assert ended.seconds < 30
        return world.do(name, *arguments)

    world.night("second", do)
    assert hindered
    assert_same(world.state(), undisturbed.state)


@pytest.mark.faults
@pytest.mark.parametrize("step", ["discover", "index", "link_duplicates", "report"])
def test_a_refused_connection_fails_the_step_at_once_with_what_to_look_at(
    step: str, world: World, undisturbed: Undisturbed
) -> None:
    def do(name: str, *arguments: Any) -> Any:
        if name == step:
            ended = world.attempt(name, *arguments, url=closed_address())
            assert ended.kind == "ClusterError", ended
            assert "is Elasticsearch running there?" in ended.message
            assert ended.seconds < 20
        return world.do(name, *arguments)

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


def closed_address() -> str:
    """Return an address that refuses connections."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
