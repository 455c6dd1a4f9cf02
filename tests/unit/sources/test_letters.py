import shutil

import pytest

from pipeline.errors import KnowledgeError
from pipeline.sources import letters


@pytest.fixture
def data(tmp_path, monkeypatch):
    shutil.copytree(letters.DATA, tmp_path / "data")
    monkeypatch.setattr(letters, "DATA", tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("letters.tsv", "ar\tلا\t5", "expected one letter"),
        ("letters.tsv", "ar\tل\tmany", "expected one letter"),
        ("encodings.tsv", "cp1257\tlt\t0", "no letters of 'lt'"),
        ("encodings.tsv", "cp9999\tar\t0", "there is no encoding"),
        ("encodings.tsv", "cp1256\tar\tx", "not a number"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(data, file, row, message):
    with (data / file).open("a", encoding="utf-8") as lines:
        lines.write(row + "\n")
    with pytest.raises(KnowledgeError, match=message) as refused:
        letters._tables.__wrapped__()
    assert str(refused.value).startswith(f"{file}, line ")


@pytest.mark.parametrize(
    ("text", "plausible"), [("قال الرئيس", True), ("été à Zürich", True), ("12 34", False), ("北京", False)]
)
def test_plausible_text_has_letters_of_the_scripts_of_news(text, plausible):
    assert letters.is_plausible(text) is plausible
