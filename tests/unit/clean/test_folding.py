from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.arabic import WORD, fold
from pipeline.clean.folding import fold_words
from pipeline.clean.words import folded_words

ANY_TEXT = st.text(max_size=80) | st.text(alphabet="اأإةى٣و_ \n،.-aÉßİΣﷺ\u064b\u0640\u200c😀𝐀", max_size=80)


def one_by_one(text: str) -> list[str]:
    return [word for word in map(fold, WORD.findall(text)) if word]


@given(ANY_TEXT)
@example("كتبَ ـ أحمد، ٢٠١٨")
def test_a_text_at_one_stroke_has_the_words_that_it_has_one_by_one(text: str) -> None:
    folded = fold_words(text)
    assert folded is None or folded.split() == one_by_one(text)


@given(ANY_TEXT, st.integers(0, 8))
def test_the_first_words_are_the_same_whatever_the_text_s_length(text: str, most: int) -> None:
    words = [word for word in one_by_one(text) if word != "_"][:most]
    assert folded_words(text, most) == words
    assert folded_words(f"{text}{' ' * 50}", most) == words
    assert folded_words(f"{text}{' ' * 5_000}", most) == words


def test_letters_whose_lower_case_is_none_of_the_table_s_are_left_to_a_closer_look() -> None:
    assert fold_words("İzmir") is fold_words("ΟΔΟΣ") is fold_words("𝐀") is None
    assert folded_words("في İzmir اليوم مع 😀 أصدقاء كثيرين من ΟΔΟΣ") == (
        ["في", "i̇zmir", "اليوم", "مع", "اصدقاء", "كثيرين", "من", "οδος"]
    )
