"""The clusters of near-duplicates as Elasticsearch holds them: looked up by band, and corrected."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.enrich.duplicates import Entry
from pipeline.index.bulk import ABSENT, update
from pipeline.index.client import ClusterError, clear_errors

_FIELDS = ["id", "@timestamp", "duplicate_bands", "duplicate_signature", "duplicate_of"]
_TERMS = 20_000
"""Terms of one query; Elasticsearch takes 65,536 (``index.max_terms_count``)."""
_PAGE = 1_000


class StoredArticles:
    """A :class:`~pipeline.enrich.duplicates.Lookup` in an index or alias, that can also record what was assigned.

    Every method raises ClusterError when the cluster is away or refuses.
    """

    def __init__(self, client: Elasticsearch, target: str) -> None:
        self._client = client
        self._target = target
        self.refresh()

    def refresh(self) -> None:
        """Make everything written so far visible to the lookups."""
        with clear_errors():
            self._client.indices.refresh(index=self._target)

    def sharing(self, bands: Collection[str]) -> Iterator[Entry]:
        """Yield the articles that have any of these bands."""
        return self._having("duplicate_bands", bands)

    def members(self, heads: Collection[str]) -> Iterator[Entry]:
        """Yield the articles that are recorded as duplicates of any of these ids."""
        return self._having("duplicate_of", heads)

    def get(self, ids: Collection[str]) -> Iterator[Entry]:
        """Yield those of these articles that exist."""
        return self._having("id", ids)

    def of_other_runs(self, run_id: str, since: int = -1) -> Iterator[Entry]:
        """Yield the articles that this run did not make, written after a :func:`~pipeline.index.carry.mark`."""
        return self._pages(
            {
                "bool": {
                    "filter": [{"range": {"_seq_no": {"gt": since}}}],
                    "must_not": [{"term": {"pipeline.run_id": run_id}}],
                }
            }
        )

    def record(self, changes: Mapping[str, str | None]) -> None:
        """Write what :func:`~pipeline.enrich.duplicates.assign` returned, in its order; visible when this returns.

        Raises:
            ClusterError: a change was not taken; assigning and recording again is harmless.
        """
        outcomes = update(self._client, self._target, {id_: {"duplicate_of": head} for id_, head in changes.items()})
        # An article that another run has removed meanwhile needs no link.
        refused = [outcome for outcome in outcomes if outcome.state != "loaded" and outcome.reason != ABSENT]
        if refused:
            raise ClusterError(
                f"Elasticsearch did not take {len(refused)} of {len(outcomes)} links of near-duplicates "
                f"({refused[0].reason}: {refused[0].message}); try again when it is well"
            )
        self.refresh()

    def _having(self, field: str, values: Collection[str]) -> Iterator[Entry]:
        terms = sorted(values)
        for start in range(0, len(terms), _TERMS):
            yield from self._pages({"terms": {field: terms[start : start + _TERMS]}})

    def _pages(self, query: dict[str, Any]) -> Iterator[Entry]:
        after: list[Any] | None = None
        while True:
            with clear_errors():
                response = self._client.search(
                    index=self._target, query=query, source_includes=_FIELDS, size=_PAGE, sort=[{"id": "asc"}],
                    search_after=after, track_total_hits=False,
                )  # fmt: skip
            hits = response["hits"]["hits"]
            yield from (_entry(hit["_source"]) for hit in hits)
            if len(hits) < _PAGE:
                return
            after = hits[-1]["sort"]


def _entry(source: Mapping[str, Any]) -> Entry:
    return Entry(
        id=source["id"],
        timestamp=source["@timestamp"],
        bands=tuple(source.get("duplicate_bands") or ()),
        signature=source.get("duplicate_signature"),
        duplicate_of=source.get("duplicate_of"),
    )
