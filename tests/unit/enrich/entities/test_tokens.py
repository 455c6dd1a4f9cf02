from hypothesis import given
from hypothesis import strategies as st

from pipeline.arabic import WORD, fold
from pipeline.enrich.entities.tokens import folded_words, stems_of, tokenize, with_clitics

ARABIC = st.text(alphabet='ابتلكوفسعمندرهيىةأإءًُّـ \n.،()"0aZ', max_size=60)


@given(st.one_of(ARABIC, st.text(max_size=60)))
def test_each_token_stands_where_it_says(text: str) -> None:
    end = 0
    for token in tokenize(text):
        assert text[token.start : token.end] == token.text
        assert token.start >= end
        end = token.end


@given(st.one_of(ARABIC, st.text(max_size=60)))
def test_nothing_but_spaces_is_left_out(text: str) -> None:
    kept = "".join(token.text for token in tokenize(text))
    assert kept == "".join(character for character in text if not character.isspace())


@given(st.one_of(ARABIC, st.text(alphabet="aİIßĞ_ـَ'،2٣قة \u0307", max_size=40)))
def test_the_words_of_a_folded_text_need_no_second_search(text: str) -> None:
    assert folded_words(tokenize(text)) == WORD.findall(fold(text))


@given(ARABIC)
def test_a_stem_is_a_proper_part_of_its_word(text: str) -> None:
    for token in tokenize(text):
        for stem in token.stems:
            assert 0 <= stem.offset <= len(token.text)


def test_clitics_are_offered_in_every_reading() -> None:
    assert {stem.folded for stem in stems_of("وبلبنان")} == {"وبلبنان", "بلبنان", "لبنان"}
    assert "لبنان" in {stem.folded for stem in stems_of("ولبنان")}


def test_the_article_gets_its_alef_back_behind_lam() -> None:
    stems = {stem.folded: stem.offset for stem in stems_of("وللأمم")}
    assert stems["الامم"] == 3


def test_offsets_count_vowel_marks() -> None:
    written = "وَلُبنانُ"
    offset = next(stem.offset for stem in stems_of(written) if stem.folded == "لبنان")
    assert written[offset:] == "لُبنانُ"


def test_a_lone_tatweel_has_no_stem_to_match() -> None:
    assert [stem.folded for stem in stems_of("ـ")] == [""]


@given(st.text("وفبلكاسد", min_size=1) | st.sampled_from(["الأسد", "للأسد", "وللأسد", "وبالأسد", "فأسد", "والأسد"]))
def test_every_word_is_among_those_that_may_have_its_stems(word):
    for stem in stems_of(word):
        assert stems_of(word)[0].folded in with_clitics([stem.folded, "بشار الأسد"])
