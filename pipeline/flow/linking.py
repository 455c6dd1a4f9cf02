"""Near-duplicates: once a run's batches are in the index, flag the articles that print an earlier one's story.

This is one step for the whole run, after its batches, because batches are loaded side by side and must see each other.
"""

import logging

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.enrich.duplicates import assign
from pipeline.flow.artefacts import read_records, write_records
from pipeline.flow.manifest import Manifest
from pipeline.flow.report import is_finished
from pipeline.index.duplicates import StoredArticles
from pipeline.index.names import IndexNames
from pipeline.ledger.files import mark_duplicates

log = logging.getLogger(__name__)


def link_run(folder: UPath, manifest: Manifest, client: Elasticsearch, names: IndexNames) -> int:
    """Link the articles of a run's finished batches with their near-duplicates; return how many are duplicates.

    Index and ledger are corrected for every article of a changed cluster, those of earlier runs included. The ids of
    the run's own duplicates are left in ``duplicates.jsonl`` for the report.

    Raises:
        ClusterError: the cluster is away, or did not take a correction; doing the step again is harmless.
    """
    stored = StoredArticles(client, names.articles)
    batches = [_ids(folder / name) for name in manifest.batches if is_finished(folder / name)]
    for ids in batches:
        changes = assign(list(stored.get(ids)), stored)
        mark_duplicates(client, names.files, changes)  # the ledger first: a second try still finds these changes
        stored.record(changes)
    own = {entry.id: entry.duplicate_of for ids in batches for entry in stored.get(ids) if entry.duplicate_of}
    mark_duplicates(client, names.files, own)
    write_records(folder / "duplicates.jsonl", ({"id": id_, "duplicate_of": head} for id_, head in own.items()))
    log.info("run %s: %d of its articles are near-duplicates", manifest.request.run_id, len(own))
    return len(own)


def _ids(batch: UPath) -> list[str]:
    return [record["document"]["id"] for record in read_records(batch / "enrich.jsonl")]
