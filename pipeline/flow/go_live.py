"""The end of a rebuild: the new index goes live, takes what came meanwhile, and the ledger learns of it."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from elasticsearch import Elasticsearch

from pipeline.enrich.duplicates import Entry
from pipeline.flow.artefacts import read_json, write_json
from pipeline.flow.linking import RunArticles, link_entries, made, own_duplicates
from pipeline.flow.load import attempts_of, outcomes_of, write_ledger
from pipeline.flow.manifest import batch_tasks
from pipeline.flow.missing import agree_all
from pipeline.flow.rebuild import GONE, Rebuild, carry_from_live
from pipeline.index import aliases
from pipeline.index.carry import mark
from pipeline.index.duplicates import StoredArticles
from pipeline.index.names import IndexNames
from pipeline.ledger.files import mark_duplicates

log = logging.getLogger(__name__)

Item = TypeVar("Item")
_CHUNK = 1_000


def link_new(rebuild: Rebuild, client: Elasticsearch) -> None:
    """Link all articles of the new index with their near-duplicates in it; the ledger is left as it is."""
    stored = StoredArticles(client, rebuild.index)
    reached = mark(client, rebuild.index)
    others = StoredArticles(client, rebuild.index, besides=rebuild.run_id)
    link_entries(RunArticles(rebuild.folder, rebuild.manifest, stored), others)
    _link_carried(rebuild, stored, since=-1)
    write_json(rebuild.folder / "linked.json", {"mark": reached})


def go_live(rebuild: Rebuild, client: Elasticsearch, names: IndexNames) -> None:
    """Swap, and settle what the swap overtook. Every step of it may be done again."""
    carry_from_live(rebuild, client, names)  # so that as little as possible comes late
    client.indices.refresh(index=rebuild.index)
    aliases.swap(client, names, rebuild.index)
    log.info("%s is live", rebuild.index)
    carry_from_live(rebuild, client, names)  # what was written to the old index until the swap
    stored = StoredArticles(client, rebuild.index)
    _link_carried(rebuild, stored, since=read_json(rebuild.folder / "linked.json")["mark"])
    ours = [entry.id for _, entry in made(rebuild.folder, rebuild.manifest)]
    _tell_ledger(rebuild, client, names, own_duplicates(rebuild.folder, ours, stored))
    for entries in _chunks(stored.of_other_runs(rebuild.run_id)):
        mark_duplicates(client, names.files, {entry.id: entry.duplicate_of for entry in entries})
    agree_all(client, names)
    write_json(rebuild.folder / "settled.json", {"index": rebuild.index, "carried": _carried(rebuild, stored)})


def _carried(rebuild: Rebuild, stored: StoredArticles) -> int:
    """Return how many articles were taken over as they were, besides those of files that the run counts itself."""
    taken = {entry.id for entry in stored.of_other_runs(rebuild.run_id)}
    for name in rebuild.manifest.batches:
        taken -= {task.file.id for task in batch_tasks(rebuild.folder / name)}
    return len(taken)


def _link_carried(rebuild: Rebuild, stored: StoredArticles, since: int) -> None:
    entries: list[Entry]
    for entries in list(_chunks(stored.of_other_runs(rebuild.run_id, since))):  # linking writes, which moves the marks
        link_entries(entries, stored)


def _tell_ledger(rebuild: Rebuild, client: Elasticsearch, names: IndexNames, duplicates: dict[str, str]) -> None:
    """Write the outcomes of all files, but those of which a nightly run wrote later, and those that are gone."""
    for name in rebuild.manifest.batches:
        batch = rebuild.folder / name
        attempts = attempts_of(batch)
        outcomes = [outcome for outcome in outcomes_of(batch) if outcome.reason not in GONE]
        later = _written_later(rebuild, client, names, [outcome.file.id for outcome in outcomes])
        documents = []
        for outcome in outcomes:
            id_ = outcome.file.id
            if id_ in later:
                continue
            if id_ in duplicates:
                outcome = replace(outcome, state="duplicate", duplicate_of=duplicates[id_])
            documents.append(outcome.ledger_document(run_id=rebuild.run_id, batch=name, attempts=attempts[id_] + 1))
        write_ledger(client, names, documents)


def _written_later(rebuild: Rebuild, client: Elasticsearch, names: IndexNames, ids: list[str]) -> set[str]:
    if not ids:
        return set()
    answer = client.mget(index=names.files, ids=ids, source_includes=["@timestamp", "run_id"])
    return {hit["_id"] for hit in answer["docs"] if hit.get("found") and _is_later(hit["_source"], rebuild)}


def _is_later(entry: dict[str, Any], rebuild: Rebuild) -> bool:
    return entry["run_id"] != rebuild.run_id and datetime.fromisoformat(entry["@timestamp"]) >= rebuild.started_at


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
