from hypothesis import given
from hypothesis import strategies as st

from pipeline.index.names import IndexNames


def test_every_name_has_the_prefix():
    names = IndexNames("desk-")
    assert (names.articles, names.files, names.runs) == ("desk-articles", "desk-ingest-files", "desk-ingest-runs")


@given(st.integers(0, 10_000_000), st.sampled_from(["", "desk-", "a.b-"]))
def test_a_generation_is_read_back(number, prefix):
    names = IndexNames(prefix)
    assert names.number(names.generation(number)) == number


def test_other_indices_are_not_ours():
    names = IndexNames("desk-")
    assert [names.number(n) for n in ("articles-000001", "desk-articles-1", "desk-articles-previous")] == [None] * 3
