"""Fields come from lines that state them, wherever these stand; nothing is made up."""

import pytest

from pipeline.clean.cleaner import clean_page, clean_text

TITLE = "البلدية تبدأ صيانة الجسر القديم"
BODY = (
    "أعلنت البلدية بدء أعمال صيانة الجسر القديم، على أن تستمر حتى نهاية الشهر المقبل.",
    "وقال رئيس البلدية إن حركة السير ستحول إلى الطريق الدائري خلال ساعات الليل.",
    "وكان الجسر قد أغلق مرتين في العام الماضي بسبب تشققات في دعائمه.",
)


def read(head: list[str], foot: list[str]) -> tuple[str | None, tuple[str, ...], str | None, str | None]:
    article = clean_text("\n".join([*head, *BODY, *foot]))
    return article.published_at, article.authors, article.outlet, article.section


def test_a_date_right_below_the_article_is_its_own() -> None:
    assert read([TITLE], ["شارك", "17.10.2021 08:20"])[0] == "2021-10-17T08:20"


def test_a_year_is_worked_out_by_weekday_and_a_date_far_down_in_the_article() -> None:
    below = "وكانت الجولة السابقة قد انتهت في 12 سبتمبر 2021 من دون اتفاق بين الجانبين على موعد جديد."
    article = clean_text("\n".join([TITLE, "الأحد 17 أكتوبر", *BODY, below]))
    assert (article.published_at, article.published_inferred) == ("2021-10-17", True)


def test_a_date_below_other_articles_is_not() -> None:
    assert read([TITLE], ["مواضيع ذات صلة", "افتتاح مدرسة جديدة في الحي الشرقي", "17.10.2021 08:20"])[0] is None


@pytest.mark.parametrize(
    "line", ["يونيو 12, 2023 بواسطة سمير عطوي", "سمير عطوي، في 12 يونيو 2023", "12 يونيو 2023 - كتب: سمير عطوي"]
)
def test_a_line_may_state_writer_and_date(line: str) -> None:
    assert read([TITLE, line], [])[:2] == ("2023-06-12", ("سمير عطوي",))


@pytest.mark.parametrize(
    ("head", "section"),
    [
        (["أخبار|سوريا", TITLE], "سوريا"),
        ([f"ثقافي / {TITLE}"], "ثقافي"),
        (["الرئيسية | محليات | تقارير | رياضة | كتابات", "الرئيسية > محليات", TITLE], "محليات"),
        (["الرئيسية", "جهويات", TITLE], "جهويات"),
        (["الرئيسية", "/", "محليات", "سمير عطوي", TITLE], "محليات"),
        ([TITLE, "في تكنولوجيا", "5 مارس 2024"], "تكنولوجيا"),
        (["سياسة", "اقتصاد", "رياضة", "ثقافة", TITLE], None),
    ],
)
def test_the_section_is_what_stands_by_the_title_and_no_menu(head: list[str], section: str | None) -> None:
    assert read(head, [])[3] == section


@pytest.mark.parametrize(
    ("notice", "outlet"),
    [
        ("كل الحقوق محفوظة لأسبوعية الجنوب 2022", "أسبوعية الجنوب"),
        ("جميع الحقوق محفوظة لبنان الحر 2022", "لبنان الحر"),
        ("حقوق النشر محفوظة © 2025 صحيفة ضفة النهر", "ضفة النهر"),
        ("تمامی حقوق این سایت متعلق به روزنامه پگاه است.", "روزنامه پگاه"),
    ],
)
def test_a_notice_names_the_outlet_without_what_is_written_onto_it(notice: str, outlet: str) -> None:
    assert read([TITLE], [notice])[2] == outlet


def test_a_page_that_states_no_title_has_the_line_above_its_text() -> None:
    lines = "<br><br>".join(f"<font size=3>{line}</font>" for line in BODY)
    page = f"<html><body><table><tr><td><b><font size=5>{TITLE}</font></b><br>{lines}</td></tr></table></body></html>"
    article = clean_page(page)
    assert article.title == TITLE
    assert article.body.split("\n") == list(BODY)


def test_a_known_outlet_alone_under_the_title_is_the_outlet_and_an_agency_is_not() -> None:
    article = "وفاة تسعة بالكوليرا في شرق البلاد\n{}\n13 أغسطس، 2024\n" + "\n".join(BODY)
    assert clean_text(article.format("سودان تربيون")).outlet == "سودان تربيون"
    assert clean_text(article.format("رويترز")).outlet is None


def test_where_a_translation_was_published_before_dates_it_no_more_than_it_names_it() -> None:
    text = f"{TITLE}\nنُشر هذا المقال في مجلة النيل بتاريخ 4 أيلول 2023\nتأليف: سمير عطوي\n12 أيلول 2023\n" + "\n".join(
        BODY
    )
    article = clean_text(text)
    assert (article.title, article.published_at, article.authors) == (TITLE, "2023-09-12", ("سمير عطوي",))


def test_an_outlet_and_who_follows_it_is_no_writer() -> None:
    article = clean_text(f"{TITLE}\nنص: فرانس24 تابِع | فرانس24\n5 مارس 2024\n" + "\n".join(BODY))
    assert (article.authors, article.outlet) == ((), "فرانس24")
