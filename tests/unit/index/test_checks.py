import pytest

from pipeline.errors import KnowledgeError
from pipeline.index.checks import Golden, golden_queries, judge_golden


def test_the_golden_queries_are_read_and_are_many():
    assert len(golden_queries()) >= 25


def test_a_query_that_stands_there_twice_is_refused_with_its_line(tmp_path):
    file = tmp_path / "golden.tsv"
    file.write_text("# source, licence\nquery\tabout\nقدس\tone\nقدس\ttwo\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="line 4: the query 'قدس' stands here twice"):
        golden_queries(file)


def test_golden_queries_are_judged_by_their_average_and_the_bad_ones_are_named():
    good, bad = Golden("القدس", "search", 10, 10), Golden("اليمن", "bare", 10, 4)
    named = "The query 'اليمن' (bare) finds again only 4 of its first 10 articles."
    assert judge_golden([good] * 9 + [bad]) == ([], [named])
    assert judge_golden([good] * 4 + [bad]) == (
        ["Golden queries find again 88% of what they found, and should 90%."],
        [named],
    )


def test_where_no_query_found_anything_there_is_nothing_to_find_again():
    assert judge_golden([]) == ([], [])
