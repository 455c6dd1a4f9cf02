import time
from pathlib import Path

import pytest

from pipeline.enrich.entities.entity import Alias, Entity
from pipeline.enrich.entities.gazetteer import Gazetteer, gazetteer
from pipeline.enrich.entities.tokens import tokenize
from pipeline.errors import KnowledgeError
from pipeline.knowledge import Row

SYRIA = Entity("سوريا", "location", "Q858", "country", "SY")
IRAQ = Entity("العراق", "location", "Q796", "country", "IQ")
GROUP = Entity("تنظيم الدولة الإسلامية", "organization")
CHANNEL = Entity("قناة العراق", "organization")


def alias(text: str, entity: Entity, *, weak: bool = False, line: int = 7) -> Alias:
    return Alias(text, weak, entity, Row(Path("list.tsv"), line, {}))


def found(names: Gazetteer, text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text)
    return [
        (text[tokens[match.first].start + match.offset : tokens[match.last - 1].end], match.candidates[0].entity.name)
        for match in names.find(tokens)
    ]


@pytest.fixture
def names() -> Gazetteer:
    names = Gazetteer()
    names.add([alias("سوريا", SYRIA), alias("العراق", IRAQ), alias("الدولة الإسلامية في العراق والشام", GROUP)])
    return names


def test_clitics_are_not_swallowed(names: Gazetteer) -> None:
    assert found(names, "بسوريا والعراق") == [("سوريا", "سوريا"), ("العراق", "العراق")]


def test_the_longest_name_wins_and_hides_what_is_inside(names: Gazetteer) -> None:
    assert found(names, "تنظيم الدولة الإسلامية في العراق والشام") == [
        ("الدولة الإسلامية في العراق والشام", "تنظيم الدولة الإسلامية")
    ]


def test_spelling_marks_line_ends_and_quotation_do_not_matter(names: Gazetteer) -> None:
    assert found(names, "الدولَة الاسلامية\nفي العراق والشام")[0][1] == GROUP.name
    assert found(names, "الدولة «الإسلامية» في العراق والشام")[0][1] == GROUP.name


def test_compound_names_match_in_one_word_and_in_two() -> None:
    names = Gazetteer()
    names.add([alias("عبد الله الثاني", Entity("عبد الله الثاني", "person"))])
    assert found(names, "عبدالله الثاني") == [("عبدالله الثاني", "عبد الله الثاني")]
    assert found(names, "عبد الله الثاني") == [("عبد الله الثاني", "عبد الله الثاني")]


def test_two_sure_meanings_are_refused_with_the_line(names: Gazetteer) -> None:
    with pytest.raises(KnowledgeError, match="line 9: 'العراق' already means العراق"):
        names.add([alias("العراق", CHANNEL, line=9)])


def test_a_weak_meaning_may_stand_beside_a_sure_one(names: Gazetteer) -> None:
    names.add([alias("العراق", CHANNEL, weak=True)])
    (match,) = names.find(tokenize("العراق"))
    assert {candidate.entity for candidate in match.candidates} == {IRAQ, CHANNEL}


def test_two_weak_meanings_of_one_type_are_refused() -> None:
    names = Gazetteer()
    names.add([alias("الحكيم", Entity("عمار الحكيم", "person"), weak=True)])
    with pytest.raises(KnowledgeError, match="already means عمار الحكيم"):
        names.add([alias("الحكيم", Entity("توفيق الحكيم", "person"), weak=True)])


def test_names_from_elsewhere_give_way_to_those_written_by_hand(names: Gazetteer) -> None:
    names.add([alias("سوريا", Entity("سوريا الصغيرة", "location"))], yields=True)
    assert found(names, "سوريا") == [("سوريا", "سوريا")]


def test_a_token_of_marks_only_matches_nothing(names: Gazetteer) -> None:
    assert found(names, "الدولة ـ الإسلامية") == []


def test_time_grows_with_the_text_not_with_its_square() -> None:
    names = Gazetteer()
    names.add([alias("ا " * 40 + "ب", SYRIA)])
    tokens = tokenize("ا " * 4_000)
    start = time.perf_counter()
    assert not list(names.find(tokens))
    assert time.perf_counter() - start < 2


def test_all_shipped_names_load_and_agree() -> None:
    assert gazetteer().lookup("سورية") == gazetteer().places("سوريا")[0]


@pytest.mark.parametrize("word", ["إلى", "أن", "مدينة", "الذي", "قال", "على", "كان", "بعد", "العام", "إطار", "الدورة"])
def test_plain_words_that_are_some_town_somewhere_are_not_sure_places(word: str) -> None:
    assert gazetteer().lookup(word) is None


@pytest.mark.parametrize(("name", "country"), [("الرقة", "SY"), ("طرابلس", "LY"), ("الموصل", "IQ"), ("صفاقس", "TN")])
def test_towns_that_share_a_name_go_to_the_best_known(name: str, country: str) -> None:
    place = gazetteer().lookup(name)
    assert place is not None
    assert place.country == country
