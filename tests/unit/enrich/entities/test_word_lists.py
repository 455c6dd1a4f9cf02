import pytest

from pipeline.arabic import fold
from pipeline.enrich.entities import word_lists as module
from pipeline.enrich.entities.word_lists import word_list
from pipeline.errors import KnowledgeError


def test_words_are_folded_and_lines_of_one_list_belong_together():
    assert {fold("قصيدة"), "صواريخ"} < word_list("works")


def test_a_list_that_is_not_there_is_named():
    with pytest.raises(KnowledgeError, match="there is no list 'ships'"):
        word_list("ships")


def test_a_list_without_words_is_refused_with_its_line(tmp_path, monkeypatch):
    file = tmp_path / "word_lists.tsv"
    file.write_text("list\twords\nships\t\n", encoding="utf-8")
    monkeypatch.setattr(module, "_FILE", file)
    with pytest.raises(KnowledgeError, match="line 2: the list 'ships' has no words"):
        module._lists.__wrapped__()
