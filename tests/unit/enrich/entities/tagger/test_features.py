from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger.features import EDGE, evidence, evident, read, word


def test_spelling_variants_have_the_same_word():
    assert read("أحمد").folded == read("احمد").folded == read("أَحْمَد").folded


def test_a_word_offers_its_stem_without_clitics():
    assert "stem=لندن" in word("ولندن")["outer"]


def test_a_foreign_name_is_known_in_another_spelling():
    assert "is=foreign~" in word("فيرغسون")["wide"]
    assert "is=foreign~" in word("فيركسون")["wide"]


def test_signs_and_numbers_have_a_shape_only():
    assert word("،") == {"wide": ("shape=،",)}
    assert word("2007") == word("٢٠٢٤") == {"wide": ("shape=D",)}


def test_an_edge_is_no_word():
    assert word(EDGE) == {"wide": ("edge",)}


def test_evidence_says_source_type_and_place():
    town = Entity("باريس", "location", "Q90")
    spans = [Span(0, 1, 0, "location", town), Span(2, 4, 0, "person"), Span(4, 5, 0, "location", town, certain=False)]
    assert evidence(5, spans) == ["known-location-BE", "-", "rule-person-B", "rule-person-IE", "weak-location-BE"]


def test_where_nothing_was_found_there_are_no_features():
    assert evident("-", "-", "-", "title", "-") == ()
