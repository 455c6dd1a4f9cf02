"""The pipeline's key is enough for all that the pipeline does: nights, a rebuild, the way back, retention."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from elasticsearch import Elasticsearch

from pipeline.flow import rebuild_steps, steps
from pipeline.flow.rollback import rollback
from pipeline.index import aliases
from pipeline.index.client import connect
from pipeline.index.names import IndexNames
from pipeline.index.search import search
from pipeline.security.keys import key_file, set_up
from pipeline.settings import PROJECT_ROOT, settings

pytestmark = [pytest.mark.server, pytest.mark.timeout(600)]

PREFIX = "south-"
NAMES = IndexNames(PREFIX)


@pytest.fixture(scope="module")
def client(secure: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elasticsearch]:
    """Settings of the process with the pipeline's key to indices of its own, and a client with that key."""
    home = tmp_path_factory.mktemp("home")
    with secure.admin as admin:
        set_up(admin, home / "security", prefix=PREFIX)
        with pytest.MonkeyPatch.context() as patch:
            for name, value in {
                "HOME": home,
                "ES_URL": secure.url,
                "ES_CA": secure.settings.es_ca,
                "ES_API_KEY_FILE": key_file(home / "security", "pipeline", PREFIX),
                "INDEX_PREFIX": PREFIX,
            }.items():
                patch.setenv(f"FIHRIST_{name}", str(value))
            settings.cache_clear()
            with connect(settings()) as connected:
                yield connected
        settings.cache_clear()
        for index in admin.indices.get(index=f"{PREFIX}*"):
            admin.indices.delete(index=index)


def night(run_id: str, path: Path) -> dict[str, Any]:
    """Do all steps of a nightly run, as the DAG does."""
    asked = {"path": str(path), "source": None, "batch_size": 3, "retry_quarantined": False, "force": False}
    for batch in steps.survey(steps.discover(run_id, asked), run_id):
        steps.index(steps.enrich(steps.clean(batch), run_id), run_id)
    steps.link_duplicates(run_id)
    return steps.report(run_id, "news_nightly")


def test_nights(client: Elasticsearch) -> None:
    assert night("first", PROJECT_ROOT / "seeds")["counts"]["indexed"] == 5
    assert night("second", PROJECT_ROOT / "seeds")["counts"]["unchanged"] == 5
    assert search(client, "الولايات المتحدة", index=NAMES.articles).total > 0


def test_a_rebuild_and_the_way_back(client: Elasticsearch) -> None:
    asked = {"path": None, "source": None, "batch_size": 3, "accept": False}
    for batch in steps.survey(rebuild_steps.discover("rebuild", asked), "rebuild"):
        rebuild_steps.index(steps.enrich(steps.clean(batch), "rebuild"), "rebuild")
    rebuild_steps.carry_over("rebuild")
    rebuild_steps.link_duplicates("rebuild")
    rebuild_steps.check("rebuild")
    rebuild_steps.go_live("rebuild")
    assert rebuild_steps.report("rebuild")["state"] == "success"
    assert aliases.live(client, NAMES) == NAMES.generation(2)
    rollback(client, NAMES)
    assert aliases.live(client, NAMES) == NAMES.generation(1)
    assert search(client, "الولايات المتحدة", index=NAMES.articles).total > 0


def test_an_old_generation_is_deleted(client: Elasticsearch) -> None:
    before = {generation.index for generation in aliases.generations(client, NAMES)}
    deleted = aliases.prune(client, NAMES, 1)
    assert set(deleted) == before - {aliases.live(client, NAMES)} != set()
