"""The life of the articles' index: the first one, the next generation, the swap, the way back, and retention.

Staff and runs know one alias, ``articles``. A writer through the alias can be overtaken by a swap: it writes to the
index that was live a moment ago. Nobody is locked out for that; instead both sides look twice. The writer looks whether
the alias still means the same index after its writes were acknowledged and before it tells the ledger, and writes again
if not (:func:`until_settled`). Whoever swaps carries over, after the swap, what came to the old index (see
:mod:`pipeline.index.carry`). A write that was acknowledged before the swap is seen by the one, any other by the other.
"""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from elasticsearch import BadRequestError, Elasticsearch

from pipeline.errors import FihristError
from pipeline.index.client import clear_errors
from pipeline.index.names import IndexNames
from pipeline.index.sizing import BUILDING

log = logging.getLogger(__name__)

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Generation:
    """One concrete index of articles."""

    index: str
    number: int
    documents: int
    bytes: int
    state: str
    """``live``; ``previous`` (where a rollback goes); ``old`` (was live before that); ``idle`` (being built, or left
    over by a rebuild that did not come to its end)."""


def ensure(client: Elasticsearch, names: IndexNames) -> None:
    """Make the first index behind the alias, and the ledger's indices, where they don't exist yet.

    Raises:
        FihristError: an index has taken the alias's name, so that no alias can be made.
    """
    with clear_errors():
        if not client.indices.exists_alias(name=names.articles):
            if client.indices.exists(index=names.articles):
                raise FihristError(f"'{names.articles}' is an index and should be an alias: delete or rename it.")
            _create(client, names.generation(next_number(client, names)), aliases={names.articles: {}})
        for index in (names.files, names.runs):
            if not client.indices.exists(index=index):
                _create(client, index)


def generations(client: Elasticsearch, names: IndexNames) -> list[Generation]:
    """Return all concrete indices of articles, oldest first."""
    with clear_errors():
        described = client.indices.get(
            index=f"{names.articles}-*", features=["aliases", "mappings"], allow_no_indices=True
        )
        stats = client.indices.stats(index=f"{names.articles}-*", metric=["docs", "store"])["indices"]
    found = []
    for index, held in described.items():
        number = names.number(index)
        if number is None:
            continue
        total = stats.get(index, {}).get("primaries", {})
        found.append(
            Generation(
                index=index,
                number=number,
                documents=total.get("docs", {}).get("count", 0),
                bytes=total.get("store", {}).get("size_in_bytes", 0),
                state=_state(held, names),
            )
        )
    return sorted(found, key=lambda generation: generation.number)


def live(client: Elasticsearch, names: IndexNames) -> str | None:
    """Return the concrete index that the alias points to, or None before the first run."""
    return _behind(client, names.articles)


def previous(client: Elasticsearch, names: IndexNames) -> str | None:
    """Return the concrete index that was live before, or None where there was none or it was not kept."""
    return _behind(client, names.previous)


def until_settled(client: Elasticsearch, names: IndexNames, write: Callable[[], Result]) -> Result:
    """Write through the alias, and again if another index went live meanwhile; return what the last try returned."""
    while True:
        before = live(client, names)
        result = write()
        after = live(client, names)
        if after == before:
            return result
        log.info("%s went live instead of %s while this was written: it is written again", after, before)


def next_number(client: Elasticsearch, names: IndexNames) -> int:
    """Return the number of the next generation."""
    return max((generation.number for generation in generations(client, names)), default=0) + 1


def create_next(client: Elasticsearch, names: IndexNames) -> str:
    """Make the next generation, empty, behind no alias and laid out to be filled fast; return its name."""
    index = names.generation(next_number(client, names))
    with clear_errors():
        _create(client, index, settings={"index": BUILDING})
    return index


def swap(client: Elasticsearch, names: IndexNames, index: str) -> None:
    """Let an index go live in one atomic call; the one before stays, as ``previous``."""
    current = live(client, names)
    if current == index:
        return
    actions: list[dict[str, object]] = [
        {"remove": {"index": f"{names.articles}-*", "alias": names.previous, "must_exist": False}},
        {"add": {"index": index, "alias": names.articles}},
    ]
    if current:
        actions += [
            {"remove": {"index": current, "alias": names.articles, "must_exist": True}},
            {"add": {"index": current, "alias": names.previous}},
        ]
    with clear_errors():
        if current:
            meta = client.indices.get_mapping(index=current)[current]["mappings"].get("_meta", {})
            until = datetime.now(UTC).isoformat(timespec="seconds")
            client.indices.put_mapping(index=current, meta={**meta, "live_until": until})
        client.indices.update_aliases(actions=actions)


def prune(client: Elasticsearch, names: IndexNames, keep: int) -> list[str]:
    """Delete the oldest generations that were live once, so that ``keep`` stay, the live one included.

    Those that never were live are left alone: they may be being filled (see :func:`remove_leftovers`).
    """
    held = [g for g in generations(client, names) if g.state != "idle"]
    rank = {"live": 2, "previous": 1, "old": 0}
    held.sort(key=lambda generation: (rank[generation.state], generation.number))
    return _delete(client, [generation.index for generation in held[: max(0, len(held) - max(1, keep))]])


def remove_leftovers(client: Elasticsearch, names: IndexNames, keep: Collection[str] = ()) -> list[str]:
    """Delete the generations that never went live, but those to ``keep``; call it only while nothing is rebuilt."""
    return _delete(client, [g.index for g in generations(client, names) if g.state == "idle" and g.index not in keep])


def _behind(client: Elasticsearch, alias: str) -> str | None:
    with clear_errors():
        found = client.options(ignore_status=404).indices.get_alias(name=alias)
    return next(iter(found.body)) if found.meta.status == 200 else None


def _state(held: dict[str, Any], names: IndexNames) -> str:
    for state, alias in (("live", names.articles), ("previous", names.previous)):
        if alias in held["aliases"]:
            return state
    return "old" if "live_until" in held["mappings"].get("_meta", {}) else "idle"


def _delete(client: Elasticsearch, doomed: list[str]) -> list[str]:
    with clear_errors():
        for index in doomed:
            client.indices.delete(index=index)
    return doomed


def _create(client: Elasticsearch, index: str, **body: Any) -> None:
    """Make an index from its template, unless another process was quicker."""
    try:
        client.indices.create(index=index, **body)
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
