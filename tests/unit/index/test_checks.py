import pytest

from pipeline.errors import KnowledgeError
from pipeline.index.checks import Golden, golden_queries


def test_the_golden_queries_are_read_and_are_many():
    assert len(golden_queries()) >= 25


def test_a_query_that_stands_there_twice_is_refused_with_its_line(tmp_path):
    file = tmp_path / "golden.tsv"
    file.write_text("# source, licence\nquery\tabout\nقدس\tone\nقدس\ttwo\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 4: the query 'قدس' stands here twice"):
        golden_queries(file)


@pytest.mark.parametrize(("before", "again", "is_fault"), [(10, 5, False), (10, 4, True), (1, 1, False), (1, 0, True)])
def test_half_of_what_a_query_found_must_be_found_again(before, again, is_fault):
    fault = Golden("القدس", "bare", before, again).fault
    assert bool(fault) is is_fault
    if fault:
        assert fault == f"The query 'القدس' (bare) finds again only {again} of its first {before} articles."
