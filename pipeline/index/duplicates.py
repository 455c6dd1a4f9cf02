"""The clusters of near-duplicates as Elasticsearch holds them: looked up by band, and corrected."""

from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.enrich.duplicates import Entry
from pipeline.index.bulk import all_taken, update
from pipeline.index.client import clear_errors
from pipeline.index.columns import read_columns

_COLUMNS = [
    {"field": "id"},
    {"field": "duplicate_of"},
    {"field": "content_sha256"},
    {"field": "@timestamp", "format": "strict_date_optional_time"},
]
_KEYS = ["id", "duplicate_bands", "duplicate_signature"]
"""Kept in the stored document alone, which takes Elasticsearch ten times as long to read as columns do."""
_TERMS = 65_000
"""Terms of one query; Elasticsearch takes 65,536 (``index.max_terms_count``). Bands in several queries would find each
article once in each of them."""
_PAGE = 5_000
_REMEMBERED = 10_000
"""Contents whose keys are remembered; 3 kB each."""

Keys = tuple[tuple[str, ...], str | None]
"""Bands and signature of a content."""


class StoredArticles:
    """A :class:`~pipeline.enrich.duplicates.Lookup` in an index or alias, that can also record what was assigned.

    Every method raises ClusterError when the cluster is away or refuses.
    """

    def __init__(self, client: Elasticsearch, target: str, *, besides: str | None = None) -> None:
        """Look into an index; ``besides``: leave out the articles of this run, in all that looks articles up."""
        self._client = client
        self._target = target
        self._left_out = [_of(besides)] if besides else []
        self._keys: OrderedDict[str, Keys] = OrderedDict()
        self.refresh()
        self.is_empty = bool(besides) and not self._holds_any()
        """There is nothing to look up besides that run."""

    def refresh(self) -> None:
        """Make everything written so far visible to the lookups."""
        with clear_errors():
            self._client.indices.refresh(index=self._target)

    def writes(self) -> int:
        """Return how many writes there have been, out of the sequence numbers: each takes one."""
        with clear_errors():
            indices = self._client.indices.stats(index=self._target, level="shards")["indices"]
        copies = (copy for index in indices.values() for copies in index["shards"].values() for copy in copies)
        return sum(int(copy["seq_no"]["max_seq_no"]) + 1 for copy in copies if copy["routing"]["primary"])

    def sharing(self, bands: Collection[str]) -> Iterator[Entry]:
        """Yield the articles that have any of these bands."""
        return self._having("duplicate_bands", bands)

    def members(self, heads: Collection[str]) -> Iterator[Entry]:
        """Yield the articles that are recorded as duplicates of any of these ids."""
        return self._having("duplicate_of", heads)

    def get(self, ids: Collection[str]) -> Iterator[Entry]:
        """Yield those of these articles that exist."""
        return self._having("id", ids)

    def duplicates(self, ids: Collection[str]) -> dict[str, str]:
        """Return those of these articles that are recorded as duplicates, with their heads."""
        found: dict[str, str] = {}
        for terms in _parts(ids):
            query = {"bool": {"filter": [{"terms": {"id": terms}}, {"exists": {"field": "duplicate_of"}}]}}
            for columns in self._hits(query, docvalue_fields=_COLUMNS[:2], stored_fields="_none_"):
                found |= {hit["fields"]["id"][0]: hit["fields"]["duplicate_of"][0] for hit in columns}
        return found

    def of_run(self, run_id: str) -> Iterator[dict[str, str]]:
        """Yield columns of the articles that this run made: id, @timestamp, content_sha256, perhaps duplicate_of."""
        return read_columns(self._client, self._target, _of(run_id), _COLUMNS)

    def of_other_runs(self, run_id: str, since: int = -1) -> Iterator[Entry]:
        """Yield the articles that this run did not make, written after a :func:`~pipeline.index.carry.mark`."""
        return self._pages({"bool": {"filter": [{"range": {"_seq_no": {"gt": since}}}], "must_not": [_of(run_id)]}})

    def record(self, changes: Mapping[str, str | None]) -> int:
        """Write what :func:`~pipeline.enrich.duplicates.assign` returned, in its order; visible when this returns.

        Returns how many articles were written: those that have been removed meanwhile need no link.

        Raises:
            ClusterError: a change was not taken; assigning and recording again is harmless.
        """
        outcomes = update(self._client, self._target, {id_: {"duplicate_of": head} for id_, head in changes.items()})
        all_taken(outcomes, "links of near-duplicates", absent=True)
        self.refresh()
        return sum(outcome.state == "loaded" for outcome in outcomes)

    def _holds_any(self) -> bool:
        """Whether there is anything to look up: the first run of an installation need not ask a thousand times."""
        with clear_errors():
            query = {"bool": {"must_not": self._left_out}}
            return bool(self._client.count(index=self._target, query=query)["count"])

    def _having(self, field: str, values: Collection[str]) -> Iterator[Entry]:
        if not self.is_empty:
            for terms in _parts(values):
                yield from self._pages({"bool": {"filter": [{"terms": {field: terms}}], "must_not": self._left_out}})

    def _pages(self, query: dict[str, Any]) -> Iterator[Entry]:
        for hits in self._hits(query, docvalue_fields=_COLUMNS, stored_fields="_none_"):
            found = [{name: values[0] for name, values in hit["fields"].items()} for hit in hits]
            unknown = [one["id"] for one in found if one.get("content_sha256") not in self._keys]
            read = self._read_keys(unknown) if unknown else {}
            for one in found:
                content = one.get("content_sha256", "")
                keys = read.get(one["id"]) or self._keys.get(content)
                if keys is None:  # removed between the two requests
                    continue
                if content:
                    self._remember(content, keys)
                bands, signature = keys
                yield Entry(one["id"], one["@timestamp"], bands, signature, one.get("duplicate_of"))

    def _remember(self, content: str, keys: Keys) -> None:
        self._keys[content] = keys
        self._keys.move_to_end(content)
        if len(self._keys) > _REMEMBERED:
            self._keys.popitem(last=False)

    def _read_keys(self, ids: list[str]) -> dict[str, Keys]:
        """Return the keys of articles, by id, out of their stored documents."""
        return {
            source["id"]: (tuple(source.get("duplicate_bands") or ()), source.get("duplicate_signature"))
            for hits in self._hits({"terms": {"id": ids}}, source_includes=_KEYS)
            for source in (hit["_source"] for hit in hits)
        }

    def _hits(self, query: dict[str, Any], **wanted: Any) -> Iterator[list[dict[str, Any]]]:
        """Yield what a query finds, a page at a time, in the order of the ids."""
        after: list[Any] | None = None
        while True:
            with clear_errors():
                response = self._client.search(
                    index=self._target, query=query, size=_PAGE, sort=[{"id": "asc"}], search_after=after,
                    track_total_hits=False, **wanted,
                )  # fmt: skip
            hits = response["hits"]["hits"]
            if hits:
                yield hits
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]


def _of(run_id: str) -> dict[str, Any]:
    return {"term": {"pipeline.run_id": run_id}}


def _parts(values: Collection[str]) -> Iterator[list[str]]:
    terms = sorted(values)
    return (terms[start : start + _TERMS] for start in range(0, len(terms), _TERMS))
