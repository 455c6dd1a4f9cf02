from pipeline.enrich.entities.identify import identify
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import tokenize
from pipeline.enrich.mention import EntityType


def completed(text: str, first: int, last: int, kind: EntityType = "person") -> list[tuple[str, str | None]]:
    tokens = tokenize(text)
    return [
        (
            text[tokens[span.first].start + span.offset : tokens[span.last - 1].end],
            span.entity.name if span.entity else None,
        )
        for span in identify([Span(first, last, 0, kind)], tokens)
    ]


def test_a_known_name_gets_its_entity_and_loses_its_clitic() -> None:
    assert completed("وترامب يصل", 0, 1) == [("ترامب", "دونالد ترامب")]


def test_a_name_that_begins_like_a_clitic_stays_whole() -> None:
    assert completed("وليد يصل", 0, 1) == [("وليد", None)]
    assert completed("بلال القصير يصل", 0, 2) == [("بلال القصير", None)]


def test_the_conjunction_before_an_unknown_name_is_stripped() -> None:
    assert completed("وشتراسبرغر يصل", 0, 1) == [("شتراسبرغر", None)]


def test_a_word_of_the_text_itself_shows_what_is_a_clitic() -> None:
    assert completed("لشتراسبرغر كتاب عن شتراسبرغر", 0, 1) == [("شتراسبرغر", None)]


def test_two_people_joined_by_and_are_parted() -> None:
    assert completed("راكان العابد وعبدالعزيز الدوسري", 0, 4) == [
        ("راكان العابد", None), ("عبدالعزيز الدوسري", None),
    ]  # fmt: skip


def test_punctuation_and_bare_nationalities_are_no_names() -> None:
    assert completed("* الملعب الجديد", 0, 3, "organization") == [("الملعب الجديد", None)]
    assert completed("روسي", 0, 1) == []
    assert completed("دفاع جوي روسي", 1, 3) == []
    assert completed("( )", 0, 2) == []


def test_a_title_behind_a_name_is_not_part_of_it() -> None:
    assert completed("ماجد السلماوي أمير المنطقة", 0, 3) == [("ماجد السلماوي", None)]


def test_a_title_that_is_a_family_name_too_stays() -> None:
    assert completed("مقتل جنى محمد السيد للحكم", 1, 4) == [("جنى محمد السيد", None)]
    assert completed("رأي المحكمة العليا القاضي سالم", 1, 4, "organization") == [("المحكمة العليا", None)]


def test_a_name_goes_on_behind_a_particle() -> None:
    assert completed("عبد اللطيف آل الشيخ", 0, 3) == [("عبد اللطيف آل الشيخ", None)]


def test_what_is_surely_an_agency_or_a_country_is_no_other_thing() -> None:
    assert completed("الأناضول", 0, 1, "location") == [("الأناضول", "وكالة الأناضول")]
    assert completed("روسيا", 0, 1, "organization") == [("روسيا", "روسيا")]


def test_an_adverb_is_no_name() -> None:
    assert completed("روسيًا", 0, 1, "location") == []


def test_what_brings_in_another_name_is_no_part_of_it() -> None:
    assert completed("عبد الله عثمان محمد المعروف بلقبه", 0, 5) == [("عبد الله عثمان محمد", None)]


def test_words_before_a_name_that_say_whose_friend_it_is_are_no_part_of_it() -> None:
    assert completed("قال لي الدهيبي", 1, 3) == [("الدهيبي", None)]
    assert completed("باعت جارتي أم حسين ذهبها", 1, 4) == [("أم حسين", None)]


def test_a_second_name_with_din_is_no_plural() -> None:
    assert completed("قال وليد جمال الدين", 1, 4) == [("وليد جمال الدين", None)]
    assert completed("شكر وليد جمال المانحين", 1, 4) == [("وليد جمال", None)]


def test_an_inquiry_bears_its_chairs_name() -> None:
    assert completed("قالت لجنة فينوغراد", 2, 3) == [("لجنة فينوغراد", None)]


def test_a_name_that_is_a_town_too_is_the_town_behind_in() -> None:
    assert completed("وصل إلى القصر في سانتياغو", 4, 5) == [("سانتياغو", "سانتياغو")]
