import gzip

import pytest

from pipeline.enrich.entities.tagger import lexicon
from pipeline.errors import KnowledgeError


def test_frequent_words_have_groups():
    assert len(lexicon.clusters()["تونس"].whole) == 3


def test_a_bad_line_is_refused_with_its_number(tmp_path, monkeypatch):
    file = tmp_path / "clusters.tsv.gz"
    file.write_bytes(gzip.compress("# source\nكلمة\t1\t2\n".encode()))
    monkeypatch.setattr(lexicon, "CLUSTERS", file)
    with pytest.raises(KnowledgeError, match="line 2"):
        lexicon.clusters.__wrapped__()


@pytest.mark.parametrize(("one", "other"), [("فيرجسون", "فيرغسون"), ("سولانا", "صولانا"), ("كريستينا", "كرستينا")])
def test_spellings_of_a_foreign_name_share_a_skeleton(one, other):
    assert lexicon.skeleton(one) == lexicon.skeleton(other)
