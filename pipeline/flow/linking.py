"""Near-duplicates: once a run's batches are in the index, flag the articles that print an earlier one's story.

This is one step for the whole run, after its batches, because batches are loaded side by side and must see each other.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.enrich.duplicates import Entry, assign
from pipeline.flow.artefacts import write_records
from pipeline.flow.keys import entries_of
from pipeline.flow.load import index_problems
from pipeline.flow.manifest import Manifest
from pipeline.flow.missing import chunks
from pipeline.flow.report import is_finished
from pipeline.index.aliases import until_settled
from pipeline.index.duplicates import StoredArticles
from pipeline.index.names import IndexNames
from pipeline.ledger.files import mark_duplicates

log = logging.getLogger(__name__)


_MOST_TRIES = 10


def link_run(
    folder: UPath, manifest: Manifest, client: Elasticsearch, names: IndexNames, removed: Collection[str] = ()
) -> int:
    """Link the articles of a run's finished batches with their near-duplicates; return how many are duplicates.

    So are those that were duplicates of articles that have been removed. If anyone else wrote meanwhile, what was
    linked is looked at again until nothing is left to correct: another run may have linked the same articles, and not
    seen ours.

    Index and ledger are corrected for every article of a changed cluster, those of earlier runs included. The ids of
    the run's own duplicates are left in ``duplicates.jsonl`` for the report.

    Raises:
        ClusterError: the cluster is away, or did not take a correction; doing the step again is harmless.
    """
    run_id = manifest.request.run_id

    def link_all() -> dict[str, str]:
        stored = StoredArticles(client, names.articles)

        def change(changes: Mapping[str, str | None]) -> int:
            mark_duplicates(client, names.files, changes)  # first: a second try still finds these changes
            return stored.record(changes)

        def link(ids: Collection[str]) -> None:
            for _ in range(_MOST_TRIES):
                changes = assign(stored.get(ids), stored)
                if not changes:
                    return
                change(changes)
                ids = changes.keys()  # what another run may have changed as well

        articles = RunArticles(folder, manifest, stored)
        before = stored.writes()
        others = StoredArticles(client, names.articles, besides=run_id)
        changes = assign(articles, None if others.is_empty else others)
        if changes and before + change(changes) != stored.writes():
            link(changes.keys())
        for ids in chunks(removed):
            link([entry.id for entry in stored.members(ids)])
        own: dict[str, str] = {}
        for _ in range(_MOST_TRIES):
            before, marked = stored.writes(), own
            own = own_duplicates(folder, articles.ids, stored)
            mark_duplicates(client, names.files, dict.fromkeys(marked) | own)
            if stored.writes() == before:
                break
            stored.refresh()  # what was noted may not be what is recorded any more
        return own

    own = until_settled(client, names, link_all)
    log.info("run %s: %d of its articles are near-duplicates", manifest.request.run_id, len(own))
    return len(own)


def link_entries(entries: Iterable[Entry], stored: StoredArticles) -> Mapping[str, str | None]:
    """Link articles of one index with their near-duplicates in it; return the changes. The ledger is left as it is."""
    changes = assign(entries, stored)
    stored.record(changes)
    return changes


class RunArticles:
    """The articles of a run as an index has them, with their keys out of its artefacts instead of stored documents."""

    def __init__(self, folder: UPath, manifest: Manifest, stored: StoredArticles) -> None:
        self._folder = folder
        self._manifest = manifest
        self._stored = stored
        self.ids: list[str] = []
        """Of the finished batches' articles, once they have been gone through."""

    def __iter__(self) -> Iterator[Entry]:
        held = {
            found["id"]: (found["@timestamp"], found.get("content_sha256"), found.get("duplicate_of"))
            for found in self._stored.of_run(self._manifest.request.run_id)
        }
        unlike = []
        self.ids = []
        for content, entry in made(self._folder, self._manifest):
            self.ids.append(entry.id)
            timestamp, stored_content, duplicate_of = held.pop(entry.id, ("", None, None))
            if stored_content == content:
                yield Entry(entry.id, timestamp, entry.bands, entry.signature, duplicate_of)
            else:  # another run has written it meanwhile
                unlike.append(entry.id)
        yield from self._stored.get([*unlike, *held])  # held are those of batches that did not come to their end


def made(folder: UPath, manifest: Manifest) -> Iterator[tuple[str, Entry]]:
    """Yield SHA-256 of the content and entry of each article that finished batches have brought into the index."""
    for name in manifest.batches:
        if is_finished(folder / name):
            left = {outcome.file.id for outcome in index_problems(folder / name)}
            yield from (made for made in entries_of(folder / name) if made[1].id not in left)


def own_duplicates(folder: UPath, ids: Collection[str], stored: StoredArticles) -> dict[str, str]:
    """Return those of the run's articles that are duplicates, with their heads, and leave them for the report."""
    own = stored.duplicates(ids)
    write_records(folder / "duplicates.jsonl", ({"id": id_, "duplicate_of": head} for id_, head in own.items()))
    return own
