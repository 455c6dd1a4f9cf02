from pathlib import Path

import pytest

from pipeline.enrich.entities import lists
from pipeline.errors import KnowledgeError


def test_names_are_known_in_thousands() -> None:
    assert len(lists.given_names() | lists.family_names()) > 3_000


def test_the_preposition_and_particles_are_no_names() -> None:
    assert not lists.given_names() & {"ان", "في", "من", "الي"}


@pytest.mark.parametrize("form", ["امريكي", "الامريكيه", "الاميركيين", "الاتراك", "السوريه"])
def test_every_form_of_a_nationality_is_known(form: str) -> None:
    assert form in lists.nationalities()


def test_a_title_counts_with_all_its_words() -> None:
    assert lists.title_length(["وزير", "الخارجيه", "سيرغي"]) == 2
    assert lists.title_length(["سيرغي"]) == 0


def test_a_head_that_is_neither_inside_nor_outside_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "place_heads.tsv").write_text("words\tkind\tinside\nمدينة\ttown\tmaybe\n", encoding="utf-8")
    monkeypatch.setattr(lists, "DATA", tmp_path)
    with pytest.raises(KnowledgeError, match="line 2: inside is 'maybe'"):
        lists.place_heads.__wrapped__()
