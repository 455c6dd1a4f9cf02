"""What stands around the title is told apart: decks, photos without a mark, writers, places; the reason is asserted."""

import pytest

from pipeline.clean.cleaner import clean_text

TITLE = "البلدية تبدأ صيانة الجسر القديم"
BODY = (
    "أعلنت البلدية بدء أعمال صيانة الجسر القديم، على أن تستمر حتى نهاية الشهر المقبل.",
    "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل.",
    "وكان الجسر قد أغلق مرتين في العام الماضي بسبب تشققات في دعائمه.",
)


def cut(line: str, *head: str) -> tuple[str, str]:
    """Kind and reason with which a line goes."""
    article = clean_text("\n".join([*head, *BODY]))
    return next((span.kind, span.reason) for span in article.removed if span.text == line)


@pytest.mark.parametrize(
    "photo", ["عمال يفحصون دعائم الجسر القديم", "الجسر القديم خلال أعمال الصيانة", "رافعة فوق الجسر القديم"]
)
def test_a_line_under_the_title_that_reads_like_a_photo_is_its_caption(photo: str) -> None:
    assert cut(photo, TITLE, photo, "5 مارس 2024")[0] == "caption"
    assert clean_text("\n".join([TITLE, photo, "5 مارس 2024", *BODY])).captions == (photo,)


def test_another_line_under_the_title_is_a_deck() -> None:
    deck = "السير يتحول إلى الطريق الدائري ليلا"
    assert cut(deck, TITLE, deck)[0] == "other"
    assert cut(deck, TITLE, deck, "5 مارس 2024")[0] == "other"


def test_a_deck_that_takes_up_more_of_the_article_is_not_the_title() -> None:
    deck = "أعمال الصيانة تحول حركة السير إلى الطريق الدائري"
    assert clean_text("\n".join([TITLE, deck, "5 مارس 2024", *BODY])).title == TITLE


def test_a_kicker_above_the_title_is_not_the_title() -> None:
    article = clean_text("\n".join(["بعد إغلاق الجسر مرتين", f"{TITLE} وتحول السير ليلا", *BODY]))
    assert article.title == f"{TITLE} وتحول السير ليلا"


@pytest.mark.parametrize("line", ["سمير عطوي", "سمير عطوي من طرابلس"])
def test_a_writer_above_the_title_signs_it(line: str) -> None:
    assert cut(line, "محليات", line, "5 مارس 2024", TITLE) == ("byline", "a name above the title")


def test_a_place_and_an_outlet_go_as_a_byline() -> None:
    line = "بغداد/ دجلة اليوم"
    assert cut(line, TITLE, "5 مارس 2024", line)[0] == "byline"
    assert clean_text("\n".join([TITLE, "5 مارس 2024", line, *BODY])).outlet == "دجلة اليوم"


def test_a_place_and_an_agency_are_a_dateline() -> None:
    assert cut("صنعاء - سبأ :", TITLE, "صنعاء - سبأ :")[0] == "dateline"


def test_two_or_three_of_the_articles_words_alone_are_a_photos_label_and_no_writer() -> None:
    article = clean_text("\n".join([TITLE, "5 مارس 2024", "صيانة الجسر", *BODY]))
    assert (article.captions, article.authors) == (("صيانة الجسر",), ())
