import pytest

from pipeline.clean.html.prose import is_prose, is_sentence, worth

SENTENCES = [
    "أعلنت البلدية انتهاء أعمال ترميم السوق القديم.",
    "به گزارش خبرنگار ما، بارش‌ها کمتر شده است.",
    "وفاقی وزیر نے کہا کہ سروس شروع ہوگی۔",
    "Le tribunal a suspendu le permis hier.",
]
LABELS = ["اقرأ أيضا", "الأكثر قراءة", "Most read", "12 مايو 2024", "مدير السوق القديم سامي الخوري"]


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_prose_in_any_language(text: str) -> None:
    words = text.count(" ") + 1
    assert is_prose(text, words, 0.0)
    assert is_sentence(text, words)
    assert worth(len(text), words, 0.0, True) == len(text)


@pytest.mark.parametrize("text", LABELS)
def test_labels_are_not(text: str) -> None:
    words = text.count(" ") + 1
    assert not is_prose(text, words, 0.0)
    assert not is_sentence(text, words)


def test_a_sentence_in_a_link_speaks_against_the_article() -> None:
    assert not is_prose(SENTENCES[0], 7, 1.0)
    assert worth(len(SENTENCES[0]), 7, 1.0, False) < 0
