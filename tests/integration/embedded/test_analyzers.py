"""The languages' ready analyzers give the tokens of the chains that Elasticsearch's reference states for them."""

import uuid
from typing import Any

import pytest
from elasticsearch import Elasticsearch

pytestmark = pytest.mark.server

FRENCH_ARTICLES = ["l", "m", "t", "qu", "n", "s", "j", "d", "c", "jusqu", "quoiqu", "lorsqu", "puisqu"]

CHAINS: dict[str, dict[str, Any]] = {
    "arabic": {"filter": ["lowercase", "decimal_digit", "stop", "arabic_normalization", "stemmer"]},
    "english": {"filter": [{"type": "stemmer", "language": "possessive_english"}, "lowercase", "stop", "stemmer"]},
    "french": {
        "filter": [
            {"type": "elision", "articles": FRENCH_ARTICLES, "articles_case": True},
            "lowercase",
            "stop",
            {"type": "stemmer", "language": "light_french"},
        ]
    },
    "german": {
        "filter": ["lowercase", "stop", "german_normalization", {"type": "stemmer", "language": "light_german"}]
    },
    "persian": {
        "char_filter": [{"type": "mapping", "mappings": ["\\u200C=>\\u0020"]}],
        "filter": [
            "lowercase",
            "decimal_digit",
            "arabic_normalization",
            "persian_normalization",
            "stop",
            "persian_stem",
        ],
    },
    "russian": {"filter": ["lowercase", "stop", "stemmer"]},
    "sorani": {"filter": ["sorani_normalization", "lowercase", "decimal_digit", "stop", "stemmer"]},
    "spanish": {"filter": ["lowercase", "stop", {"type": "stemmer", "language": "light_spanish"}]},
    "turkish": {"filter": ["apostrophe", {"type": "lowercase", "language": "turkish"}, "stop", "stemmer"]},
}

TEXTS = {
    "arabic": "قالت الوزارة إنّ ١٥٠ مدرسة في لبنان والسودان أُغلقت، وإن الطلاب سيعودون إلى صفوفهم على مراحل",
    "english": "The ministry's spokesman said that 150 schools in the cities were closed until Monday",
    "french": "L'État a annoncé qu'aujourd'hui les écoles des grandes villes seraient fermées jusqu'à lundi",
    "german": "Die Schulen in den größten Städten bleiben laut Ministerium bis Montag geschlossen",
    "persian": "وزارت آموزش اعلام کرد که ۱۵۰ مدرسه در شهرهای بزرگ تا دوشنبه تعطیل می‌شوند",
    "russian": "Министерство сообщило, что школы в больших городах будут закрыты до понедельника",
    "sorani": "وەزارەتی پەروەردە ڕایگەیاند کە ١٥٠ قوتابخانە لە شارەکان دادەخرێن",
    "spanish": "El ministerio anunció que las escuelas de las grandes ciudades cerrarán hasta el lunes",
    "turkish": "İstanbul'daki okulların 150 kadarı pazartesiye kadar kapalı olacak, bakanlık böyle IŞIK tuttu",
}


def tokens(client: Elasticsearch, text: str, **chain: Any) -> list[tuple[str, int]]:
    answer = client.indices.analyze(text=text, **chain)["tokens"]
    return [(token["token"], token["position"]) for token in answer]


def documented(language: str) -> dict[str, Any]:
    """The chain with its stop words and stemmer in this language."""
    own = {
        "stop": {"type": "stop", "stopwords": f"_{language}_"},
        "stemmer": {"type": "stemmer", "language": language},
    }
    chain = CHAINS[language]
    filters = [own.get(item, item) if isinstance(item, str) else item for item in chain["filter"]]
    return {"tokenizer": "standard", "char_filter": chain.get("char_filter", []), "filter": filters}


@pytest.mark.parametrize("language", CHAINS)
def test_analyzer_equals_its_documented_chain(client: Elasticsearch, language: str) -> None:
    text = TEXTS[language]
    found = tokens(client, text, analyzer=language)
    assert found == tokens(client, text, **documented(language))
    assert found != tokens(client, text, analyzer="standard"), "the text shows nothing of this language"


def test_arabic_analyzer_drops_stop_words_digits_fold_and_stems(client: Elasticsearch) -> None:
    found = [token for token, _ in tokens(client, "في المدرسة ١٢٣ والطالبات وللمعلمين", analyzer="arabic")]
    assert found == ["مدرس", "123", "طالب", "للمعلم"]


def test_stop_words_and_words_not_to_stem_can_be_set(client: Elasticsearch) -> None:
    index = f"analyzer-{uuid.uuid4().hex[:8]}"
    analyzer = {"type": "arabic", "stopwords": ["قال"], "stem_exclusion": ["لبنان"]}
    try:
        client.indices.create(index=index, settings={"analysis": {"analyzer": {"mine": analyzer}}})
        found = [token for token, _ in tokens(client, "قال في لبنان", index=index, analyzer="mine")]
        assert found == ["في", "لبنان"]
    finally:
        client.indices.delete(index=index, ignore_unavailable=True)
