import pytest

from pipeline.clean.cleaner import clean_text
from pipeline.clean.outlets import known_outlet, named_in

BODY = (
    "أعلنت البلدية بدء أعمال صيانة الجسر القديم، على أن تستمر حتى نهاية الشهر المقبل.\n"
    "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل.\n"
    "وكان الجسر قد أغلق مرتين في العام الماضي بسبب تشققات في دعائمه."
)


def outlet(above: str = "", below: str = "") -> str | None:
    return clean_text(f"{above}\nالبلدية تبدأ صيانة الجسر القديم\n\n{BODY}\n\n{below}").outlet


def test_known_names_are_told_with_and_without_the_word_for_a_paper() -> None:
    assert known_outlet("«الشرق الأوسط»") == "الشرق الأوسط"
    assert known_outlet("صحيفة الغد") == "الغد"
    assert known_outlet("سوق الخضار") is None
    assert named_in("دورية قرب الحدود (عنب بلدي)") == "عنب بلدي"


@pytest.mark.parametrize(
    ("below", "name"),
    [
        ("جميع الحقوق محفوظة لصحيفة ضفاف النهر © 2023", "ضفاف النهر"),
        ("حمّل تطبيق ضفاف النهر من المتجر", "ضفاف النهر"),
        ("© 2023 Levant Matin. Tous droits réservés", "Levant Matin"),
        ("Cedar Dispatch, all rights reserved", "Cedar Dispatch"),
    ],
)
def test_a_copyright_notice_names_the_outlet(below: str, name: str) -> None:
    assert outlet(below=below) == name


def test_a_name_above_the_page_counts_when_it_is_named_again() -> None:
    assert outlet(above="صدى النهر", below="مقالات متعلقة\nادعم صدى النهر\nاضغط هنا للمساهمة") == "صدى النهر"


def test_an_outlet_that_the_text_quotes_is_not_the_files_own() -> None:
    assert clean_text(f"{BODY}\nوذلك بحسب ما نقلت قناة العربية عن مصدر في البلدية.").outlet is None


def test_an_agency_is_no_outlet() -> None:
    assert outlet(below="المصدر: رويترز") is None


def test_a_legal_name_gives_way_to_what_it_is_short_for() -> None:
    notice = "جميع الحقوق محفوظة لمؤسسة ضفاف النهر للصحافة والنشر"
    assert outlet(above="ضفاف النهر", below=notice) == "ضفاف النهر"
    assert outlet(below=notice) == "مؤسسة ضفاف النهر للصحافة والنشر"


def test_a_name_may_hold_a_number_but_no_year() -> None:
    assert outlet(below="© 2023 ضفاف 24 - جميع الحقوق محفوظة") == "ضفاف 24"


def test_a_notice_on_the_articles_last_line_names_the_outlet() -> None:
    assert clean_text(f"{BODY} جميع الحقوق محفوظة لصحيفة ضفاف النهر 2023").outlet == "ضفاف النهر"


def test_a_section_offered_for_more_is_no_outlet() -> None:
    assert outlet(below="المزيد من محليات\nمواضيع:\nمحليات") is None


def test_a_name_in_the_pages_script_goes_before_the_publishers_in_latin_letters() -> None:
    assert outlet(above="ضفاف بالعربية", below="© 2023 Riverbank Broadcasting. All rights reserved") == "ضفاف بالعربية"


def test_the_outlet_behind_its_publishers_legal_name_is_taken() -> None:
    assert outlet(below="© 2020 مجموعة الضفاف للنشر - ضفاف النهر") == "ضفاف النهر"
