"""Enrich one clean article: language, entities, places, keys of near-duplicates."""

from pipeline.clean.article import CleanArticle
from pipeline.enrich.article import Enrichment
from pipeline.enrich.duplicates import sha256_of_words, signature_of_words
from pipeline.enrich.entities.locate import locate
from pipeline.enrich.entities.recognise import recognise
from pipeline.enrich.entities.tokens import folded_words, tokenize
from pipeline.enrich.language import languages


def enrich(article: CleanArticle) -> Enrichment:
    """Return what the article's text says of itself."""
    language = languages(article.body.split("\n"))
    main = language.main
    tokens = tokenize(article.body)
    mentions = recognise(article.title, article.body, tokens)
    places, countries = locate(mentions)
    words = folded_words(tokens)
    keys = signature_of_words(words)
    return Enrichment(
        language=main.code,
        language_confidence=main.confidence,
        other_languages=language.others,
        mentions=mentions,
        places=places,
        countries=countries,
        content_sha256=sha256_of_words(words),
        duplicate_bands=keys.bands,
        duplicate_signature=keys.signature,
    )
