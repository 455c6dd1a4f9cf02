"""Each block that structure cuts is cut for the reason that stands here."""

import pytest

from pipeline.clean.html import Page, read_page

TITLE = "افتتاح السوق القديم في بيت النهر"
FIRST = "أعلنت البلدية صباح اليوم انتهاء أعمال ترميم السوق القديم بعد ثلاث سنوات من الأشغال المتواصلة."
SECOND = "وقال رئيس البلدية إن المشروع كلف مليوني دولار، مولت معظمها هيئات مانحة ومغتربون من أبناء البلدة."
THIRD = "ويأمل الأهالي أن يعيد السوق الحركة إلى وسط البلدة الذي شهد ركوداً طويلاً في الأعوام الماضية."


def page(inside: str = "", *, before: str = "", after: str = "", head: str = "") -> Page:
    return read_page(
        f"<html><head><title>{TITLE} | منبر الساحل</title>{head}</head><body>{before}<article><h1>{TITLE}</h1>"
        f"<p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{THIRD}</p></article>{after}</body></html>"
    )


def cut(page: Page, text: str) -> tuple[str, str]:
    (found,) = [(removed.kind, removed.reason) for removed in page.removed if removed.text == text]
    return found


def body(page: Page) -> list[str]:
    return [block.text for block in page.blocks]


TEASER = "بلدية تمنع وقوف السيارات في الساحة"


@pytest.mark.parametrize(
    ("html", "text", "kind", "reason"),
    [
        ("<nav><a href=1>رياضة</a></nav>", "رياضة", "navigation", "nav element"),
        (f"<aside>{TEASER}</aside>", TEASER, "related", "aside element"),
        ("<button>انسخ الرابط</button>", "انسخ الرابط", "widget", "button element"),
        ("<div class='addthis_toolbox'>انشر</div>", "انشر", "share", "class addthis_toolbox"),
        ("<div id='ad-slot-3'>مساحة</div>", "مساحة", "ad", "id ad-slot-3"),
        ("<div style='display:none'>نسخة</div>", "نسخة", "widget", "hidden from readers"),
        ("<span class='sr-only'>تخطى</span>", "تخطى", "widget", "class sr-only"),
        ("<amp-ad>مساحة</amp-ad>", "مساحة", "ad", "amp-ad element"),
        ("<section aria-labelledby='podcast'>بودكاست</section>", "بودكاست", "widget", "aria-labelledby podcast"),
        ("<div class=newsletter><p>رسالة كل صباح</p></div>", "رسالة كل صباح", "subscription", "class newsletter"),
        ("<figure><img><figcaption>السوق</figcaption></figure>", "السوق", "caption", "figcaption element"),
        ("<figure><img><p>السوق ليلا</p></figure>", "السوق ليلا", "caption", "in a figure"),
        (
            "<figure><img><span>رويترز</span><figcaption>السوق</figcaption></figure>",
            "رويترز",
            "source-credit",
            "in a figure, beside its caption",
        ),
        (
            "<table align=left width=200><tr><td><img></td></tr><tr><td>رئيس البلدية</td></tr></table>",
            "رئيس البلدية",
            "caption",
            "alone with an image in one table",
        ),
        ("<img src=x><p class=q>السوق بعد الترميم</p>", "السوق بعد الترميم", "caption", "right below an image"),
        (f"<p><a href=1>{TEASER}</a></p>", TEASER, "related", "a line that is all link (6 words)"),
        (
            f"<div class=k><h3><a href=1>{TEASER}</a></h3><div>قبل يومين</div></div>",
            "قبل يومين",
            "related",
            "a card: a linked heading and a little text",
        ),
        (
            "<div class=k><b>ملفات</b><p><a href=1>خبر أول</a><p><a href=2>خبر ثان</a><p><a href=3>خبر</a></div>",
            "خبر ثان",
            "related",
            "3 of 4 lines are links",
        ),
        (
            "<div class=k><p>التعليقات</p><div>أبو سامر</div><div>الله يبارك لكم في هذا السوق الجميل</div></div>",
            "أبو سامر",
            "comments",
            "a box headed 'التعليقات'",
        ),
        ("<div class=k><label>الاسم</label><input></div>", "الاسم", "widget", "a form of 1 fields"),
        (f"<h2>{TITLE}</h2>", TITLE, "title-repeat", "says the title again"),
    ],
)
def test_a_block_inside_the_article_is_cut_and_says_why(html: str, text: str, kind: str, reason: str) -> None:
    found = page(html)
    reasons = {(removed.kind, removed.reason) for removed in found.removed if removed.text == text}
    assert (kind, reason) in reasons
    assert body(found) == [FIRST, SECOND, THIRD]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>عودة التجار</h2>",
        "<ul><li>ستون محلاً</li><li>مسجد</li></ul>",
        "<table><tr><td>حارس المرمى</td><td>أيهم سعيد</td></tr></table>",
        "<blockquote class='twitter-tweet'><p>ما أجمل السوق!</p></blockquote>",
        "<p>يا دارُ ما فعلتْ بكِ الأيامُ<br>لم يبقَ فيكِ بشاشةٌ تُستامُ</p>",
        "<p><b>وأضاف</b> لموقعنا <a href=x>المحلي</a>: سنفتح الأبواب غداً.</p>",
    ],
    ids=["sub-heading", "list", "table", "tweet", "verse", "link in a sentence"],
)
def test_what_belongs_to_the_article_stays(html: str) -> None:
    found = page(html)
    assert len(body(found)) > 3
    assert not [removed for removed in found.removed if removed.kind in ("related", "widget", "navigation")]


def test_the_title_leaves_the_body_and_says_where_it_was_found() -> None:
    assert cut(page(), TITLE) == ("title-repeat", "the title (h1, title)")


def test_a_date_below_the_title_is_cut_and_kept_for_a_reader_of_dates() -> None:
    found = read_page(
        f"<title>{TITLE}</title><h1>{TITLE}</h1><div>الثلاثاء 9/5/2023</div><p>{FIRST}</p><p>{SECOND}</p>"
    )
    assert cut(found, "الثلاثاء 9/5/2023") == ("dateline", "a date between title and text")
    assert found.metadata.date_lines == ("الثلاثاء 9/5/2023",)


def test_a_subtitle_is_cut_and_a_first_sentence_set_apart_is_not() -> None:
    subtitle, lead = "الأعمال دامت ثلاث سنوات وكلفت مليوني دولار أميركي", "عاد السوق القديم إلى أصحابه بعد طول انتظار."
    found = page(before=f"<h1>{TITLE}</h1><h2>{subtitle}</h2>")
    assert subtitle not in body(found)
    apart = read_page(
        f"<title>{TITLE}</title><header><h1>{TITLE}</h1><p class=chapo>{lead}</p></header>"
        f"<div class=article-body><p>{FIRST}</p><p>{SECOND}</p></div>"
    )
    assert body(apart) == [lead, FIRST, SECOND]


def test_a_first_paragraph_that_the_excerpt_repeats_stands_once() -> None:
    found = read_page(
        f"<title>{TITLE}</title><h1>{TITLE}</h1><p class=excerpt>{FIRST}</p>"
        f"<div class=article-body><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div>"
    )
    assert body(found) == [FIRST, SECOND, THIRD]


def test_a_class_that_misnames_the_article_is_not_believed() -> None:
    found = read_page(f"<title>{TITLE}</title><div class='sidebar'><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></div>")
    assert body(found) == [FIRST, SECOND]


def test_a_name_of_buttons_around_the_article_is_not_believed_even_among_long_comments() -> None:
    comments = "".join(f"<div><p>{SECOND} {number}</p></div>" for number in range(20))
    found = read_page(
        f"<title>{TITLE}</title><h1>{TITLE}</h1><div id=share_box><p>{FIRST}</p><p>{THIRD}</p></div>"
        f"<div class=comments>{comments}</div>"
    )
    assert body(found) == [FIRST, THIRD]


def test_a_link_that_was_never_closed_is_no_link() -> None:
    found = read_page(f"<title>{TITLE}</title><h1>{TITLE}</h1><a href=#><img><p>{FIRST}</p>" + f"<p>{SECOND}</p>" * 9)
    assert body(found)[0] == FIRST


def test_a_second_article_below_is_another_one() -> None:
    one = f"<article class=s><h1>{TITLE}</h1><p>{FIRST}</p></article>"
    two = f"<article class=s><h1>حافلات ليلية إضافية للمصطافين</h1><p>{SECOND}</p><p>{THIRD}</p></article>"
    found = read_page(f"<title>{TITLE}</title><div>{one}{two}</div>")
    assert body(found) == [FIRST]
    assert cut(found, THIRD) == ("related", "another article, with a headline of its own")


def test_comments_without_a_name_are_known_by_their_dates() -> None:
    rows = "".join(f"<div class=k9><b>قارئ</b><i>{day} مايو 2023</i><br>{SECOND}</div>" for day in (9, 10))
    found = read_page(f"<title>{TITLE}</title><div><h1>{TITLE}</h1><p>{FIRST}</p><p>{THIRD}</p>{rows}</div>")
    assert body(found) == [FIRST, THIRD]
    assert ("comments", "one of several boxes alike, each with a date") in {(r.kind, r.reason) for r in found.removed}


def test_teasers_without_headings_are_known_by_their_likeness() -> None:
    rows = "".join(f"<div class=k9><div><a href={n}>{TEASER}</a></div><div>{SECOND}</div></div>" for n in range(3))
    found = read_page(f"<title>{TITLE}</title><div><h1>{TITLE}</h1><p>{FIRST}</p><p>{THIRD}</p>{rows}</div>")
    assert body(found) == [FIRST, THIRD]
    reasons = {(removed.kind, removed.reason) for removed in found.removed}
    assert ("related", "one of several boxes alike, each with a linked headline") in reasons


def test_a_list_of_labels_by_the_title_is_no_text_but_may_name_the_writer() -> None:
    labels = "<ul><li>الكاتب: سامي الخوري</li><li>مواضيع <a href=1>تراث</a></li></ul>"
    found = read_page(f"<title>{TITLE}</title><div><h1>{TITLE}</h1>{labels}<p>{FIRST}</p><p>{SECOND}</p></div>")
    assert cut(found, "مواضيع تراث") == ("other", "a list of labels by the title")
    assert body(found) == [FIRST, SECOND]


def test_a_form_around_the_page_is_no_form() -> None:
    found = read_page(f"<title>{TITLE}</title><form><input><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p></form>")
    assert body(found) == [FIRST, SECOND]


def test_comments_longer_than_the_article_are_comments() -> None:
    comments = "".join(f"<div><p>{SECOND} {number}</p></div>" for number in range(20))
    found = page(after=f"<div id=comments>{comments}</div>")
    assert body(found) == [FIRST, SECOND, THIRD]
    assert cut(found, f"{SECOND} 7") == ("comments", "id comments")


def test_the_heading_of_a_box_goes_with_it() -> None:
    found = page(f"<div class=k><h4>في هذا الملف</h4><div class=teasers><a href=1>{TEASER}</a></div></div>")
    assert cut(found, "في هذا الملف") == ("related", "heads a box of the kind related")


def test_what_stands_outside_is_named_by_its_text_where_a_phrase_is_known() -> None:
    kind, reason = cut(page(after="<div>جميع الحقوق محفوظة</div>"), "جميع الحقوق محفوظة")
    assert kind == "copyright"
    assert reason.startswith("outside the main content; phrase: ")


def test_paragraphs_that_follow_the_content_in_elements_alike_are_its_end() -> None:
    found = read_page(
        f"<title>{TITLE}</title><h1>{TITLE}</h1><div class=k7><p class=c>{FIRST}</p><p class=c>{SECOND}</p></div>"
        f"<div class=x><p class=c>{THIRD}</p></div>"
    )
    assert body(found) == [FIRST, SECOND, THIRD]


def test_the_reason_of_the_choice_names_the_element() -> None:
    assert page().reason.startswith("article: ")
