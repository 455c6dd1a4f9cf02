from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger.features import EDGE, Word, analyse, evidence, evident


def test_spelling_variants_have_the_same_word():
    assert len({analyse(written)[1] for written in ("أحمد", "احمد", "أَحْمَد")}) == 1


def test_a_word_offers_its_stem_without_clitics():
    assert "stem=لندن" in analyse("ولندن")[0].outer


def test_a_foreign_name_is_known_in_another_spelling():
    assert "is=foreign~" in analyse("فيرغسون")[0].wide
    assert "is=foreign~" in analyse("فيركسون")[0].wide


def test_signs_and_numbers_have_a_shape_only():
    assert analyse("،")[0] == Word([], ["shape=،"], spelled=False)
    assert analyse("2007")[0] == analyse("٢٠٢٤")[0] == Word([], ["shape=D"], spelled=False)


def test_an_edge_is_no_word():
    assert analyse(EDGE)[0] == Word([], ["edge"], spelled=False)


def test_evidence_says_source_type_and_place():
    town = Entity("باريس", "location", "Q90")
    spans = [Span(0, 1, 0, "location", town), Span(2, 4, 0, "person"), Span(4, 5, 0, "location", town, certain=False)]
    assert evidence(spans) == {
        0: "known-location-BE",
        2: "rule-person-B",
        3: "rule-person-IE",
        4: "weak-location-BE",
    }


def test_where_nothing_was_found_there_are_no_features():
    assert evident("-", "-", "-", "title", "-") == ()


def test_a_word_of_nothing_but_marks_has_features():
    assert analyse("ـ")[0].wide
