import pytest

from pipeline.clean.html import read_page

FIRST = "أعلنت هيئة الأرصاد تسجيل هزة أرضية بقوة ثلاث درجات شمال البلدة فجر اليوم دون وقوع أضرار."
SECOND = "وقال المتحدث باسم الهيئة إن الهزة وقعت على عمق عشرة كيلومترات وشعر بها سكان القرى المجاورة."
TEASER = "تأهل منتخب الناشئين لكرة السلة إلى نصف نهائي البطولة بعد فوز صعب في الثواني الأخيرة من المباراة"


def kept(body: str, title: str = "هزة أرضية خفيفة شمال البلدة") -> list[str]:
    page = read_page(f"<html><head><title>{title}</title></head><body>{body}</body></html>")
    return [block.text for block in page.blocks]


def menu(items: int) -> str:
    return "<ul>" + "".join(f"<li><a href='{item}'>قسم رقم {item}</a></li>" for item in range(items)) + "</ul>"


H1 = "<h1>هزة أرضية خفيفة شمال البلدة</h1>"


@pytest.mark.parametrize(
    "body",
    [
        f"{menu(40)}<div>{H1}<p>{FIRST}</p><p>{SECOND}</p></div>{menu(9)}",
        f"<table><tr><td>{menu(20)}</td><td>{H1}{FIRST}<br><br>{SECOND}</td><td>{menu(9)}</td></tr></table>",
        f"{menu(20)}<div class=a>{H1}</div><div class=b><div>{FIRST}</div><div>{SECOND}</div></div>",
        f"{menu(20)}{H1}<section><p>{FIRST}</p></section><section><p>{SECOND}</p></section>{menu(9)}",
    ],
    ids=["div", "layout table", "divs for paragraphs", "sections"],
)
def test_the_element_with_the_prose_and_without_the_links_is_chosen(body: str) -> None:
    assert kept(body) == [FIRST, SECOND]


def test_one_sentence_under_the_title_outweighs_more_text_in_cards() -> None:
    cards = "".join(f"<div><h3><a href='{n}'>خبر آخر رقم {n}</a></h3><p>{TEASER} {n}</p></div>" for n in range(8))
    assert kept(f"<main>{H1}<p>{FIRST}</p></main><div>{cards}</div>") == [FIRST]


def test_the_element_that_states_the_body_is_preferred_to_one_around_it() -> None:
    more = "<p>صفحة الأخبار المحلية من منبر الساحل.</p>"
    body = f"<div>{H1}<div itemprop=articleBody><p>{FIRST}</p><p>{SECOND}</p></div>{more}</div>"
    assert kept(body) == [FIRST, SECOND]


def test_the_words_of_a_page_without_paragraphs_are_what_there_is() -> None:
    assert kept("<div>سطر قصير</div>") == ["سطر قصير"]
