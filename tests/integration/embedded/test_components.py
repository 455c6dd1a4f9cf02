"""The plugin's components do what a full Elasticsearch's do, alone and in an index."""

import re
import uuid

import pytest
from elasticsearch import BadRequestError, Elasticsearch

from pipeline.settings import PROJECT_ROOT
from tests.integration.embedded.components import EXAMPLES, Example

pytestmark = pytest.mark.server

JAVA = PROJECT_ROOT / "docker/elasticsearch/src/main/java/org/fihrist/elasticsearch"


def tokens(client: Elasticsearch, text: str, **chain: object) -> list[str]:
    return [token["token"] for token in client.indices.analyze(text=text, **chain)["tokens"]]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.kind}-{example.name}")
def test_component_gives_the_documented_tokens(client: Elasticsearch, example: Example) -> None:
    assert tokens(client, example.text, **example.chain) == example.tokens


@pytest.mark.parametrize(
    ("source", "pattern", "kind"),
    [
        ("TokenFilters.java", r'filters\.put\("(\w+)"', "filter"),
        ("TokenFilters.java", r'singleton\(\s*"(\w+)"', "filter"),
        ("Tokenizers.java", r'"(\w+)", of\(', "tokenizer"),
        ("CharFilters.java", r'"(\w+)",\s*(?:requiresAnalysisSettings\()?\(index', "char_filter"),
    ],
)
def test_every_registered_component_has_an_example(source: str, pattern: str, kind: str) -> None:
    registered = set(re.findall(pattern, (JAVA / source).read_text(encoding="utf-8")))
    assert registered, "the pattern no longer finds the registrations"
    assert registered <= {example.name for example in EXAMPLES if example.kind == kind}


def test_every_component_works_in_an_index(client: Elasticsearch) -> None:
    index = f"components-{uuid.uuid4().hex[:8]}"
    analysis: dict[str, dict[str, object]] = {"analyzer": {}, "char_filter": {}, "tokenizer": {}, "filter": {}}
    properties: dict[str, object] = {}
    for number, example in enumerate(EXAMPLES):
        chain: dict[str, object] = {}
        for part, given in example.chain.items():
            names = []
            for place, definition in enumerate(given if isinstance(given, list) else [given]):
                name = definition if isinstance(definition, str) else f"{part}_{number}_{place}"
                if not isinstance(definition, str):
                    analysis[part][name] = definition
                names.append(name)
            chain[part] = names if isinstance(given, list) else names[0]
        analysis["analyzer"][f"a{number}"] = {"type": "custom", **chain}
        # A graph can't be indexed as it is: fields with one show that it works at search time.
        graph = example.name in ("synonym_graph", "word_delimiter", "word_delimiter_graph")
        properties[f"f{number}"] = {
            "type": "text",
            "analyzer": "whitespace" if graph else f"a{number}",
            "search_analyzer": f"a{number}",
        }
    try:
        client.indices.create(index=index, settings={"analysis": analysis}, mappings={"properties": properties})
        document = {f"f{number}": example.text for number, example in enumerate(EXAMPLES)}
        client.index(index=index, id="1", document=document, refresh=True)
        for number, example in enumerate(EXAMPLES):
            if example.name.startswith("word_delimiter"):
                continue  # its words are other than those of the whitespace tokenizer
            query = {"match": {f"f{number}": example.text}}
            assert client.count(index=index, query=query)["count"] == 1, example
    finally:
        client.indices.delete(index=index, ignore_unavailable=True)


@pytest.mark.parametrize("name", ["lowercase", "arabic_normalization", "decimal_digit", "asciifolding", "trim"])
def test_filter_of_single_letters_is_allowed_in_a_normalizer(client: Elasticsearch, name: str) -> None:
    assert tokens(client, "Fox", filter=[name], normalizer=None) == (["fox"] if name == "lowercase" else ["Fox"])
    index = f"normalizer-{uuid.uuid4().hex[:8]}"
    settings = {"analysis": {"normalizer": {"n": {"type": "custom", "filter": [name]}}}}
    try:
        client.indices.create(index=index, settings=settings)
        assert tokens(client, "fox", index=index, normalizer="n") == ["fox"]
    finally:
        client.indices.delete(index=index, ignore_unavailable=True)


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"type": "mapping", "mappings": ["no arrow"]}, "it needs the form [left => right]"),
        ({"type": "mapping"}, "mapping requires either [mappings] or [mappings_path]"),
        ({"type": "pattern_replace"}, "requires the setting [pattern]"),
    ],
)
def test_char_filter_with_bad_settings_is_refused(
    client: Elasticsearch, definition: dict[str, object], message: str
) -> None:
    with pytest.raises(BadRequestError, match=re.escape(message)):
        client.indices.analyze(text="x", tokenizer="keyword", char_filter=[definition])


@pytest.mark.parametrize(
    ("definition", "message"),
    [
        ({"type": "stemmer", "language": "klingon"}, "Invalid stemmer class specified: klingon"),
        ({"type": "stemmer_override", "rules": ["a => b, c"]}, "one stem on the right"),
        ({"type": "ngram", "min_gram": 1, "max_gram": 9}, "must be less than or equal to: [1] but was [8]"),
        ({"type": "synonym", "format": "wordnet", "synonyms": []}, "in the format [solr] only"),
        ({"type": "synonym", "synonyms_set": "s"}, "needs [updateable: true]"),
        ({"type": "multiplexer", "filters": ["nothing_such"]}, "[nothing_such]"),
        ({"type": "lowercase", "language": "klingon"}, "not support for lower case"),
    ],
)
def test_filter_with_bad_settings_is_refused(
    client: Elasticsearch, definition: dict[str, object], message: str
) -> None:
    with pytest.raises(BadRequestError, match=re.escape(message)):
        client.indices.analyze(text="x", tokenizer="keyword", filter=[definition])
