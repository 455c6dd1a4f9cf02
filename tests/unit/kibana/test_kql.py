import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import FihristError
from pipeline.kibana.kql import parse

WORD = st.from_regex(r"[a-zء-ي_.@]{1,8}", fullmatch=True).filter(lambda word: word not in {"and", "or", "not"})


@pytest.mark.parametrize(
    ("expression", "query"),
    [
        ("", None),
        ("  ", None),
        ("outlet : *", {"exists": {"field": "outlet"}}),
        ("state:failed", {"match": {"state": "failed"}}),
        ('outlet.text : "عنب بلدي"', {"match_phrase": {"outlet.text": "عنب بلدي"}}),
        ("outlet.text : عنب بلدي", {"match": {"outlet.text": "عنب بلدي"}}),
        ("path : news*", {"query_string": {"fields": ["path"], "query": "news*"}}),
        ("word_count >= 100", {"range": {"word_count": {"gte": "100"}}}),
        ("درعا", {"multi_match": {"query": "درعا", "type": "best_fields", "lenient": True}}),
        ('"جنوب درعا"', {"multi_match": {"query": "جنوب درعا", "type": "phrase", "lenient": True}}),
        ("not a : *", {"bool": {"must_not": [{"exists": {"field": "a"}}]}}),
        ("a:1 and b:2", {"bool": {"filter": [{"match": {"a": "1"}}, {"match": {"b": "2"}}]}}),
        (
            "a:1 OR b:2",
            {"bool": {"should": [{"match": {"a": "1"}}, {"match": {"b": "2"}}], "minimum_should_match": 1}},
        ),
        (
            "(a:1 or b:2) and not c:3",
            {
                "bool": {
                    "filter": [
                        {"bool": {"should": [{"match": {"a": "1"}}, {"match": {"b": "2"}}], "minimum_should_match": 1}},
                        {"bool": {"must_not": [{"match": {"c": "3"}}]}},
                    ]
                }
            },
        ),
    ],
)
def test_means_what_kibana_means(expression: str, query: dict | None) -> None:
    assert parse(expression).query == query


def test_tells_each_field_and_what_is_asked_of_it() -> None:
    fields = parse('a : * and not (b : "x" or c > 3) and word').fields
    assert fields == [("a", "exists"), ("b", "is"), ("c", "range")]


@pytest.mark.parametrize(
    ("expression", "at"),
    [
        ("a :", "its end"),
        ("(a:1", "the missing )"),
        ("a:1)", ")"),
        ("and b", "and"),
        ("a:1 or", "its end"),
        (":b", ":"),
    ],
)
def test_what_is_no_kql_is_refused_with_the_place(expression: str, at: str) -> None:
    with pytest.raises(FihristError) as caught:
        parse(expression)
    assert str(caught.value) == f"The query '{expression}' can't be read at '{at}'."


def test_an_open_quotation_mark_is_refused() -> None:
    with pytest.raises(FihristError, match="quotation mark without its fellow"):
        parse('a : "b')


@given(st.lists(st.tuples(WORD, WORD), min_size=1, max_size=5), st.sampled_from(["and", "or"]))
def test_every_field_of_a_chain_is_told_in_its_order(pairs: list[tuple[str, str]], word: str) -> None:
    expression = f" {word} ".join(f'{name} : "{value}"' for name, value in pairs)
    assert parse(expression).fields == [(name, "is") for name, _ in pairs]
