"""The finished article, and the document that the index holds and ``fihrist extract`` prints: the same thing."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import cache
from operator import attrgetter
from typing import Any

from pipeline import __version__
from pipeline.clean.article import CleanArticle
from pipeline.enrich.mention import Mention
from pipeline.sources.raw import Provenance, article_id

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Enrichment:
    """What enrichment adds to a clean article."""

    language: str
    """ISO 639-1, or 639-3 where there is none; ``und`` when undecided."""
    language_confidence: float
    other_languages: dict[str, float]
    """Share of the body's letters (0 to 1) of each other language found."""
    mentions: tuple[Mention, ...]
    places: tuple[tuple[float, float], ...]
    """Latitude and longitude of the locations, degrees (WGS 84)."""
    countries: tuple[str, ...]
    """ISO 3166-1 alpha-2 codes of the locations' countries."""
    word_count: int
    """Words of the body, as comparison sees them."""
    content_sha256: str
    duplicate_bands: tuple[str, ...]
    """Keys under which near-duplicates are looked up."""
    duplicate_signature: str | None


@dataclass(frozen=True, slots=True)
class Article:
    """A clean, enriched article with its provenance."""

    source: Provenance
    clean: CleanArticle
    enrichment: Enrichment

    def document(self, run_id: str | None) -> Document:
        """Return the document of the contract: JSON values only, the same for the index and for ``extract``."""
        clean, enrichment = self.clean, self.enrichment
        modified_at = _iso(self.source.modified_at)
        return {
            "id": article_id(self.source.uri),
            "@timestamp": clean.published_at or modified_at,
            "timestamp_from": "published_at" if clean.published_at else "modified_at",
            "title": clean.title,
            "title_inferred": clean.title_inferred,
            "body": clean.body,
            "captions": list(clean.captions),
            "published_at": clean.published_at,
            "published_precision": clean.published_precision,
            "published_inferred": clean.published_inferred,
            "authors": list(clean.authors),
            "outlet": clean.outlet,
            "section": clean.section,
            "tags": list(clean.tags),
            "language": enrichment.language,
            "language_confidence": round(enrichment.language_confidence, 4),
            "other_languages": [
                {"language": code, "share": round(share, 4)} for code, share in enrichment.other_languages.items()
            ],
            "entities": {
                "persons": _names(enrichment.mentions, "person"),
                "organizations": _names(enrichment.mentions, "organization"),
                "locations": _names(enrichment.mentions, "location"),
                "wikidata": list(dict.fromkeys(m.wikidata for m in enrichment.mentions if m.wikidata)),
            },
            "places": [{"lat": lat, "lon": lon} for lat, lon in enrichment.places],
            "countries": list(enrichment.countries),
            "mentions": [_values(mention) for mention in enrichment.mentions],
            "removed": [_values(span) for span in clean.removed],
            "removed_kinds": list(dict.fromkeys(span.kind for span in clean.removed)),
            "repairs": [_values(repair) for repair in clean.repairs],
            "duplicate_of": None,
            "duplicate_bands": list(enrichment.duplicate_bands),
            "duplicate_signature": enrichment.duplicate_signature,
            "content_sha256": enrichment.content_sha256,
            "source": {**_values(self.source), "modified_at": modified_at},
            "pipeline": {
                "version": __version__,
                "run_id": run_id,
                "processed_at": _iso(datetime.now(UTC)),
            },
            "word_count": enrichment.word_count,
        }


def _names(mentions: tuple[Mention, ...], entity_type: str) -> list[str]:
    """Canonical names of one type, in the order of their first mention."""
    return list(dict.fromkeys(mention.name for mention in mentions if mention.type == entity_type))


def _values(flat: Any) -> dict[str, Any]:
    """Return the fields of a dataclass that holds no other; ``asdict`` would copy each value, at ten times the cost."""
    names, read = _fields(flat.__class__)
    return dict(zip(names, read(flat), strict=True))


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in fields(kind))
    return names, attrgetter(*names)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
