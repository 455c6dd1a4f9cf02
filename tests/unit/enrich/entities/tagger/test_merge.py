from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger import merge as merging
from pipeline.enrich.entities.tagger.tag import Tagged, TaggedSpan
from pipeline.enrich.entities.tokens import tokenize

TOKENS = tokenize("واحد اثنان ثلاثة أربعة خمسة")
TOWN = Entity("واحد", "location", "Q1")
UNIVERSITY = Entity("جامعة", "organization", "Q2")
LISTED = Entity("واحد", "location", kind="settlement")


def merge(known, names, lead=-9.0):
    tagged = Tagged([TaggedSpan(*name) for name in names], [lead] * len(known))
    return [(span.first, span.last, span.type, span.entity) for span in merging.merge(TOKENS, known, tagged)]


def test_the_tagger_decides_how_far_a_name_goes():
    assert merge([Span(0, 1, 0, "location", TOWN)], [(0, 2, "location")]) == [(0, 2, "location", None)]


def test_a_name_that_both_found_keeps_its_entity():
    assert merge([Span(0, 1, 0, "location", TOWN)], [(0, 1, "location")]) == [(0, 1, "location", TOWN)]


def test_a_weak_name_is_certain_only_if_the_tagger_is_sure():
    span = Span(0, 1, 0, "location", TOWN, certain=False)
    merge([span], [(0, 1, "location")], lead=3.0)
    assert not span.certain
    merge([span], [(0, 1, "location")], lead=7.0)
    assert span.certain


def test_a_place_with_an_identity_stays_though_the_tagger_passed_over_it():
    assert merge([Span(0, 1, 0, "location", TOWN)], []) == [(0, 1, "location", TOWN)]


def test_a_place_of_a_mere_list_needs_the_context():
    span = Span(0, 1, 0, "location", LISTED)
    assert merge([span], [], lead=-1.0) == []
    assert merge([span], [], lead=3.0) == [(0, 1, "location", LISTED)]


def test_a_first_and_a_family_name_need_less_than_other_words(monkeypatch):
    monkeypatch.setattr(f"{__name__}.TOKENS", tokenize("هلال الحجري"))
    assert merge([Span(0, 2, 0, "person")], [], lead=-2.0) == [(0, 2, "person", None)]
    monkeypatch.setattr(f"{__name__}.TOKENS", tokenize("صائب لقان"))
    assert merge([Span(0, 2, 0, "person")], [], lead=-2.0) == []


def test_a_town_inside_a_known_institution_is_not_counted_twice():
    span = Span(0, 2, 0, "organization", UNIVERSITY)
    assert merge([span], [(1, 2, "location")]) == [(0, 2, "organization", UNIVERSITY)]


def test_a_certain_name_is_not_cut_up():
    span = Span(0, 3, 0, "organization", UNIVERSITY)
    assert merge([span], [(1, 3, "organization")]) == [(0, 3, "organization", UNIVERSITY)]


def test_a_name_in_two_parts_stays_one():
    person = Entity("فلان", "person", "Q3")
    span = Span(0, 5, 0, "person", person)
    assert merge([span], [(0, 4, "person"), (4, 5, "person")]) == [(0, 5, "person", person)]


def test_a_title_may_be_left_out_of_a_known_name(monkeypatch):
    monkeypatch.setattr(f"{__name__}.TOKENS", tokenize("الملك فلان الثاني"))
    span = Span(0, 3, 0, "person", Entity("فلان", "person", "Q3"))
    assert merge([span], [(1, 3, "person")]) == [(1, 3, "person", None)]


def test_a_demonym_is_no_name(monkeypatch):
    monkeypatch.setattr(f"{__name__}.TOKENS", tokenize("دفاع جوي بلغاري"))
    assert merge([], [(2, 3, "person")]) == []


def test_spans_come_in_order_and_never_overlap():
    known = [Span(0, 1, 0, "location", TOWN), Span(2, 5, 0, "organization", UNIVERSITY)]
    found = merge(known, [(1, 3, "person"), (4, 5, "person")])
    assert [span[:2] for span in found] == sorted(span[:2] for span in found)
    places = [place for first, last, *_ in found for place in range(first, last)]
    assert len(places) == len(set(places))


def test_what_a_doubted_rule_holds_is_believed():
    person = Entity("اثنان ثلاثة", "person", "Q3")
    inside = Span(1, 3, 0, "person", person)
    span = Span(0, 3, 0, "organization", inside=(inside,))
    assert merge([span], []) == [(1, 3, "person", person)]
    assert merge([span], [(2, 3, "location")]) == [(1, 3, "person", person)]


def test_what_a_believed_rule_holds_is_no_name_of_its_own():
    span = Span(0, 3, 0, "organization", inside=(Span(1, 3, 0, "person", Entity("اثنان ثلاثة", "person", "Q3")),))
    assert merge([span], [], lead=3.0) == [(0, 3, "organization", None)]
    assert merge([span], [(0, 3, "organization")]) == [(0, 3, "organization", None)]
