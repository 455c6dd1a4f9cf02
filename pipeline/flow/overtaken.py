"""Two runs that do the same file at once: if its bytes changed in between, index and ledger may end up apart.

Each run writes the article, then the ledger, and then looks here whether the two agree. Whichever writes the ledger
last sees all that the other wrote; so where they disagree, one of the two notices, and the next run does the file
again. Runs that read the same bytes write the same, in whatever order.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.index import aliases
from pipeline.index.bulk import Version
from pipeline.index.names import IndexNames
from pipeline.ledger.entry import FileOutcome
from pipeline.ledger.files import mark_failed

log = logging.getLogger(__name__)

REASON = "overtaken"
MESSAGE = "another run wrote another version of this file at the same time; the next run does it again"


def look_back(
    client: Elasticsearch,
    names: IndexNames,
    outcomes: list[FileOutcome],
    written: Mapping[str, Version | None],
    written_to: str | None,
) -> list[FileOutcome]:
    """Return the outcomes of files whose entries were just written; those that were overtaken are failed now.

    Args:
        client: a connected client.
        names: the installation's names.
        outcomes: what was written to the ledger.
        written: the versions of the articles that were written, by id.
        written_to: concrete index that had the articles; if another went live, its rebuild sees to them.

    Raises:
        ClusterError: the cluster is away, or did not take a change.
    """
    ours = {outcome.file.id: outcome.sha256 for outcome in outcomes if outcome.state == "indexed"}
    held = _versions(client, names.articles, list(ours))
    touched = [id_ for id_ in ours if held.get(id_) is None or held[id_] != written.get(id_)]
    indexed = _hashes(client, names.articles, touched, "source.sha256")
    suspects = [id_ for id_ in touched if indexed.get(id_) != ours[id_]]
    entered = _hashes(client, names.files, suspects, "sha256")
    apart = {id_: MESSAGE for id_ in suspects if indexed.get(id_) != entered.get(id_)}
    if not apart or aliases.live(client, names) != written_to:
        return outcomes
    log.warning("%d files were overtaken by another run; the next run does them again", len(apart))
    mark_failed(client, names.files, reason=REASON, messages=apart)
    return [
        replace(outcome, state="failed", stage="index", reason=REASON, message=MESSAGE)
        if outcome.file.id in apart
        else outcome
        for outcome in outcomes
    ]


def _versions(client: Elasticsearch, index: str, ids: list[str]) -> dict[str, Version]:
    """Return the versions of articles as they are now; to read what they hold takes Elasticsearch ten times as long."""
    if not ids:
        return {}
    answer = client.mget(
        index=index, ids=ids, source=False, filter_path=["docs._id", "docs._seq_no", "docs._primary_term"]
    )
    return {hit["_id"]: (hit["_primary_term"], hit["_seq_no"]) for hit in answer["docs"] if "_seq_no" in hit}


def _hashes(client: Elasticsearch, index: str, ids: list[str], field: str) -> dict[str, str | None]:
    if not ids:
        return {}
    answer = client.mget(index=index, ids=ids, source_includes=[field])
    return {hit["_id"]: _value(hit["_source"], field) for hit in answer["docs"] if hit.get("found")}


def _value(source: dict[str, Any], field: str) -> Any:
    for part in field.split("."):
        source = source.get(part, {})
    return source or None
