import pytest

from pipeline.clean import boundary
from pipeline.clean.boundary import best, candidates, closing_word, sentence_word


@pytest.mark.parametrize(
    ("headline", "after"),
    [
        ("ارتفاع أسعار القمح في الأسواق العالمية", "وقال الوزير إن الدعم سيبدأ مطلع الشهر المقبل."),
        ("هل تكفي مياه السدود لموسم آخر؟", "كان المزارعون قد طالبوا بتأجيل الأقساط هذا العام."),
        ("خلاف على توزيع البذار المدعومة", "من جهته، أوضح المدير أن القوائم جاهزة منذ أسبوع."),
    ],
)
def test_a_headline_ends_where_prose_begins(headline: str, after: str) -> None:
    place, chance = best(candidates(f"{headline} {after}", 0))
    assert place.end == len(headline)
    assert 0 < chance <= 1


def test_every_candidate_ends_behind_a_word_and_has_all_features() -> None:
    text = "جفاف يضرب سهول الشمال ويهدد المحاصيل"
    found = candidates(text, 0)
    assert [text[: place.end].split()[-1] for place in found] == text.split()
    assert {len(place.features) for place in found} == {len(boundary.FEATURES)}


def test_candidates_are_bounded_in_a_text_of_any_length() -> None:
    assert len(candidates("كلمة " * 10_000, 0)) == boundary.MOST_WORDS


def test_counted_words_tell_where_sentences_open() -> None:
    assert sentence_word("واكد") > 1
    assert sentence_word("الذي") < 0
    assert sentence_word("كلمةلاوجودلها") == closing_word("كلمةلاوجودلها") == 0
