import json

import pytest

from pipeline.clean.html import Metadata, read_page

TITLE = "هزة أرضية شمال البلدة"
TEXT = "وقال المتحدث باسم الهيئة إن الهزة وقعت على عمق عشرة كيلومترات وشعر بها سكان القرى المجاورة للبلدة."


def metadata(head: str = "", *, by_title: str = "", above: str = "", after: str = "", suffix: str = "") -> Metadata:
    return read_page(
        f"<html><head><title>{TITLE}{suffix}</title>{head}</head><body>{above}<article><h1>{TITLE}</h1>{by_title}"
        f"<p>{TEXT}</p><p>{TEXT}</p></article>{after}</body></html>"
    ).metadata


def jsonld(**values: object) -> str:
    script = json.dumps({"@type": "NewsArticle", "headline": TITLE, **values})
    return f"<script type='application/ld+json'>{script}</script>"


def test_nothing_is_invented() -> None:
    found = metadata()
    assert found == Metadata(title=TITLE, sources={"title": "h1, title"})


@pytest.mark.parametrize(
    ("head", "by_title", "place"),
    [
        (jsonld(datePublished="2024-03-05T14:20:00Z"), "", "json-ld"),
        ("<meta property='article:published_time' content='2024-03-05T14:20:00Z'>", "", "article"),
        ("<meta name='DC.date.issued' content='2024-03-05T14:20:00Z'>", "", "meta"),
        ("", "<time datetime='2024-03-05T14:20:00Z'>5 مارس</time>", "time"),
        ("", "<meta itemprop='datePublished' content='2024-03-05T14:20:00Z'>", "microdata"),
        ("", "<abbr class=published title='2024-03-05T14:20:00Z'>2:20</abbr>", "time"),
        ("", "<span property='dc:date dc:created' content='2024-03-05T14:20:00Z'>5 مارس</span>", "microdata"),
        ("", "<abbr itemprop=datePublished title='2024-03-05T14:20:00Z'>2:20</abbr>", "microdata"),
    ],
)
def test_the_date_is_had_from_any_place_that_states_it(head: str, by_title: str, place: str) -> None:
    found = metadata(head, by_title=by_title)
    assert (found.published_at, found.published_precision) == ("2024-03-05T14:20+00:00", "minute")
    assert found.sources["published_at"] == place


@pytest.mark.parametrize(
    ("by_title", "after"),
    [
        ("<time class=updated datetime='2024-03-05'>x</time>", ""),
        ("<time itemprop=dateModified datetime='2024-03-05'>x</time>", ""),
        ("", "<div class=related><time datetime='2024-03-05'>x</time></div>"),
        ("", "<div id=comments><time datetime='2024-03-05'>x</time></div>"),
    ],
    ids=["updated", "modified", "related", "comments"],
)
def test_dates_of_other_things_are_not_the_articles(by_title: str, after: str) -> None:
    assert metadata(by_title=by_title, after=after).published_at is None


def test_dates_in_words_are_left_to_a_reader_of_dates() -> None:
    found = metadata(
        by_title="<div>الثلاثاء 5 مارس 2024</div>",
        above="<div>الأحد 10 مارس 2024</div>",
        after="<div id=comments><p>6 مارس 2024 الساعة 3</p></div>",
    )
    assert found.date_lines == ("الثلاثاء 5 مارس 2024",)
    assert found.header_lines == ("الأحد 10 مارس 2024",)
    assert found.comment_lines == ("6 مارس 2024 الساعة 3",)


@pytest.mark.parametrize(
    ("head", "by_title", "authors"),
    [
        (jsonld(author={"name": "ريم الأشقر"}), "", ("ريم الأشقر",)),
        (jsonld(author=["ريم الأشقر", {"name": "سامي الخوري"}]), "", ("ريم الأشقر", "سامي الخوري")),
        (jsonld(author={"name": "admin"}), "<span class=author>ريم الأشقر</span>", ("ريم الأشقر",)),
        (jsonld(author={"name": "منبر"}, publisher={"name": "منبر"}), "", ()),
        ("<meta property='article:author' content='https://facebook.com/minbar'>", "", ()),
        ("<meta name='author' content='نايل سوفت'>", "", ()),
        ("", "<a rel=author href=x>ريم الأشقر</a>", ("ريم الأشقر",)),
        ("", "<p class=byline>كتبت: ريم الأشقر</p>", ("ريم الأشقر",)),
        ("", "<p class=byline>رام الله</p>", ()),
        ("", "<p class=signature><span class=auteur>Yacine Mansouri</span></p>", ("Yacine Mansouri",)),
        ("", "<span class=detail-author>هێرش قادر</span>", ("هێرش قادر",)),
    ],
)
def test_authors_are_people_whom_the_page_names(head: str, by_title: str, authors: tuple[str, ...]) -> None:
    assert metadata(head, by_title=by_title).authors == authors


@pytest.mark.parametrize(
    ("head", "above", "after", "suffix", "outlet"),
    [
        ("<meta property='og:site_name' content='منبر'>", "", "", " | أخبار", "منبر"),
        ("", "<img alt='منبر الساحل'>", "", " | منبر الساحل", "منبر الساحل"),
        ("", "<a href='/'>منبر الساحل</a>", "", " - منبر الساحل", "منبر الساحل"),
        ("", "", "<div>© 2024 منبر الساحل</div>", " - منبر الساحل", "منبر الساحل"),
        ("", "", "", " - جريدة الساحل", "جريدة الساحل"),
        ("", "", "", " - رياضة", None),
    ],
    ids=["og", "logo", "home link", "imprint", "a word for outlets", "nothing confirms"],
)
def test_the_outlet_is_what_more_than_the_title_element_calls_it(
    head: str, above: str, after: str, suffix: str, outlet: str | None
) -> None:
    assert metadata(head, above=above, after=after, suffix=suffix).outlet == outlet


@pytest.mark.parametrize(
    ("head", "above", "section"),
    [
        (jsonld(articleSection=["محليات", "أخبار"]), "", "محليات"),
        ("<meta property='article:section' content='Uncategorized'>", "", None),
        ("", "<ol class=breadcrumb><li><a href='/'>الرئيسية</a></li><li><a href=x>محليات</a></li></ol>", "محليات"),
        ("", "<div>الرئيسية » محليات</div>", "محليات"),
        ("", "<div class=k5><a href=x>رياضة</a></div>", "رياضة"),
        ("", "<ul><li><a href=x>رياضة</a></li></ul>", None),
    ],
)
def test_the_section_is_stated_or_stands_right_above_the_title(head: str, above: str, section: str | None) -> None:
    assert metadata(head, above=above).section == section


@pytest.mark.parametrize(
    ("head", "after", "tags"),
    [
        ("<meta property='article:tag' content='زلازل'>", "", ("زلازل",)),
        ("<meta name=keywords content='الهزة, القرى المجاورة'>", "", ("الهزة", "القرى المجاورة")),
        ("<meta name=keywords content='أخبار, سياسة, الهزة, فن'>", "", ()),
        (f"<meta name=keywords content='{', '.join(TEXT.split())}'>", "", ()),
        ("", "<div class=post-tags><a href=1 rel=tag>زلازل</a></div>", ("زلازل",)),
        ("", "<div class=tag-list><a href=1>زلازل</a> <a href=2>أرصاد</a></div>", ("زلازل", "أرصاد")),
    ],
    ids=["article:tag", "keywords in the text", "keywords of the site", "the text word by word", "rel=tag", "tag list"],
)
def test_tags_are_the_articles_own(head: str, after: str, tags: tuple[str, ...]) -> None:
    assert metadata(head, after=after).tags == tags


def test_the_parts_of_one_caption_are_joined() -> None:
    caption = "<figure><img><figcaption><span>السوق ليلا.</span><br><small>(رويترز)</small></figcaption></figure>"
    assert metadata(by_title=caption).captions == ("السوق ليلا. (رويترز)",)


def test_the_address_is_the_canonical_one() -> None:
    assert (
        metadata("<link rel=canonical href='https://x.example/2024/03/05/a'>").url == "https://x.example/2024/03/05/a"
    )
