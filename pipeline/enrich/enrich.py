"""Enrich one clean article: language, entities, places, keys of near-duplicates."""

from pipeline.clean.article import CleanArticle
from pipeline.enrich.article import Enrichment
from pipeline.enrich.duplicates import content_sha256, signature
from pipeline.enrich.entities.locate import locate
from pipeline.enrich.entities.recognise import recognise
from pipeline.enrich.language import languages


def enrich(article: CleanArticle) -> Enrichment:
    """Return what the article's text says of itself."""
    language = languages(article.body.split("\n"))
    main = language.main
    mentions = recognise(article.title, article.body)
    places, countries = locate(mentions)
    keys = signature(article.body)
    return Enrichment(
        language=main.code,
        language_confidence=main.confidence,
        other_languages=language.others,
        mentions=mentions,
        places=places,
        countries=countries,
        content_sha256=content_sha256(article.body),
        duplicate_bands=keys.bands,
        duplicate_signature=keys.signature,
    )
