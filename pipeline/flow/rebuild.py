"""A rebuild: a new generation of the articles' index from the raw files of all sources, checked before it goes live.

It is a run like any other, with a folder and a frozen manifest of its own, but its batches go to an index that nobody
searches yet, and the ledger learns of it last: until the new index is live, nightly runs go on as if there were none.
Beside the manifest, the run's folder holds::

    rebuild.json    the index that is being made
    carried.json    up to where the live index was carried over, and what the new mapping refused
    linked.json     up to where the new index was linked
    checks.json     what the checks found
"""

import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.errors import FihristError, NeedsPersonError
from pipeline.flow.artefacts import read_json, write_json
from pipeline.flow.batch import problems
from pipeline.flow.discover import batch_size
from pipeline.flow.load import outcomes_of
from pipeline.flow.manifest import Manifest, Request, Task, freeze, frozen
from pipeline.flow.selection import UNSEEN_REASONS
from pipeline.index import aliases
from pipeline.index.carry import Carried, carry_over, mark
from pipeline.index.names import IndexNames
from pipeline.ledger.files import known_files
from pipeline.ledger.runs import Root
from pipeline.sources.listing import list_files
from pipeline.sources.raw import ListedFile

log = logging.getLogger(__name__)

GONE = UNSEEN_REASONS
"""Reasons that say nothing about the article: the one that the live index has is kept."""


@dataclass(frozen=True, slots=True)
class Rebuild:
    """A rebuild under way: what all its steps need."""

    folder: UPath
    manifest: Manifest
    index: str
    """The new concrete index."""

    @property
    def run_id(self) -> str:
        """The run's id."""
        return self.manifest.request.run_id

    @property
    def started_at(self) -> datetime:
        """When the manifest was frozen."""
        return datetime.fromisoformat(self.manifest.started_at)


def plan(folder: UPath, request: Request, roots: list[Root], client: Elasticsearch, names: IndexNames) -> Rebuild:
    """Make the new index and freeze the manifest of every file that is there, or return what an earlier try froze.

    What an earlier rebuild left over is deleted.

    Raises:
        NeedsPersonError: there is no folder to rebuild from.
    """
    earlier = planned(folder)
    if earlier:
        return earlier
    started_at = datetime.now(UTC)
    files = _listed(roots)
    if not files:
        raise NeedsPersonError(
            "There is nothing to rebuild from: "
            + (f"no file is found in {', '.join(root.path for root in roots)}; mount them, or give the folder"
               if roots else "no run has read a folder yet; give one, or begin with 'fihrist run'")
        )  # fmt: skip
    attempts = {id_: known.attempts for id_, known in known_files(client, names.files, files).items()}
    for index in aliases.remove_leftovers(client, names):
        log.info("%s, which an earlier rebuild left over, is deleted", index)
    write_json(folder / "rebuild.json", {"index": aliases.create_next(client, names)})
    freeze(
        folder,
        replace(request, batch_size=batch_size(request.batch_size, len(files))),
        started_at=started_at,
        source="*",
        todo=[Task(file, attempts.get(file.id, 0)) for file in files],
        unchanged=[],
    )
    rebuild = planned(folder)
    assert rebuild is not None, "it was frozen just now"
    log.info("run %s: %d files go to %s", rebuild.run_id, len(files), rebuild.index)
    return rebuild


def planned(folder: UPath) -> Rebuild | None:
    """Return the rebuild that has this folder, or None where it is not frozen yet."""
    manifest = frozen(folder)
    return Rebuild(folder, manifest, read_json(folder / "rebuild.json")["index"]) if manifest else None


def require_index(rebuild: Rebuild, client: Elasticsearch) -> None:
    """Make sure that the new index is still there: writing to it would make it again, with wrong settings.

    Raises:
        NeedsPersonError: a later rebuild, or somebody, has deleted it.
    """
    if not client.indices.exists(index=rebuild.index):
        raise NeedsPersonError(f"{rebuild.index} has been deleted meanwhile; begin anew: 'fihrist index rebuild'")


def carry_from_live(rebuild: Rebuild, client: Elasticsearch, names: IndexNames) -> Carried:
    """Bring into the new index what the live one has and the raw files did not give: it is as it was there.

    That is: articles whose files are gone, or failed by a fault of ours; and what nightly runs have indexed since the
    manifest was frozen. Not: articles whose files this version quarantines. Doing it again brings what came since.
    """
    source = other_index(rebuild, client, names)
    file = rebuild.folder / "carried.json"
    earlier = read_json(file) if file.exists() else {}
    since = earlier["mark"] if earlier.get("source") == source else -1
    reached = mark(client, source)
    left = left_out(rebuild)

    def wanted(id_: str, made: str) -> bool:
        return id_ not in left or (bool(made) and datetime.fromisoformat(made) >= rebuild.started_at)

    carried = carry_over(client, source, rebuild.index, since=since, wanted=wanted)
    refused = {**earlier.get("refused", {}), **carried.refused}
    write_json(file, {"source": source, "mark": reached, "refused": refused})
    return carried


def other_index(rebuild: Rebuild, client: Elasticsearch, names: IndexNames) -> str:
    """Return the index that the new one replaces: the live one, or, when the new one is live, the one before.

    Raises:
        NeedsPersonError: there is none.
    """
    current = aliases.live(client, names)
    source = aliases.previous(client, names) if current == rebuild.index else current
    if source is None:
        raise NeedsPersonError(f"'{names.articles}' points nowhere: begin anew with 'fihrist index rebuild'")
    return source


def left_out(rebuild: Rebuild) -> set[str]:
    """Return the ids of files that can't become articles any more, though they are there."""
    left = set()
    for name in rebuild.manifest.batches:
        batch = rebuild.folder / name
        outcomes = outcomes_of(batch) if (batch / "outcomes.jsonl").exists() else problems(batch)
        left |= {o.file.id for o in outcomes if o.state == "quarantined" and o.reason not in GONE}
    return left


def _listed(roots: list[Root]) -> list[ListedFile]:
    """Return the files of all roots, each once, ordered by source; of two with one identity, that read last."""
    found: dict[str, ListedFile] = {}
    for root in roots:
        try:
            for file in list_files(root.path, name=root.source):
                found.setdefault(file.id, file)
        except FihristError as error:
            log.warning("%s: its articles are taken over as they are unless another folder has them", error)
    return sorted(found.values(), key=lambda file: file.source)
