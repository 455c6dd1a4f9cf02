"""What becomes of articles whose files are gone: marked, unmarked, moved or removed; in the index and in the ledger.

The ledger says which files are gone (``missing_since``), and an article has the same date in ``source.missing_since``.
A file that a run has indexed and whose bytes are those of one that is gone, was moved: the article is the new file's,
the one under the old name goes. Everything here may be done again, and beside other runs: what another run wrote
meanwhile is left alone, because each removal depends on what was seen.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, TypeVar

from elasticsearch import Elasticsearch
from upath import UPath

from pipeline.flow.artefacts import read_json, read_records, write_json, write_records
from pipeline.flow.manifest import Manifest
from pipeline.index.bulk import CONFLICT, all_taken, delete, update
from pipeline.index.columns import read_columns
from pipeline.index.names import IndexNames
from pipeline.ledger.files import entries, holds_any, mark_missing, note_moves
from pipeline.sources.listing import folder_of, matches

log = logging.getLogger(__name__)

Item = TypeVar("Item")
_CHUNK = 1_000
_PAGE = 10_000
"""Hashes that are looked up in one request."""
_ARTICLES = ["indexed", "duplicate"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of articles whose files are not where they were."""

    marked: int = 0
    returned: int = 0
    moved: int = 0
    removed: int = 0


def settle_missing(folder: UPath, manifest: Manifest, client: Elasticsearch, names: IndexNames) -> set[str]:
    """Settle what discovery found gone or returned, once the batches are in; return the ids of articles removed.

    Raises:
        ClusterError: the cluster is away, or did not take a change; doing it again is harmless.
    """
    file = folder / "missing.json"
    if not file.exists():
        return set()
    found = read_json(file)
    gone, returned = found["gone"], found["returned"]
    mark_missing(client, names.files, gone, manifest.started_at)
    agree(client, names, [*gone, *returned])
    moves = dict(_moves(manifest, client, names)) if manifest.batches else {}
    pruned = _missing(manifest, client, names) if manifest.request.prune else ()
    doomed = {**dict.fromkeys(pruned, False), **dict.fromkeys(moves, True)}
    planned = folder / "removed.jsonl"  # before they go, so that a second try still knows whose clusters to link anew
    if planned.exists():
        doomed = {record["id"]: record["moved"] for record in read_records(planned)} | doomed
    write_records(planned, ({"id": id_, "moved": moved} for id_, moved in doomed.items()))
    note_moves(client, names.files, dict(moves.values()))
    for ids in chunks(doomed):
        _remove(client, names, ids)
    moved = sum(doomed.values())
    counts = Counts(len(set(gone) - doomed.keys()), len(returned), moved, len(doomed) - moved)
    write_json(folder / "missing.counts.json", asdict(counts))
    log.info("run %s: of articles whose files are not where they were: %s", manifest.request.run_id, asdict(counts))
    return set(doomed)


def counted(folder: UPath) -> Counts | None:
    """Return what :func:`settle_missing` did in a run, or None where it did not come to its end."""
    file = folder / "missing.counts.json"
    return Counts(**read_json(file)) if file.exists() else None


def agree(client: Elasticsearch, names: IndexNames, ids: Iterable[str]) -> None:
    """Let ``source.missing_since`` of these articles be what the ledger says of their files."""
    for chunk in chunks(ids):
        since = {id_: hit["_source"].get("missing_since") for id_, hit in _stored(client, names.files, chunk).items()}
        changes = {
            id_: {"source": {"missing_since": since[id_]}}
            for id_, hit in _stored(client, names.articles, chunk, "source.missing_since").items()
            if id_ in since and hit["_source"].get("source", {}).get("missing_since") != since[id_]
        }
        all_taken(update(client, names.articles, changes), "marks of missing files")


def agree_all(client: Elasticsearch, names: IndexNames) -> None:
    """Let the marks of all articles be those of the ledger: for an index that was made beside it."""
    marked: Callable[[str], dict[str, Any]] = lambda field: {"exists": {"field": field}}  # noqa: E731
    for page in entries(client, names.files, marked("missing_since"), ["article_id"]):
        agree(client, names, page)
    for page in entries(client, names.articles, marked("source.missing_since"), ["id"], sort="id"):
        agree(client, names, page)


def _moves(manifest: Manifest, client: Elasticsearch, names: IndexNames) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield id of a file that is gone, id of one that this run indexed from the same bytes, and the former's URI."""
    of_source, gone = {"term": {"source": manifest.source}}, {"exists": {"field": "missing_since"}}
    if not holds_any(client, names.files, {"bool": {"filter": [of_source, gone]}}):
        return
    done = {"bool": {"filter": [
        of_source, {"term": {"run_id": manifest.request.run_id}}, {"terms": {"state": _ARTICLES}},
    ], "must_not": [gone]}}  # fmt: skip
    of_run = read_columns(client, names.files, done, [{"field": "article_id"}, {"field": "sha256"}])
    while page := sorted(((entry["sha256"], entry["article_id"]) for entry in islice(of_run, _PAGE)), reverse=True):
        of_bytes = dict(page)
        same = {"bool": {"filter": [of_source, gone, {"terms": {"sha256": list(of_bytes)}}]}}
        for found in entries(client, names.files, same, ["sha256", "uri"]):
            for id_, entry in found.items():
                log.info("%s was moved", entry["uri"])
                yield id_, (of_bytes[entry["sha256"]], entry["uri"])


def _missing(manifest: Manifest, client: Elasticsearch, names: IndexNames) -> Iterator[str]:
    """Yield the ids of all files that are gone from the run's folder, tonight or earlier."""
    root = folder_of(manifest.request.path)
    known = [{"term": {"source": manifest.source}}, {"term": {"root": root}}, {"exists": {"field": "missing_since"}}]
    for page in entries(client, names.files, {"bool": {"filter": known}}, ["uri", "path"]) if root else ():
        for id_, entry in page.items():
            if matches(entry["path"], manifest.request.pattern):
                log.info("%s is gone, and so is its article", entry["uri"])
                yield id_


def _remove(client: Elasticsearch, names: IndexNames, ids: Collection[str]) -> None:
    """Remove articles and their entries, but those that another run has written since they were looked at.

    That run writes the article before its entry. The article is looked at first here, so its write is either seen in
    the one or fails the condition on the other; and it looks again whether its article is there after it wrote.
    """
    articles = _stored(client, names.articles, ids)
    held = {
        id_: hit for id_, hit in _stored(client, names.files, ids).items() if hit["_source"].get("missing_since")
    }  # fmt: skip
    kept = _delete_seen(client, names.articles, {id_: hit for id_, hit in articles.items() if id_ in held})
    _delete_seen(client, names.files, {id_: hit for id_, hit in held.items() if id_ not in kept})


def _delete_seen(client: Elasticsearch, index: str, seen: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Delete documents as they were seen; return the ids of those that have changed since."""
    outcomes = delete(
        client,
        index,
        seen,
        conditions=lambda id_: {
            "if_seq_no": seen[id_]["_seq_no"],
            "if_primary_term": seen[id_]["_primary_term"],
        },
    )
    changed = {outcome.id for outcome in outcomes if outcome.reason == CONFLICT}
    all_taken([outcome for outcome in outcomes if outcome.id not in changed], "deletions")
    return changed


def _stored(client: Elasticsearch, index: str, ids: Collection[str], field: str = "missing_since") -> dict[str, Any]:
    if not ids:
        return {}
    answer = client.mget(index=index, ids=list(ids), source_includes=[field])
    return {hit["_id"]: hit for hit in answer["docs"] if hit.get("found")}


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Yield the items in lists of a request's size."""
    iterator = iter(items)
    while chunk := list(islice(iterator, _CHUNK)):
        yield chunk
