import json

import pytest

from pipeline.clean.html.jsonld import read_jsonld
from pipeline.clean.html.stated import Stated
from pipeline.clean.html.tree import parse


def read(*scripts: str) -> dict[str, dict[str, list[str]]]:
    stated = Stated()
    read_jsonld(
        parse("".join(f"<script type='application/ld+json'>{script}</script>" for script in scripts) + "<p>x"), stated
    )
    return stated.values


ARTICLE = {
    "@type": "NewsArticle",
    "headline": "عنوان &quot;الخبر&quot;",
    "datePublished": "2024-03-05T14:20:00Z",
    "author": [{"@type": "Person", "name": "ريم الأشقر"}, {"@type": "Organization", "name": "منبر"}],
    "publisher": {"@type": "Organization", "name": "منبر"},
    "articleSection": ["محليات", "لبنان"],
    "keywords": "سوق، ترميم",
    "articleBody": "سطر أول\n\nسطر ثان",
}


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(ARTICLE),
        json.dumps([{"@type": "WebPage"}, ARTICLE]),
        json.dumps({"@graph": [{"@type": "WebPage"}, ARTICLE]}),
        json.dumps({"@type": "WebPage", "mainEntity": ARTICLE}),
        f"<!-- {json.dumps(ARTICLE)} -->",
        f"//<![CDATA[\n{json.dumps(ARTICLE)}\n//]]>",
        json.dumps(ARTICLE)[:-1] + ",\n}",
    ],
    ids=["object", "list", "graph", "nested", "comment", "cdata", "trailing comma"],
)
def test_the_article_is_found_wherever_it_stands(script: str) -> None:
    found = read(script)
    assert found["title"] == {"json-ld": ['عنوان "الخبر"']}
    assert found["published"] == {"json-ld": ["2024-03-05T14:20:00Z"]}
    assert found["authors"] == {"json-ld": ["ريم الأشقر"]}
    assert found["outlet"] == {"json-ld": ["منبر"]}
    assert found["section"] == {"json-ld": ["محليات"]}
    assert found["tags"] == {"json-ld": ["سوق", "ترميم"]}


def test_references_inside_the_graph_are_followed() -> None:
    graph = [
        {"@type": "Article", "headline": "عنوان", "author": {"@id": "#p"}, "publisher": {"@id": "#o"}},
        {"@type": "Person", "@id": "#p", "name": "ريم الأشقر"},
        {"@type": "Organization", "@id": "#o", "name": "منبر"},
    ]
    found = read(json.dumps({"@graph": graph}))
    assert found["authors"] == {"json-ld": ["ريم الأشقر"]}
    assert found["outlet"] == {"json-ld": ["منبر"]}


def test_the_date_of_the_web_page_is_second_to_the_articles() -> None:
    graph = [{"@type": "WebPage", "datePublished": "2020-01-01"}, {"@type": "Article", "headline": "عنوان"}]
    assert read(json.dumps({"@graph": graph}))["published"] == {"meta": ["2020-01-01"]}


def test_related_articles_and_updates_are_not_the_article() -> None:
    other = {"@type": "NewsArticle", "headline": "خبر آخر", "datePublished": "2020-01-01"}
    listed = {"@type": "ItemList", "itemListElement": [{"item": other}]}
    assert "title" not in read(json.dumps(listed))
    assert read(json.dumps({**ARTICLE, "hasPart": [other]}))["title"] == {"json-ld": ['عنوان "الخبر"']}


def test_the_names_of_a_breadcrumb_are_kept_in_order() -> None:
    crumbs = [{"@type": "ListItem", "name": "الرئيسية"}, {"@type": "ListItem", "item": {"name": "محليات"}}]
    found = read(json.dumps({"@type": "BreadcrumbList", "itemListElement": crumbs}))
    assert found["crumbs"] == {"json-ld": ["الرئيسية", "محليات"]}


@pytest.mark.parametrize("script", ["", "{", "null", "[" * 50_000, '"text"', '{"@type": 3, "headline": {}}', "[[[]]]"])
def test_what_is_no_article_states_nothing(script: str) -> None:
    assert read(script) == {}
