from pipeline.clean.sections import is_section, section_by_title, stated_section
from pipeline.clean.words import folded_words


def test_names_of_sections_are_known_in_any_spelling() -> None:
    assert is_section(folded_words("رياضة"))
    assert is_section(folded_words("أخبار البحرين"))
    assert not is_section(folded_words("هزيمة ثقيلة"))


def test_a_breadcrumb_states_its_last_known_section() -> None:
    assert stated_section("الرئيسية » أخبار » اقتصاد") == "اقتصاد"
    assert stated_section("Accueil > Société") == "Société"
    assert stated_section("الرئيسية") is None


def test_a_label_states_a_section() -> None:
    assert stated_section("القسم: حوادث") == "حوادث"


def test_two_sections_joined_by_and_are_one() -> None:
    assert is_section(folded_words("بيئة ومناخ"))
    assert not is_section(folded_words("بيئة وتحديات"))


def test_a_rare_name_is_a_section_but_makes_no_menu() -> None:
    assert is_section(folded_words("الفضاء"))
    assert not is_section(folded_words("الفضاء"), common=True)


def test_a_path_is_parted_by_one_mark_so_that_its_headline_stays_whole() -> None:
    assert stated_section("الرئيسية/محليات/الصحة: إصابات جديدة في المدينة") == "محليات"


def test_a_headline_with_a_country_and_a_number_states_no_section() -> None:
    assert section_by_title("الأردن: كتلة هوائية قطبية وثلوج متوقعة فوق 900 متر مساء الأربعاء") is None
    assert section_by_title("ثقافة | 1532 مشاهدة | 2 ديسمبر, 2020") == "ثقافة"
