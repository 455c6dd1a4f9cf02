"""What Elasticsearch refuses: a write block, a mapping conflict, too much at once."""

import json
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.embedded.elasticsearch import temporary_server
from pipeline.settings import Settings
from tests.faults.conftest import Undisturbed
from tests.faults.injected import be_impatient
from tests.faults.world import NAMES, SOURCE, World, assert_same

pytestmark = [pytest.mark.server, pytest.mark.faults, pytest.mark.timeout(600)]


def test_a_write_block_fails_the_step_at_once_and_a_retry_does_it(world: World, undisturbed: Undisturbed) -> None:
    def do(step: str, *arguments: Any) -> Any:
        if step == "index":
            world.client.indices.put_settings(index=NAMES.articles, settings={"index.blocks.write": True})
            ended = world.attempt(step, *arguments)
            world.client.indices.put_settings(index=NAMES.articles, settings={"index.blocks.write": None})
            assert ended.kind == "ClusterError", ended
            assert "index write (api)" in ended.message
            assert ended.seconds < 20
        return world.do(step, *arguments)

    world.night("second", do)
    assert_same(world.state(), undisturbed.state)


def test_a_mapping_that_someone_changed_is_refused_before_anything_is_written(
    world: World, undisturbed: Undisturbed
) -> None:
    before = world.state()
    mapping = {"surprise": {"type": "keyword"}}
    world.client.indices.put_mapping(index=NAMES.articles, properties=mapping)
    ended = world.attempt("discover", "second", {"path": str(world.raw), "source": "wire", "batch_size": 12})
    assert ended.kind == "DriftError", ended
    assert "'properties.surprise" in ended.message
    assert "fihrist index rebuild" in ended.message
    assert world.state() == before


def test_an_article_that_the_mapping_can_not_take_is_quarantined_alone_and_done_when_asked(
    world: World, undisturbed: Undisturbed
) -> None:
    """The conflict arises in mid-run, behind discovery's back: it is put into one document on its way."""
    bad: list[str] = []

    def do(step: str, *arguments: Any) -> Any:
        value = world.do(step, *arguments)
        if step == "enrich" and not bad:
            file = Path(arguments[0]) / "enrich.jsonl"
            first, rest = file.read_text(encoding="utf-8").split("\n", 1)
            bad.append(json.loads(first)["document"]["source"]["path"])
            file.write_text(re.sub(r'"word_count":\d+', '"word_count":"many"', first) + "\n" + rest, encoding="utf-8")
        return value

    world.night("second", do)
    left = {path: found for path, found in world.outcomes().items() if "exception" in (found[1] or "")}
    assert left == {bad[0]: ("quarantined", "document_parsing_exception")}
    batches = world.do("discover", "third", {"path": str(world.raw), "source": SOURCE, "retry_quarantined": True})
    for batch in world.do("survey", batches, "third"):
        world.do("clean", batch)
        world.do("enrich", batch, "third")
        world.do("index", batch, "third")
    world.do("link_duplicates", "third")
    found, wanted = (
        {id_: held for id_, held in state.items() if id_.startswith("articles/")}
        for state in (world.state(), undisturbed.state)
    )
    assert found.keys() == wanted.keys()
    assert bad[0] in {held["source"]["path"] for held in found.values()}


@pytest.fixture(scope="module")
def pressed() -> Iterator[str]:
    """Address of a server that has next to no memory for writing: four times the size of the largest article."""
    with temporary_server(Settings(), extra={"indexing_pressure.memory.limit": "32kb"}) as server:
        yield server.url


@pytest.fixture
def pressed_world(pressed: str, undisturbed: Undisturbed, folder: Path) -> Iterator[World]:
    with Elasticsearch(pressed, request_timeout=30) as client:
        made = World(folder / "world", client, pressed)
        made.restore(undisturbed.first)
        shutil.copytree(undisturbed.raw, made.raw, dirs_exist_ok=True)
        yield made
        made.wipe()


def test_a_cluster_without_memory_gets_smaller_requests_until_it_has_taken_all(
    pressed_world: World, undisturbed: Undisturbed
) -> None:
    world = pressed_world
    refused = rejections(world.client)

    def do(step: str, *arguments: Any) -> Any:
        ended = world.attempt(step, *arguments, faults=[partial(be_impatient, 30.0)])
        assert ended.code == 0, ended
        return ended.value

    world.night("second", do)
    assert rejections(world.client) > refused
    assert_same(world.state(), undisturbed.state)


def test_batches_side_by_side_on_a_cluster_without_memory_all_get_in(
    pressed_world: World, undisturbed: Undisturbed
) -> None:
    world = pressed_world
    batches = world.do("survey", world.discover("second"), "second")
    for batch in batches:
        world.do("clean", batch)
        world.do("enrich", batch, "second")
    refused = rejections(world.client)
    workers = [world.start("index", batch, "second", faults=[partial(be_impatient, 50.0)]) for batch in batches]
    assert [worker.wait(60).code for worker in workers] == [0] * len(batches)
    assert rejections(world.client) > refused
    world.do("link_duplicates", "second")
    world.do("report", "second", "news_nightly")
    assert_same(world.state(), undisturbed.state)


def rejections(client: Elasticsearch) -> int:
    """Return how often the server has refused for want of memory."""
    nodes = client.nodes.stats(metric="indexing_pressure")["nodes"].values()
    return sum(
        total
        for node in nodes
        for name, total in node["indexing_pressure"]["memory"]["total"].items()
        if name.endswith("_rejections")
    )
