import pytest

from pipeline.clean.repair import load
from pipeline.errors import KnowledgeError


@pytest.fixture
def data(tmp_path, monkeypatch):
    files = {
        "words.tsv": "word\tcount\nسوريا\t9\n",
        "pairs.tsv": "first\tsecond\tcount\nسوريا\tسوريا\t3\n",
        "letters.tsv": "letters\tlog10\n^^س\t-1.5\n",
        "names.tsv": "word\tkind\nسوريا\tplace\n",
        "phrases.tsv": "phrase\nدير الزور\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(load, "DATA", tmp_path)
    return tmp_path


def test_counts_and_names_make_a_lexicon(data):
    known = load.lexicon.__wrapped__()
    assert known.names == {"سوريا"}
    assert known.in_name("دير", "الزور")
    assert known.word("سوريا") > known.word("دير")


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("words.tsv", "سوريا\t2", "words.tsv, line 3: a word stands once"),
        ("words.tsv", "حلب\tكثير", "whole number"),
        ("pairs.tsv", "حلب\tسوريا\t3", "known first word"),
        ("letters.tsv", "اب\t-1", "three letters"),
        ("letters.tsv", "ابت\tx", "logarithm"),
        ("names.tsv", "دير الزور\tplace", "one word and its kind"),
        ("names.tsv", "حلب\tcity", "one of place"),
        ("phrases.tsv", "حلب", "at least two words"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(data, file, row, message):
    with (data / file).open("a", encoding="utf-8") as lines:
        lines.write(row + "\n")
    with pytest.raises(KnowledgeError, match=message):
        load.lexicon.__wrapped__()
