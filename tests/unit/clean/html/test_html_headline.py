import pytest

from pipeline.clean.html import read_page

TEXT = "<p>" + "وقال المتحدث باسم الهيئة إن الهزة وقعت على عمق عشرة كيلومترات وشعر بها السكان. " * 3 + "</p>"


def title(html: str) -> tuple[str | None, str | None]:
    found = read_page(html + TEXT).metadata
    return found.title, found.sources.get("title")


@pytest.mark.parametrize(
    ("head", "body", "expected", "source"),
    [
        ("<title>هزة شمال البلدة | منبر</title>", "<h1>هزة شمال البلدة</h1>", "هزة شمال البلدة", "h1, title"),
        ("<title>منبر : هزة شمال البلدة</title>", "<h2>هزة شمال البلدة</h2>", "هزة شمال البلدة", "h2, title"),
        (
            "<title>منبر</title><meta property='og:title' content='هزة شمال البلدة'>",
            "<div class=t>هزة شمال البلدة</div>",
            "هزة شمال البلدة",
            "div, og",
        ),
        (
            "<title>منبر</title><meta property='og:title' content='هزة أرضية خفيفة شمال...'>",
            "<h1>منبر</h1><h2>هزة أرضية خفيفة شمال البلدة القديمة</h2>",
            "هزة أرضية خفيفة شمال البلدة القديمة",
            "h2, og",
        ),
        (
            "<title>هزة شمال البلدة - محليات - منبر</title>",
            "<h1><a href='/'>منبر</a></h1><font size=5><b>هزة شمال البلدة</b></font><br>",
            "هزة شمال البلدة",
            "body, title",
        ),
        ("<title>a</title>", "<h1>هزة شمال<br>البلدة القديمة</h1>", "هزة شمال البلدة القديمة", "h1"),
    ],
    ids=["h1 and title", "outlet first", "no heading", "cut short", "logo in h1", "nothing confirms"],
)
def test_the_title_is_the_visible_text_that_agrees_with_what_is_stated(
    head: str, body: str, expected: str, source: str
) -> None:
    assert title(f"<head>{head}</head>{body}") == (expected, source)


def test_a_stated_title_that_no_reader_sees_loses_the_outlets_name() -> None:
    outlet = "<meta property='og:site_name' content='منبر الساحل'>"
    stated = "<meta property='og:title' content='هزة شمال البلدة - منبر الساحل'>"
    assert title(f"<head>{outlet}{stated}</head>") == ("هزة شمال البلدة", "og")


def test_the_breadcrumb_is_not_the_headline() -> None:
    html = (
        "<title>هزة شمال البلدة</title><div class=breadcrumb><a href='/'>الرئيسية</a> <b>هزة شمال البلدة</b></div>"
        "<h1>هزة شمال البلدة</h1>"
    )
    assert title(html) == ("هزة شمال البلدة", "h1, title")


def test_a_heading_right_above_the_text_is_the_headline_where_nothing_is_stated() -> None:
    html = (
        "<title>منبر</title><h2><a href=1>خبر آخر من الأمس</a></h2><h3>هزة أرضية شمال البلدة</h3><div>8 مارس 2024</div>"
    )
    assert title(html) == ("هزة أرضية شمال البلدة", "h3, above the text")


def test_a_page_that_states_no_title_has_none() -> None:
    assert title("<head><title>منبر</title></head><div>منبر</div>") == (None, None)
