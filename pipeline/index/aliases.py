"""The life of the articles' index: the first one, the next generation, the swap, the way back, and retention."""

from collections.abc import Iterable
from dataclasses import dataclass

from elasticsearch import BadRequestError, Elasticsearch

from pipeline.errors import FihristError
from pipeline.index.client import clear_errors
from pipeline.index.names import IndexNames


@dataclass(frozen=True, slots=True)
class Generation:
    """One concrete index of articles."""

    index: str
    number: int
    documents: int
    bytes: int
    state: str
    """``live``, ``previous`` (where a rollback goes) or ``idle`` (being built, or left over)."""


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """A query that has to find an article before an index may go live."""

    text: str
    expected_id: str


def ensure(client: Elasticsearch, names: IndexNames) -> None:
    """Make the first index behind the alias, and the ledger's indices, where they don't exist yet.

    Raises:
        FihristError: an index has taken the alias's name, so that no alias can be made.
    """
    with clear_errors():
        if not client.indices.exists_alias(name=names.articles):
            if client.indices.exists(index=names.articles):
                raise FihristError(f"'{names.articles}' is an index and should be an alias: delete or rename it.")
            _create(client, names.generation(next_number(client, names)), {names.articles: {}})
        for index in (names.files, names.runs):
            if not client.indices.exists(index=index):
                _create(client, index)


def generations(client: Elasticsearch, names: IndexNames) -> list[Generation]:
    """Return all concrete indices of articles, oldest first."""
    with clear_errors():
        aliases = client.indices.get_alias(index=f"{names.articles}-*", allow_no_indices=True)
        stats = client.indices.stats(index=f"{names.articles}-*", metric=["docs", "store"])["indices"]
    found = []
    for index, held in aliases.items():
        number = names.number(index)
        if number is None:
            continue
        state = next(
            (s for s, a in (("live", names.articles), ("previous", names.previous)) if a in held["aliases"]), "idle"
        )
        total = stats.get(index, {}).get("primaries", {})
        found.append(
            Generation(
                index=index,
                number=number,
                documents=total.get("docs", {}).get("count", 0),
                bytes=total.get("store", {}).get("size_in_bytes", 0),
                state=state,
            )
        )
    return sorted(found, key=lambda generation: generation.number)


def live(client: Elasticsearch, names: IndexNames) -> str | None:
    """Return the concrete index that the alias points to, or None before the first run."""
    return next((generation.index for generation in generations(client, names) if generation.state == "live"), None)


def next_number(client: Elasticsearch, names: IndexNames) -> int:
    """Return the number of the next generation."""
    return max((generation.number for generation in generations(client, names)), default=0) + 1


def create_next(client: Elasticsearch, names: IndexNames) -> str:
    """Make the next generation, empty and behind no alias, and return its name."""
    index = names.generation(next_number(client, names))
    with clear_errors():
        _create(client, index)
    return index


def check(
    client: Elasticsearch, index: str, *, documents: int, sample: Iterable[str] = (), golden: Iterable[GoldenQuery] = ()
) -> list[str]:
    """Return what speaks against letting an index go live, one sentence each; nothing does if the list is empty.

    Args:
        client: a connected client.
        index: the concrete index, fully loaded.
        documents: how many articles the ledger says it should hold.
        sample: ids that must be there.
        golden: queries that must find their article among the first ten.
    """
    faults = []
    with clear_errors():
        client.indices.refresh(index=index)
        count = client.count(index=index)["count"]
        if count != documents:
            faults.append(f"{index} holds {count} articles and should hold {documents}.")
        if ids := list(sample):
            answer = client.mget(index=index, ids=ids, source=False)
            missing = [item["_id"] for item in answer["docs"] if not item.get("found")]
            if missing:
                faults.append(f"{index} lacks {len(missing)} articles of a sample of {len(ids)}, first {missing[0]}.")
        for query in golden:
            answer = client.search(index=index, query={"query_string": {"query": query.text}}, size=10, source=False)
            if query.expected_id not in [hit["_id"] for hit in answer["hits"]["hits"]]:
                faults.append(f"{index}: the query '{query.text}' does not find article {query.expected_id}.")
    return faults


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
        client.indices.update_aliases(actions=actions)


def rollback(client: Elasticsearch, names: IndexNames) -> str:
    """Let the previous index go live again and return its name; doing it twice goes forward again.

    Raises:
        FihristError: there is no previous index.
    """
    previous = next((g.index for g in generations(client, names) if g.state == "previous"), None)
    if previous is None:
        raise FihristError("There is no previous index to go back to: none was kept, or no rebuild has been made.")
    swap(client, names, previous)
    return previous


def prune(client: Elasticsearch, names: IndexNames, keep_idle: Iterable[str] = ()) -> list[str]:
    """Delete the indices behind no alias (but not ``keep_idle``, which are being built) and return their names."""
    kept = set(keep_idle)
    doomed = [g.index for g in generations(client, names) if g.state == "idle" and g.index not in kept]
    with clear_errors():
        for index in doomed:
            client.indices.delete(index=index)
    return doomed


def _create(client: Elasticsearch, index: str, aliases: dict[str, dict[str, object]] | None = None) -> None:
    """Make an index from its template, unless another process was quicker."""
    try:
        client.indices.create(index=index, aliases=aliases)
    except BadRequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
