"""An installation under test: raw files, artefacts, indices; its nights, and what they leave behind."""

import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from pipeline.index import aliases, templates
from pipeline.index.bulk import load
from pipeline.index.names import IndexNames
from pipeline.index.sizing import Sizing
from pipeline.settings import Settings
from tests.faults.worker import Ended, Fault, Worker, start

PREFIX = f"faults-{os.getpid()}-"
"""Of this process: two suites may use one server."""
NAMES = IndexNames(PREFIX)
SOURCE = "wire"
STEPS = ("discover", "survey", "clean", "enrich", "index", "link_duplicates", "report")
PATIENCE = 120.0
"""Seconds within which any step must end, whatever happens; by itself it takes one or two, on a busy machine ten."""
_RUN_FIELDS = (
    "dag_id", "source", "state", "manifest", "counts", "batches", "reasons", "removed_kinds", "repairs", "languages",
)  # fmt: skip

State = dict[str, dict[str, Any]]
"""Documents by ``kind/id``, without what differs from run to run."""


class Do(Protocol):
    """Does a step and returns what it returned."""

    def __call__(self, step: str, *arguments: Any) -> Any: ...


@dataclass(frozen=True)
class Saved:
    """What a night left: to begin another world from there."""

    documents: list[tuple[str, str, dict[str, Any]]]
    learned: Path


class World:
    """One installation; its indices are those of :data:`PREFIX`, so there is one at a time on a server."""

    def __init__(self, root: Path, client: Elasticsearch, url: str) -> None:
        self.root, self.client, self.url = root, client, url
        self.raw = root / "raw"
        self.raw.mkdir(parents=True)
        self.environment = {
            "FIHRIST_HOME": str(root / "home"),
            "FIHRIST_ES_URL": url,
            "FIHRIST_INDEX_PREFIX": PREFIX,
        }
        for folder in (root, *root.parents[:2]):
            folder.chmod(folder.stat().st_mode | 0o055)  # for a worker that is not root
        self.wipe()

    @property
    def runs(self) -> Path:
        return self.root / "home" / "runs"

    def wipe(self) -> None:
        """Delete the indices and their templates."""
        if held := self.client.indices.get(index=f"{PREFIX}*", features="aliases"):
            self.client.indices.delete(index=",".join(held))
        self.client.options(ignore_status=404).indices.delete_index_template(name=f"{PREFIX}*")

    def start(self, step: str, *arguments: Any, faults: Sequence[Fault] = (), url: str | None = None) -> Worker:
        environment = {**self.environment, **({"FIHRIST_ES_URL": url} if url else {})}
        return start(step, arguments, environment, faults)

    def attempt(self, step: str, *arguments: Any, faults: Sequence[Fault] = (), url: str | None = None) -> Ended:
        """Do a step that may fail, but not hang."""
        return self.start(step, *arguments, faults=faults, url=url).wait(PATIENCE)

    def do(self, step: str, *arguments: Any) -> Any:
        """Do a step that must succeed."""
        ended = self.attempt(step, *arguments)
        assert ended.code == 0, f"{step}: {ended.kind}: {ended.message}\n{ended.log}"
        return ended.value

    def night(self, run_id: str, do: Do | None = None) -> dict[str, Any]:
        """Do all steps of a run in their order; return its report."""
        do = do or self.do
        batches = do("survey", self.discover(run_id, do), run_id)
        for batch in batches:
            do("clean", batch)
            do("enrich", batch, run_id)
            do("index", batch, run_id)
        do("link_duplicates", run_id)
        return do("report", run_id, "news_nightly")

    def discover(self, run_id: str, do: Do | None = None) -> list[str]:
        return (do or self.do)("discover", run_id, {"path": str(self.raw), "source": SOURCE, "batch_size": 12})

    def documents(self) -> list[tuple[str, str, dict[str, Any]]]:
        self.client.indices.refresh(index=f"{PREFIX}*")
        return [
            (index, hit["_id"], hit["_source"])
            for index in (NAMES.articles, NAMES.files, NAMES.runs)
            for hit in scan(self.client, index=index)
        ]

    def state(self) -> State:
        """Return what index and ledger hold, without run ids and times of processing."""
        kinds: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            NAMES.articles: _article, NAMES.files: _file, NAMES.runs: _run,
        }  # fmt: skip
        return {f"{index.removeprefix(PREFIX)}/{id_}": kinds[index](held) for index, id_, held in self.documents()}

    def outcomes(self) -> dict[str, tuple[str, str | None]]:
        """Return state and reason of each file in the ledger, by path."""
        files = (held for index, _, held in self.documents() if index == NAMES.files)
        return {file["path"]: (file["state"], file["reason"]) for file in files}

    def save(self, folder: Path) -> Saved:
        shutil.copytree(self.runs / "learned", folder)
        return Saved(self.documents(), folder)

    def restore(self, saved: Saved) -> None:
        """Begin where another world left off; the raw files are not restored."""
        templates.install(self.client, NAMES, Sizing.of(Settings()))
        aliases.ensure(self.client, NAMES)
        here = {NAMES.files: {"root": f"{self.raw}/"}, NAMES.runs: {"path": str(self.raw)}}
        for index in (NAMES.articles, NAMES.files, NAMES.runs):
            held = {id_: source | here.get(index, {}) for of, id_, source in saved.documents if of == index}
            ids = iter(held)
            outcomes = load(self.client, index, held.values(), id_of=lambda _, ids=ids: next(ids))
            assert {outcome.state for outcome in outcomes} == {"loaded"}, outcomes
        self.client.indices.refresh(index=f"{PREFIX}*")
        shutil.copytree(saved.learned, self.runs / "learned")


def assert_same(found: State, wanted: State) -> None:
    """Compare document by document, and say which differ and in what."""
    lost, doubled = wanted.keys() - found.keys(), found.keys() - wanted.keys()
    other = {
        id_: {field: (found[id_].get(field), value) for field, value in held.items() if found[id_].get(field) != value}
        for id_, held in wanted.items()
        if id_ in found and found[id_] != held
    }
    assert (lost, doubled, other) == (set(), set(), {})


def _article(held: dict[str, Any]) -> dict[str, Any]:
    return {**held, "pipeline": held["pipeline"]["version"]}


def _file(held: dict[str, Any]) -> dict[str, Any]:
    return {field: value for field, value in held.items() if field not in ("@timestamp", "run_id", "root")}


def _run(held: dict[str, Any]) -> dict[str, Any]:
    return {field: held.get(field) for field in _RUN_FIELDS}
