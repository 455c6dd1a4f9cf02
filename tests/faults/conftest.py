"""A world that has one night behind it and the next before it, and what an undisturbed second night makes of it."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from tests.faults.corpus import first_night, second_night
from tests.faults.world import Saved, State, World


@dataclass(frozen=True)
class Undisturbed:
    """Two nights without a fault."""

    first: Saved
    state: State
    raw: Path
    """The raw files of the second night."""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that other users may pass through, unlike pytest's own."""
    made = Path(tempfile.mkdtemp(prefix="faults-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="session")
def undisturbed(
    client: Elasticsearch, elasticsearch_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Undisturbed:
    root = tmp_path_factory.mktemp("undisturbed")
    world = World(root / "world", client, elasticsearch_server)
    first_night(world.raw)
    world.night("first")
    saved = world.save(root / "learned")
    second_night(world.raw)
    world.night("second")
    return Undisturbed(saved, world.state(), world.raw)


@pytest.fixture
def world(undisturbed: Undisturbed, client: Elasticsearch, elasticsearch_server: str, folder: Path) -> Iterator[World]:
    """An installation on the evening of the second night."""
    made = World(folder / "world", client, elasticsearch_server)
    made.restore(undisturbed.first)
    shutil.copytree(undisturbed.raw, made.raw, dirs_exist_ok=True)
    yield made
    made.wipe()
