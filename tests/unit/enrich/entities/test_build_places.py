import pytest

from pipeline.enrich.entities.build_places import TARGET, arabic_names, rows


@pytest.mark.parametrize("name", ["إلى", "أن", "مدينة", "الدورة", "سورية", "Ely", "تہران", "ڕەققە", "شيان-فو"])
def test_plain_words_and_other_languages_are_no_arabic_names(name: str) -> None:
    assert arabic_names({"alternatenames": [name]}) == ()


def test_heads_are_taken_off_and_spellings_become_one() -> None:
    assert arabic_names({"alternatenames": ["مدينة درعا", "درعا", "ادرعا"]}) == ("درعا", "ادرعا")
    assert arabic_names({"alternatenames": ["أربيل", "اربيل"]}) == ("أربيل",)


@pytest.mark.slow
def test_the_shipped_towns_are_what_the_command_writes() -> None:
    lines = TARGET.read_text(encoding="utf-8").splitlines()
    shipped = [line for line in lines if not line.startswith("#")][1:]
    assert shipped == ["\t".join(row) for row in rows()]
