import pytest

from pipeline.enrich.language import tables
from pipeline.errors import KnowledgeError


@pytest.mark.parametrize(
    ("load", "text", "message"),
    [
        (tables.scripts, "script\tranges\tlanguage\nhebrew\t05D0\the\n", r"line 2: '05D0' is no range"),
        (
            tables.scripts,
            "script\tranges\tlanguage\na\t0000-0010\t\nb\t0010-0020\t\n",
            r"line 3: the range .* overlaps",
        ),
        (tables.telling_letters, "letters\tlanguages\nß\n", r"line 2: no language"),
        (tables.words, "language\tprior\twords\nde\t1\tund und\n", r"line 2: 'und' stands twice for de"),
        (tables.words, "language\tprior\twords\nde\t1\t-lichkeit\n", r"line 2: '-lichkeit' is no word"),
        (tables.priors, "language\tprior\twords\nde\tviel\tund\n", r"line 2: the prior 'viel' is no number"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(tmp_path, load, text, message):
    file = tmp_path / "bad.tsv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(KnowledgeError, match=f"bad.tsv, {message}"):
        load(file)


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("fa\tk\tx\t0.5", "does not stand in the language's sentences"),
        ("fa\tا\tx\t2", "or the share is not within"),
        ("fa\tا\tx\thalf", "the share 'half' is no number"),
        ("fa\tا\tx\t0.6\nfa\tا\ty\t0.6", "line 3: the shares of 'ا' sum to more than 1"),
    ],
)
def test_a_bad_spelling_is_refused_with_its_line(tmp_path, row, message):
    sentences, spellings = tmp_path / "sentences.tsv", tmp_path / "spellings.tsv"
    sentences.write_text("language\tsentence\nfa\tبابا\n", encoding="utf-8")
    spellings.write_text(f"language\tletter\tvariant\tshare\n{row}\n", encoding="utf-8")

    with pytest.raises(KnowledgeError, match=message):
        tables.letter_counts(sentences, spellings)


def test_spellings_move_letters_and_lose_none(tmp_path):
    sentences, spellings = tmp_path / "sentences.tsv", tmp_path / "spellings.tsv"
    sentences.write_text("language\tsentence\nfa\tبابا\n", encoding="utf-8")
    spellings.write_text("language\tletter\tvariant\tshare\nfa\tا\tآ\t0.25\n", encoding="utf-8")

    assert tables.letter_counts(sentences, spellings) == {"fa": {"ب": 2, "ا": 1.5, "آ": 0.5}}


@pytest.mark.parametrize(
    ("letter", "script"),
    [("a", "latin"), ("é", "latin"), ("ب", "arabic"), ("ڭ", "arabic"), ("я", "cyrillic"), ("ª", "latin")],
)
def test_letters_have_their_script(letter, script):
    assert tables.script_of(letter) == script


def test_what_is_no_letter_of_a_known_script_has_none():
    assert tables.script_of("٣") is None
    assert tables.script_of("\U0001f600") is None
    assert tables.script_of("\x00") is None


def test_the_seven_languages_of_the_arabic_script_have_sentences_and_words():
    seven = {"ar", "fa", "ur", "ps", "ckb", "ug", "sd"}

    assert set(tables.letter_counts()) == seven
    assert tables.languages_of("arabic") == seven
