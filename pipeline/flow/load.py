"""The index step of a batch: Elasticsearch first, the ledger once it has acknowledged, the batch's summary last."""

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.errors import FihristError
from pipeline.flow.artefacts import read_records, write_json, write_records
from pipeline.flow.batch import outcome_of, problems
from pipeline.flow.clock import Clock
from pipeline.flow.keys import links_within
from pipeline.flow.manifest import batch_tasks, listed_file
from pipeline.flow.overtaken import look_back
from pipeline.flow.statistics import Statistics
from pipeline.index.aliases import live, until_settled
from pipeline.index.bulk import Outcome, Version, load
from pipeline.index.names import IndexNames
from pipeline.ledger.entry import FileOutcome

log = logging.getLogger(__name__)


_AT_ONCE = 1_000
"""Documents in memory at a time: some bulk requests."""
OUR_FAULTS = frozenset({"strict_dynamic_mapping_exception"})
"""Rejections that no change to the file can cure: document and mapping disagree, so the file is to be tried again."""


class ClusterBusyError(FihristError):
    """Elasticsearch did not take some documents for now: the step is to be tried again."""


def index_batch(batch: UPath, client: Elasticsearch, names: IndexNames, run_id: str) -> UPath:
    """Load the documents of a batch into the live index, then write the ledger for all of its files.

    Raises:
        ClusterBusyError: the cluster refused documents for as long as the bulk loader insists; nothing of the batch
            is in the ledger then, and a retry sends it all again.
        ClusterError: the cluster is away, blocked, or refuses the credentials.
    """
    clock = Clock()
    loaded = until_settled(client, names, lambda: _load(batch, client, names.articles, require_alias=True))
    written_to = live(client, names)
    attempts = attempts_of(batch)
    write_ledger(
        client,
        names,
        (
            _linked(outcome, loaded.heads).ledger_document(
                run_id=run_id, batch=batch.name, attempts=attempts[outcome.file.id] + 1
            )
            for outcome in loaded.outcomes
        ),
    )
    outcomes = look_back(client, names, loaded.outcomes, loaded.written, written_to)
    _close(batch, outcomes, loaded.articles if outcomes is loaded.outcomes else _counted(batch, outcomes), clock)
    return batch


def index_batch_into(batch: UPath, client: Elasticsearch, index: str) -> UPath:
    """Load the documents of a batch into an index that is not live, and leave their outcomes for the ledger.

    Raises: as :func:`index_batch`.
    """
    clock = Clock()
    loaded = _load(batch, client, index, require_alias=False)
    write_records(batch / "outcomes.jsonl", (asdict(outcome) for outcome in loaded.outcomes))
    _close(batch, loaded.outcomes, loaded.articles, clock)
    return batch


def outcomes_of(batch: UPath) -> Iterator[FileOutcome]:
    """Yield what :func:`index_batch_into` left."""
    return (outcome_of(record) for record in read_records(batch / "outcomes.jsonl"))


def index_problems(batch: UPath) -> Iterator[FileOutcome]:
    """Yield the outcomes of the files of a finished batch that indexing could not take further."""
    return (outcome_of(record) for record in read_records(batch / "index.problems.jsonl"))


def attempts_of(batch: UPath) -> Mapping[str, int]:
    """Return by article how often the ledger says that it was tried before."""
    return Counter({task.file.id: task.attempts for task in batch_tasks(batch) if task.attempts})


@dataclass(frozen=True, slots=True)
class _Loaded:
    """What became of a batch's files."""

    outcomes: list[FileOutcome]
    """Of all of them."""
    written: dict[str, Version | None] = field(default_factory=dict)
    """By id, the versions of what was loaded."""
    heads: dict[str, str] = field(default_factory=dict)
    """By id, what was loaded as a near-duplicate, and of which article."""
    articles: Statistics = field(default_factory=Statistics)
    """Of what was loaded."""


def _load(batch: UPath, client: Elasticsearch, target: str, *, require_alias: bool) -> _Loaded:
    """Load a batch's documents, so many at a time that a large batch takes hardly more memory than a small one."""
    done = _Loaded(list(problems(batch)))
    within = links_within(batch)
    records = read_records(batch / "enrich.jsonl")
    while part := list(islice(records, _AT_ONCE)):
        documents = [record["document"] for record in part]
        _note_duplicate_of(client, target, documents, within)
        loaded = load(client, target, documents, require_alias=require_alias)
        refused = [outcome for outcome in loaded if outcome.state == "failed"]
        if refused:
            raise ClusterBusyError(
                f"Elasticsearch did not take {len(refused)} of {len(loaded)} documents ({refused[0].reason}: "
                f"{refused[0].message}); clear this task when it is well again, nothing is lost"
            )
        for record, outcome in zip(part, loaded, strict=True):
            done.outcomes.append(_outcome(record, outcome))
            done.written[outcome.id] = outcome.version
            if outcome.state == "loaded":
                document = record["document"]
                done.articles.count_article(document)
                if document["duplicate_of"]:
                    done.heads[outcome.id] = document["duplicate_of"]
    return done


def _close(batch: UPath, outcomes: list[FileOutcome], articles: Statistics, clock: Clock) -> None:
    """Write what could not be indexed, and the batch's summary: it has come to its end."""
    write_records(batch / "index.problems.jsonl", (asdict(outcome) for outcome in outcomes if outcome.stage == "index"))
    for outcome in outcomes:
        articles.count_file(outcome)
    took = clock.took()
    write_json(batch / "index.json", {**took, "files": len(outcomes), **articles.record()})
    log.info("%s: index: %d documents, %.1f s", batch.name, articles.articles, took["seconds"])


def _counted(batch: UPath, outcomes: list[FileOutcome]) -> Statistics:
    """Count a batch's articles anew: some that were loaded have been overtaken."""
    indexed = {outcome.file.id for outcome in outcomes if outcome.state == "indexed"}
    found = Statistics()
    for record in read_records(batch / "enrich.jsonl"):
        if record["document"]["id"] in indexed:
            found.count_article(record["document"])
    return found


def _note_duplicate_of(
    client: Elasticsearch, target: str, documents: list[dict[str, Any]], within: Mapping[str, str]
) -> None:
    """Give new articles their heads within the batch, and others what is recorded of them.

    Linking needs that to see which clusters change.
    """
    ids = [document["id"] for document in documents]
    answer = client.mget(
        index=target, ids=ids, source_includes=["duplicate_of"], filter_path=["docs.found", "docs._source"]
    )
    for document, hit in zip(documents, answer["docs"], strict=True):
        held = hit["_source"].get("duplicate_of") if hit.get("found") else within.get(document["id"])
        document["duplicate_of"] = held


def _linked(outcome: FileOutcome, heads: Mapping[str, str]) -> FileOutcome:
    """Return the outcome as the ledger holds it: an article that is recorded as a duplicate is one there too."""
    head = heads.get(outcome.file.id)
    return replace(outcome, state="duplicate", duplicate_of=head) if head else outcome


def write_ledger(client: Elasticsearch, names: IndexNames, entries: Iterable[dict[str, Any]]) -> None:
    """Write entries of files to the ledger.

    Raises:
        ClusterBusyError: an entry was not taken; writing it again is harmless.
    """
    outcomes = load(client, names.files, entries, id_of=lambda entry: str(entry["article_id"]))
    refused = [outcome for outcome in outcomes if outcome.state != "loaded"]
    if refused:
        raise ClusterBusyError(
            f"Elasticsearch did not take {len(refused)} of {len(outcomes)} ledger entries "
            f"({refused[0].reason}: {refused[0].message})"
        )


def _outcome(record: dict[str, Any], outcome: Outcome) -> FileOutcome:
    file = listed_file(record["file"])
    source = record["document"]["source"]
    if outcome.state == "loaded":
        return FileOutcome(file, "indexed", sha256=source["sha256"], encoding=source["encoding"])
    return FileOutcome(
        file,
        "failed" if outcome.reason in OUR_FAULTS else "quarantined",
        sha256=source["sha256"],
        encoding=source["encoding"],
        stage="index",
        reason=outcome.reason,
        message=outcome.message,
    )
