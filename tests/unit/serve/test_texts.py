import re
from pathlib import Path

import pytest

from pipeline.clean.article import REMOVED_KINDS
from pipeline.errors import KnowledgeError
from pipeline.ledger.entry import STATES
from pipeline.serve import page
from pipeline.serve.ask import FACETS, SORTS
from pipeline.serve.texts import count, name_of_language, say, spoken_date, texts

PACKAGE = Path(page.__file__).parent


def test_every_text_that_a_template_says_is_there() -> None:
    said = {
        key for file in PACKAGE.glob("templates/*.html") for key in re.findall(r'say\("(\w+)"[,)]', file.read_text())
    }
    made = {f"kind_{kind}" for kind in REMOVED_KINDS} | {f"state_{state}" for state in STATES}
    made |= {f"facet_{facet}" for facet in FACETS} | {f"sort_{sort}" for sort in SORTS}
    assert said | made <= set(texts("ar"))
    assert len(said) > 60


def test_every_refusal_has_its_sentence() -> None:
    code = "".join(file.read_text() for file in PACKAGE.glob("*.py"))
    keys = set(re.findall(r'"(bad_\w+|no_\w+)"', code)) - {"no_match_size"}
    assert keys <= set(texts("en"))
    assert len(keys) > 8


@pytest.mark.parametrize(
    ("number", "arabic", "english"),
    [
        (0, "لا مقالات", "no articles"),
        (1, "مقال واحد", "1 article"),
        (2, "مقالان", "2 articles"),
        (3, "3 مقالات", "3 articles"),
        (10, "10 مقالات", "10 articles"),
        (11, "11 مقالًا", "11 articles"),
        (100, "100 مقال", "100 articles"),
        (1144, "1,144 مقالًا", "1,144 articles"),
        (1203, "1,203 مقالات", "1,203 articles"),
    ],
)
def test_the_noun_agrees_with_its_number(number: int, arabic: str, english: str) -> None:
    assert (count("ar", number), count("en", number)) == (arabic, english)


def test_dates_are_as_precise_as_they_stand() -> None:
    assert spoken_date("ar", "2018-10-16T19:05") == "16 تشرين الأول/أكتوبر 2018"
    assert spoken_date("en", "2018-10") == "October 2018"
    assert spoken_date("en", "2018") == "2018"


def test_a_language_without_a_name_keeps_its_code() -> None:
    assert (name_of_language("en", "ckb"), name_of_language("en", "zz")) == ("Kurdish (Sorani)", "zz")


@pytest.mark.parametrize(
    ("row", "said"), [("a\tب\t", "needs a text"), ("a\t{}\tx", "different numbers"), ("a\tb\tc\na\tb\tc", "twice")]
)
def test_a_bad_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    file = tmp_path / "texts.tsv"
    file.write_text(f"key\tar\ten\n{row}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=rf"texts.tsv, line [23]: .*{said}"):
        texts("ar", file)


def test_blanks_are_filled() -> None:
    assert say("en", "page_number", 3) == "Page 3"
