from pipeline.enrich.language import UNDETERMINED, Language, Languages, languages

ARABIC = "قال الوزير إن الحكومة ستعلن خطتها الجديدة لدعم المزارعين في الأسبوع المقبل."
ENGLISH = "The minister said that the government would announce its new plan next week."


def test_an_article_of_one_language():
    found = languages([ARABIC, "", ARABIC])

    assert found.main.code == "ar"
    assert found.main.confidence > 0.99
    assert found.others == {}


def test_the_main_language_has_most_letters_and_others_have_their_share():
    found = languages([ARABIC, ENGLISH, ARABIC, ARABIC])

    assert found.main.code == "ar"
    assert list(found.others) == ["en"]
    assert 0.2 < found.others["en"] < 0.35


def test_paragraphs_that_cannot_be_told_count_for_no_language():
    found = languages(["دمشق", ENGLISH, "Paris", "2018", "سوريا"])

    assert found.main.code == "en"
    assert found.others == {}


def test_short_paragraphs_are_told_together():
    lines = ["سوريا", "لبنان", "دمشق", "بيروت", "حلب"]

    assert languages(lines[:1]).main.code == UNDETERMINED
    assert languages(lines).main.code == "ar"


def test_no_letters_is_no_language():
    assert languages([]) == languages(["", "12", "…"]) == Languages(Language(UNDETERMINED, 0.0), {})
