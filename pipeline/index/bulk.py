"""Load documents in bulk: bounded by bytes, retried item by item, and every document gets an outcome.

The client's own helpers are not used: ``streaming_bulk`` retries nothing by default and raises on the first rejected
item, and the client itself would retry a refused request at once, three times, without waiting.
"""

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Literal, cast

from elastic_transport import ConnectionError as ESConnectionError
from elastic_transport import ConnectionTimeout
from elasticsearch import ApiError, Elasticsearch

from pipeline.index.client import AccessError, ClusterError, broke_off, clear_errors, error_of
from pipeline.index.items import Document, Item, chunks, lines_of
from pipeline.index.patience import Limits, Patience

State = Literal["loaded", "rejected", "failed"]

CONFLICT = "version_conflict_engine_exception"
"""Reason of a rejection because someone else wrote the document meanwhile."""
ABSENT = "document_missing_exception"
"""Reason of a rejection because what should be changed is not there (any more)."""
NO_MEMORY = "es_rejected_execution_exception"
"""Reason of a refusal because the node has no memory or no thread for so much now."""
_BUSY = frozenset({429, 502, 503, 504})
_OVERTAKEN = 3
"""How often Elasticsearch sets fields again where another write came between its reading and its writing."""
_LARGEST_REQUEST = 90_000_000
"""Below ``http.max_content_length``, 100 MB by default: a larger request is refused as a whole."""


Version = tuple[int, int]
"""``_primary_term`` and ``_seq_no`` of a document: they stay until someone writes it again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document."""

    id: str
    state: State
    """``loaded``; ``rejected``: the document itself is at fault, for good; ``failed``: the cluster was, try again."""
    reason: str = ""
    """Elasticsearch's type of error, e.g. ``document_parsing_exception``; empty when loaded."""
    message: str = ""
    version: Version | None = field(default=None, compare=False)
    """Of what was loaded."""


def load(
    client: Elasticsearch,
    target: str,
    documents: Iterable[Document],
    *,
    id_of: Callable[[Document], str] = itemgetter("id"),
    conditions: Callable[[str], Mapping[str, Any]] | None = None,
    require_alias: bool = False,
    limits: Limits | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Outcome]:
    """Write documents under their ids and return an outcome for each, in order.

    Writing again is harmless: a document replaces its earlier version, unless conditions say otherwise.

    Args:
        client: a connected client.
        target: an index or alias.
        documents: what to write; they may come from a generator, only a request's worth is held.
        id_of: gives a document's ``_id``.
        conditions: gives, by id, what must hold for the document to be written: ``op_type`` (``create``), or
            ``if_seq_no`` and ``if_primary_term``. Where it does not, the outcome is ``rejected`` with the reason
            :data:`CONFLICT`.
        require_alias: refuse to write to anything but an alias, so that a missing one is not made an index by mistake.
        limits: sizes and patience.
        sleep: waits between retries.

    Raises:
        ClusterError: credentials are refused, the index is missing or blocked for writing; what was not acknowledged
            by then may be sent again.
    """

    def prepare(position: int, document: Document) -> Item:
        id_ = id_of(document)
        return Item(position, id_, lines_of("index", id_, document, **(conditions(id_) if conditions else {})))

    items = itertools.starmap(prepare, enumerate(documents))
    return _send_all(client, target, items, require_alias, limits or Limits(), sleep)


def delete(
    client: Elasticsearch,
    target: str,
    ids: Iterable[str],
    *,
    conditions: Callable[[str], Mapping[str, Any]] = lambda id_: {},
    limits: Limits | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Outcome]:
    """Delete documents by id; one that is not there counts as ``loaded`` too, so that repeating is harmless.

    Conditions are as for :func:`load`.
    """
    items = (Item(position, id_, lines_of("delete", id_, **conditions(id_))) for position, id_ in enumerate(ids))
    return _send_all(client, target, items, False, limits or Limits(), sleep)


def update(
    client: Elasticsearch,
    target: str,
    changes: Mapping[str, Document],
    *,
    limits: Limits | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Outcome]:
    """Set fields of stored documents: id → fields and their new values; return an outcome for each, in order.

    A document that does not exist is ``rejected`` as :data:`ABSENT`.

    Raises:
        ClusterError: as :func:`load`.
    """
    items = (
        Item(position, id_, lines_of("update", id_, {"doc": fields}, retry_on_conflict=_OVERTAKEN))
        for position, (id_, fields) in enumerate(changes.items())
    )
    return _send_all(client, target, items, False, limits or Limits(), sleep)


def all_taken(outcomes: Iterable[Outcome], what: str, *, absent: bool = False) -> None:
    """Make sure that all was loaded; ``absent``: but what should be changed and is not there (any more).

    Raises:
        ClusterError: something was not; ``what`` it is, in the plural, is for the message.
    """
    passed = {ABSENT} if absent else set()
    refused = [outcome for outcome in outcomes if outcome.state != "loaded" and outcome.reason not in passed]
    if refused:
        error = f"{refused[0].reason}: {refused[0].message}"
        raise ClusterError(f"Elasticsearch did not take {len(refused)} {what} ({error}); try again when it is well.")


def _send_all(
    client: Elasticsearch,
    target: str,
    items: Iterator[Item],
    require_alias: bool,
    limits: Limits,
    sleep: Callable[[float], None],
) -> list[Outcome]:
    sender = _Sender(client.options(max_retries=0, request_timeout=limits.request_timeout), target, require_alias)
    patience = Patience(limits, sleep)
    outcomes: dict[int, Outcome] = {}
    with clear_errors():
        for chunk in chunks(items, min(limits.request_bytes, _LARGEST_REQUEST)):
            outcomes |= _insist(sender, chunk, patience)
    return [outcomes[position] for position in range(len(outcomes))]


def _insist(sender: "_Sender", chunk: Sequence[Item], patience: Patience) -> dict[int, Outcome]:
    """Send a chunk, and what the cluster was too busy for again and again, until done or out of patience."""
    outcomes: dict[int, Outcome] = {}
    waiting = deque([chunk])
    while waiting:
        part = waiting.popleft()
        with patience.spending():
            answer = sender.send(part)
        outcomes |= answer.final | answer.busy
        if answer.final:
            patience.renew(fully=not answer.busy)
        if answer.busy and patience.wait():
            again = [item for item in part if item.position in answer.busy]
            half = len(again) // 2 if answer.too_much else 0
            waiting.extendleft(piece for piece in (again[half:], again[:half]) if piece)
    return outcomes


@dataclass(frozen=True, slots=True)
class _Answer:
    """What came of one request, by position."""

    final: dict[int, Outcome]
    busy: dict[int, Outcome]
    """Provisional outcomes of items to be sent again."""
    too_much: bool = False
    """Whether the cluster has no memory for a request of this size now: a smaller one may get through."""


@dataclass(frozen=True, slots=True)
class _Sender:
    client: Elasticsearch
    target: str
    require_alias: bool

    def send(self, chunk: Sequence[Item]) -> _Answer:
        """Send one request."""
        try:
            response = self.client.bulk(
                index=self.target,
                operations=cast(Any, [item.lines for item in chunk]),  # bytes pass through the serialiser as they are
                require_alias=self.require_alias,
                filter_path=[f"items.*.{name}" for name in ("status", "error", "_primary_term", "_seq_no")],
            )
        except (ESConnectionError, ConnectionTimeout) as error:
            return _Answer({}, {item.position: Outcome(item.id, "failed", "connection", str(error)) for item in chunk})
        except ApiError as error:
            return self._refused(error, chunk)
        final: dict[int, Outcome] = {}
        busy: dict[int, Outcome] = {}
        for item, answer in zip(chunk, response["items"], strict=True):
            outcome, retry = _judge(item.id, next(iter(answer.values())))
            (busy if retry else final)[item.position] = outcome
        return _Answer(final, busy, too_much=not final and all(b.reason == NO_MEMORY for b in busy.values()))

    def _refused(self, error: ApiError, chunk: Sequence[Item]) -> _Answer:
        """Judge a request that was refused as a whole."""
        status = error.meta.status
        reason, message = error_of(error.body) if status != 200 else ("connection", "the answer broke off")
        if status in _BUSY or broke_off(error):
            busy = {item.position: Outcome(item.id, "failed", reason, message) for item in chunk}
            return _Answer({}, busy, too_much=reason == NO_MEMORY)
        if status != 413:
            raise error
        if len(chunk) == 1:
            message = f"The document has {len(chunk[0].lines)} bytes, more than the cluster takes in one request."
            return _Answer({chunk[0].position: Outcome(chunk[0].id, "rejected", "too_large", message)}, {})
        half = len(chunk) // 2
        first, second = self.send(chunk[:half]), self.send(chunk[half:])
        return _Answer(first.final | second.final, first.busy | second.busy, first.too_much or second.too_much)


def _judge(id_: str, answer: Mapping[str, Any]) -> tuple[Outcome, bool]:
    """Return an item's outcome, and whether it should be sent again.

    Raises:
        ClusterError: the answer concerns the index or the key, so that every other document would fare the same.
    """
    status = answer["status"]
    error = answer.get("error")
    if error is None:  # a deletion of what is not there answers 404, without an error
        return Outcome(id_, "loaded", version=(answer.get("_primary_term", 0), answer.get("_seq_no", -1))), False
    reason, message = error_of(error)
    if status in _BUSY:
        return Outcome(id_, "failed", reason, message), True
    if reason == "security_exception":
        raise AccessError(f"The API key may not write this: {message}")
    if status in (401, 403, 404) and reason != ABSENT:
        raise ClusterError(f"Elasticsearch refused to write: {reason}: {message}")
    return Outcome(id_, "rejected" if status < 500 else "failed", reason, message), False
