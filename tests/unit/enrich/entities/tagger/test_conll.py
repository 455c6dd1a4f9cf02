import pytest

from pipeline.enrich.entities.tagger.conll import read_conll, sentence
from pipeline.errors import KnowledgeError


def test_sentences_are_parted_by_empty_lines(tmp_path):
    file = tmp_path / "a.conll"
    file.write_text("زار O\nباريس B-LOC\n\nعاد O", encoding="utf-8")
    first, second = read_conll(file)
    assert first.text == "زار باريس"
    assert first.gold == [(1, 2, "location")]
    assert second.gold == []


def test_a_line_without_a_label_is_refused_with_its_number(tmp_path):
    file = tmp_path / "a.conll"
    file.write_text("زار O\nباريس\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"a\.conll, line 2"):
        list(read_conll(file))


def test_other_types_are_no_names():
    assert sentence(["كأس", "العالم"], ["B-MISC", "I-MISC"]).gold == []


def test_a_name_may_begin_with_inside():
    assert sentence(["في", "باريس"], ["O", "I-LOC"]).gold == [(1, 2, "location")]


def test_names_that_touch_stay_two():
    assert sentence(["باريس", "لندن"], ["B-LOC", "B-LOC"]).gold == [(0, 1, "location"), (1, 2, "location")]


def test_spans_follow_our_tokens_where_the_corpus_has_fewer():
    read = sentence(["(رويترز)", "قالت"], ["B-ORG", "O"])
    assert [token.text for token in read.tokens] == ["(", "رويترز", ")", "قالت"]
    assert read.spans == [(0, 3, "organization")]


def test_characters_become_the_words_that_they_touch():
    read = sentence(["زار", "وباريس", "أمس"], ["O", "B-LOC", "O"])
    assert read.by_words([(5, 10, "location")]) == [(1, 2, "location")]
