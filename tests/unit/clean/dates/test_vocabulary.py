import shutil

import pytest

from pipeline.clean.dates import vocabulary as module
from pipeline.errors import KnowledgeError


@pytest.fixture
def data(tmp_path, monkeypatch):
    shutil.copytree(module.DATA, tmp_path / "data")
    monkeypatch.setattr(module, "DATA", tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    ("file", "row", "message"),
    [
        ("months.tsv", "gregorian\t13\tar\t\tشهر", "a month from 1 to 12"),
        ("months.tsv", "julian\t1\tar\t\tشهر", "expected a calendar"),
        ("months.tsv", "gregorian\t1\tar\tyear\tشهر", "'needs' is empty or 'day'"),
        ("months.tsv", "gregorian\t2\tar\t\tيناير", "already means another month"),
        ("weekdays.tsv", "7\tar\tيوم", "a weekday is 0"),
        ("weekdays.tsv", "1\tar\tالاثنين", "already means another day"),
        ("words.tsv", "am\tصباحا", "expected each kind once"),
        ("words.tsv", "noon\tظهرا", "expected each kind once"),
    ],
)
def test_a_bad_row_is_refused_with_file_and_line(data, file, row, message):
    with (data / file).open("a", encoding="utf-8") as lines:
        lines.write(row + "\n")
    with pytest.raises(KnowledgeError, match=message) as refused:
        module.vocabulary.__wrapped__()
    assert str(refused.value).startswith(f"{file}, line ")


def test_a_missing_kind_of_words_is_refused(data):
    lines = (data / "words.tsv").read_text(encoding="utf-8").splitlines()
    (data / "words.tsv").write_text("\n".join(line for line in lines if not line.startswith("today")), encoding="utf-8")
    with pytest.raises(KnowledgeError, match="no row for today"):
        module.vocabulary.__wrapped__()


def test_normalised_text_can_be_led_back_to_what_was_written():
    written = "ن\u064fش\u0640ر في ٥\u200f مايو"
    text = module.normalise(written)
    places = module.kept_places(written)
    assert text == "نشر في 5 مايو"
    assert [written[place] for place in places][:3] == ["ن", "ش", "ر"]
    assert len(places) == len(text)
