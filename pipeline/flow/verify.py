"""The checks of a rebuilt index: what speaks against letting it go live."""

import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.flow.artefacts import read_records, write_json
from pipeline.flow.load import outcomes_of
from pipeline.flow.rebuild import Rebuild, other_index
from pipeline.flow.report import is_finished
from pipeline.index import checks
from pipeline.index.client import clear_errors
from pipeline.index.names import IndexNames
from pipeline.ledger.files import entries

log = logging.getLogger(__name__)

TOLERATED = 0.01
"""Share of files that may fail, and of articles that may be lost: single odd files never keep an index from going live,
a fault in a rule or on a disk does."""
WORDS = (0.8, 1.25)
"""Average length of an article, against what it was. A better rule of cleaning changes it by a few percent."""
_SAMPLE = 20
"""Documents of each batch that are compared with what was sent."""


@dataclass(slots=True)
class Verdict:
    """What the checks found; any fault keeps the index from going live."""

    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def verify(rebuild: Rebuild, client: Elasticsearch, names: IndexNames, queries: tuple[str, ...]) -> Verdict:
    """Check a filled index against what was sent, the ledger, and the index that it is to replace.

    The verdict is left in ``checks.json`` for the report.
    """
    verdict = Verdict()
    old = other_index(rebuild, client, names)
    with clear_errors():
        client.indices.refresh(index=rebuild.index)
    verdict.faults += _batches(rebuild, client)
    _failures(rebuild, verdict)
    _losses(rebuild, client, names, verdict)
    _carried(rebuild, client, verdict)
    verdict.faults += _lengths(client, old, rebuild.index)
    asked = checks.ask_golden(client, old, rebuild.index, queries)
    faults, notable = checks.judge_golden(asked)
    verdict.faults += faults
    verdict.warnings += notable
    log.info("%s: %d golden queries asked", rebuild.index, len(asked))
    write_json(rebuild.folder / "checks.json", asdict(verdict))
    return verdict


def _batches(rebuild: Rebuild, client: Elasticsearch) -> Iterator[str]:
    """Whether the index holds what the batches sent."""
    for name in rebuild.manifest.batches:
        batch = rebuild.folder / name
        if not is_finished(batch):
            yield f"{name} did not finish: clear its red task with downstream."
            continue
        sent = (outcome.file.id for outcome in outcomes_of(batch) if outcome.state == "indexed")
        if lacking := list(checks.missing(client, rebuild.index, sent)):
            yield f"{rebuild.index} lacks {len(lacking)} articles of {name}, first {lacking[0]}: clear its index task."
            continue
        sample = (record["document"] for record in islice(read_records(batch / "enrich.jsonl"), _SAMPLE))
        if other := list(checks.differing(client, rebuild.index, sample)):
            yield f"{rebuild.index} holds {other[0]} of {name} otherwise than it was sent: clear its index task."


def _failures(rebuild: Rebuild, verdict: Verdict) -> None:
    failed = [
        outcome
        for name in rebuild.manifest.batches
        if is_finished(rebuild.folder / name)
        for outcome in outcomes_of(rebuild.folder / name)
        if outcome.state == "failed"
    ]
    if failed:
        first = f"first {failed[0].file.uri} in {failed[0].stage}: {failed[0].reason}: {failed[0].message}"
        text = f"{len(failed)} of {rebuild.manifest.listed} files failed and keep their former article; {first}."
        _judge(verdict, text, len(failed), rebuild.manifest.listed)


def _losses(rebuild: Rebuild, client: Elasticsearch, names: IndexNames, verdict: Verdict) -> None:
    """Articles that the ledger knows and the new index lacks; those that nightly runs do right now come later."""
    known = 0
    lost: list[str] = []
    query = {"terms": {"state": ["indexed", "duplicate"]}}
    for page in entries(client, names.files, query, ["uri", "@timestamp"]):
        known += len(page)
        for id_ in checks.missing(client, rebuild.index, page):
            if datetime.fromisoformat(page[id_]["@timestamp"]) < rebuild.started_at:
                lost.append(page[id_]["uri"])
    if lost:
        text = (
            f"{len(lost)} of {known} articles that the ledger knows would not be found any more, first {lost[0]}: "
            "their files are quarantined now, or neither file nor article is there."
        )
        _judge(verdict, text, len(lost), known)


def _carried(rebuild: Rebuild, client: Elasticsearch, verdict: Verdict) -> None:
    """Say of which sources articles were taken over as they were."""
    with clear_errors():
        answer = client.search(
            index=rebuild.index, size=0, query={"bool": {"must_not": [{"term": {"pipeline.run_id": rebuild.run_id}}]}},
            aggregations={"sources": {"terms": {"field": "source.name", "size": 1000}}},
        )  # fmt: skip
    for bucket in answer["aggregations"]["sources"]["buckets"]:
        verdict.warnings.append(
            f"{bucket['doc_count']} articles of '{bucket['key']}' were taken over as they are: their files are gone, "
            "or failed, or came in another run meanwhile."
        )


def _lengths(client: Elasticsearch, old: str, new: str) -> Iterator[str]:
    average = {"words": {"avg": {"field": "word_count"}}}
    with clear_errors():
        before, after = (
            client.search(index=index, size=0, aggregations=average)["aggregations"]["words"]["value"]
            for index in (old, new)
        )
    if before and after is not None and not WORDS[0] <= after / before <= WORDS[1]:
        yield f"Articles have {after:.0f} words on average and had {before:.0f}: look at some with `fihrist inspect`."


def _judge(verdict: Verdict, text: str, number: int, of: int) -> None:
    (verdict.faults if number > TOLERATED * of else verdict.warnings).append(text)


def verdict_of(record: dict[str, Any]) -> Verdict:
    """Return the verdict that ``checks.json`` holds."""
    return Verdict(**record)
