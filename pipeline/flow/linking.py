"""Near-duplicates: once a run's batches are in the index, flag the articles that print an earlier one's story.

This is one step for the whole run, after its batches, because batches are loaded side by side and must see each other.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.enrich.duplicates import Entry, assign
from pipeline.flow.artefacts import read_records, write_records
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
_AT_ONCE = 2_000
"""Articles that are linked at a stroke: 64,000 bands. What each stroke changes is made visible, by a refresh."""


def link_run(
    folder: UPath, manifest: Manifest, client: Elasticsearch, names: IndexNames, removed: Collection[str] = ()
) -> int:
    """Link the articles of a run's finished batches with their near-duplicates; return how many are duplicates.

    So are those that were duplicates of articles that have been removed. What was linked is looked at again until
    nothing is left to correct: another run may have linked the same articles meanwhile, and not seen ours.

    Index and ledger are corrected for every article of a changed cluster, those of earlier runs included. The ids of
    the run's own duplicates are left in ``duplicates.jsonl`` for the report.

    Raises:
        ClusterError: the cluster is away, or did not take a correction; doing the step again is harmless.
    """

    def link_all() -> dict[str, str]:
        stored = StoredArticles(client, names.articles)

        def link(ids: Collection[str]) -> None:
            for _ in range(_MOST_TRIES):
                changes = assign(list(stored.get(ids)), stored)
                if not changes:
                    return
                mark_duplicates(client, names.files, changes)  # first: a second try still finds these changes
                stored.record(changes)
                ids = changes.keys()  # what another run may have changed as well

        linked = []
        for ids in batch_ids(folder, manifest, stored):
            link(ids)
            linked.append(ids)
        for ids in chunks(removed):
            link([entry.id for entry in stored.members(ids)])
        return own_duplicates(folder, linked, stored)

    own = until_settled(client, names, link_all)
    mark_duplicates(client, names.files, own)
    log.info("run %s: %d of its articles are near-duplicates", manifest.request.run_id, len(own))
    return len(own)


def link_entries(entries: list[Entry], stored: StoredArticles) -> Mapping[str, str | None]:
    """Link articles of one index with their near-duplicates in it; return the changes. The ledger is left as it is."""
    changes = assign(entries, stored)
    stored.record(changes)
    return changes


def batch_ids(folder: UPath, manifest: Manifest, stored: StoredArticles | None = None) -> Iterator[list[str]]:
    """Yield the ids of the articles that each finished batch has brought into the index, some hundred at a time.

    Their keys are told to ``stored``, if it is given.
    """
    for name in manifest.batches:
        if not is_finished(folder / name):
            continue
        left = {outcome.file.id for outcome in index_problems(folder / name)}
        records = read_records(folder / name / "enrich.jsonl")
        while part := [record["document"] for record in islice(records, _AT_ONCE)]:
            ids = []
            for document in part:
                if document["id"] not in left:
                    ids.append(document["id"])
                    if stored:
                        keys = tuple(document["duplicate_bands"]), document["duplicate_signature"]
                        stored.remember(document["content_sha256"], keys)
            yield ids


def own_duplicates(folder: UPath, linked: Iterable[list[str]], stored: StoredArticles) -> dict[str, str]:
    """Return the run's own articles that are duplicates, with their heads, and leave them for the report."""
    own: dict[str, str] = {}
    for ids in linked:
        own |= stored.duplicates(ids)
    write_records(folder / "duplicates.jsonl", ({"id": id_, "duplicate_of": head} for id_, head in own.items()))
    return own
