import pytest

from pipeline.kibana.fields import Field, fields_of


@pytest.mark.parametrize(
    ("index", "name", "family"),
    [
        ("articles", "@timestamp", "date"),
        ("articles", "entities.persons", "keyword"),
        ("articles", "entities.persons.text", "text"),
        ("articles", "places", "geo_point"),
        ("articles", "word_count", "number"),
        ("ingest-runs", "stages.clean.seconds", "number"),
        ("ingest-runs", "started_at", "date"),
        ("ingest-files", "reason", "keyword"),
    ],
)
def test_fields_have_the_family_of_their_mapping(index: str, name: str, family: str) -> None:
    assert fields_of(index)[name].family == family


@pytest.mark.parametrize("name", ["entities", "mentions", "removed", "removed.kind", "nothing"])
def test_objects_and_what_is_not_indexed_at_all_are_no_fields(name: str) -> None:
    assert name not in fields_of("articles")


@pytest.mark.parametrize(
    ("family", "operation"),
    [
        ("keyword", "terms"),
        ("date", "date_histogram"),
        ("number", "average"),
        ("date", "max"),
        ("keyword", "unique_count"),
        ("geo_point", "geo"),
        ("text", "exists"),
        ("text", "is"),
        ("text", "column"),
        ("geo_point", "label"),
    ],
)
def test_operations_take_their_families(family: str, operation: str) -> None:
    assert Field(family).refuses(operation) is None


@pytest.mark.parametrize(
    ("field", "operation", "reason"),
    [
        (Field("text"), "terms", "is a text, and terms takes boolean or keyword or number"),
        (Field("keyword"), "average", "is a keyword, and average takes number"),
        (Field("keyword"), "date_histogram", "is a keyword, and date_histogram takes date"),
        (Field("text"), "sort", "is a text, and sort takes boolean or date or keyword or number"),
        (Field("keyword"), "geo", "is a keyword, and geo takes geo_point"),
        (Field("flattened"), "terms", "is a flattened, and terms takes boolean or keyword or number"),
        (Field("keyword", has_values=False), "terms", "has no doc_values, so terms can't read it"),
        (Field("keyword", indexed=False), "is", "is not indexed, so is can't search it"),
    ],
)
def test_operations_refuse_others_with_the_reason(field: Field, operation: str, reason: str) -> None:
    assert field.refuses(operation) == reason


def test_a_field_that_is_only_searched_needs_no_values() -> None:
    assert Field("keyword", has_values=False).refuses("is") is None
    assert Field("keyword", indexed=False).refuses("terms") is None
