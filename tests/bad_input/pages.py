"""Pages that are broken, hostile, or hold nothing to read."""

import json

from tests.bad_input.article import BODY, LEAD, TITLE, has_the_body, page
from tests.bad_input.kind import Document, Kind, content

SCRIPT = "<script>alert('1')</script>"
ESCAPED = "&lt;script&gt;alert('1')&lt;/script&gt;"


def holds_the_lead(document: Document) -> None:
    assert LEAD in document["body"]


def is_only_text(document: Document) -> None:
    """The markup in the title is text like any other; nothing decodes it a second time."""
    holds_the_lead(document)
    assert "&lt;" not in document["title"]
    assert "alert" not in document["body"]


def has_no_file_of_ours(document: Document) -> None:
    holds_the_lead(document)
    assert "root:" not in str(document)


def _json_ld(data: str) -> str:
    return page(head=f'<script type="application/ld+json">{data}</script>')


_LAUGHS = "<!DOCTYPE html [" + '<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)
) + "]>"  # fmt: skip
_EXTERNAL = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'

KINDS = (
    Kind("script-only", content(f"<html><head><title></title></head><body>{SCRIPT}</body></html>"), "no-text"),
    Kind("style-only", content("<html><head><style>p{color:red}</style></head><body></body></html>"), "no-text"),
    Kind("frames-only", content('<html><frameset cols="20%,80%"><frame src="a.html"></frameset></html>'), "no-text"),
    Kind("refresh-only", content('<html><meta http-equiv="refresh" content="0;url=/x"></html>'), "no-text"),
    Kind("never-closed-comment", content(page(body="<!-- ")), check=has_the_body),
    Kind("never-closed-script", content(page(body="<script>var a = '")), check=has_the_body),
    Kind("never-closed-tags", content(f"<html><body><div><h1>{TITLE}<p>" + "<p>".join(BODY.split("\n"))), None),
    Kind("crossed-tags", content(page(body="<b><i>نهاية</b></i></div></td></table></p>")), check=holds_the_lead),
    Kind("no-html-around", content("".join(f"<p>{paragraph}</p>" for paragraph in BODY.split("\n"))), None),
    Kind("nuls-in-tags", content(page().replace("<p>", "<p\x00>", 1)), check=holds_the_lead),
    Kind("10,000-deep", content(page(body="<div>" * 10_000 + "عمق" + "</div>" * 10_000)), None),
    Kind("10,000-deep-around", content("<div>" * 10_000 + page() + "</div>" * 10_000), None),
    Kind("600,000-tags", content(page(body="<i></i>" * 300_000)), "too-many-tags"),
    Kind("huge-attribute", content(page(body=f'<p data-x="{"x" * 3_000_000}">نهاية</p>')), check=holds_the_lead),
    Kind("10,000-attributes", content(page(body="<p " + " ".join(f"a{n}=1" for n in range(10_000)) + ">")), None),
    Kind("image-in-address", content(page(body=f'<img src="data:image/png;base64,{"QUJD" * 500_000}">')), None),
    Kind("entity-bomb", content(_LAUGHS + page(body="<p>&a9;</p>")[15:]), check=holds_the_lead),
    Kind("external-entity", content(_EXTERNAL + page(body="<p>&x;</p>")[15:]), check=has_no_file_of_ours),
    Kind("impossible-entities", content(page(body="<p>&#x110000;&#0;&#xD800;&#99999999999;&nosuch;</p>")), None),
    Kind("script-in-title", content(page(title=TITLE + SCRIPT)), check=is_only_text),
    Kind("escaped-script-in-title", content(page(title=TITLE + ESCAPED)), check=is_only_text),
    Kind("json-ld-broken", content(_json_ld('{"@type": "NewsArticle", "headline": "')), check=has_the_body),
    Kind("json-ld-deep", content(_json_ld("[" * 200_000 + "]" * 200_000)), check=has_the_body),
    Kind("json-ld-wrong-types", content(_json_ld(json.dumps(
        {"@type": ["NewsArticle"], "headline": {"a": 1}, "author": [None, 3, [[]]], "datePublished": {"x": []}}
    ))), check=has_the_body),
    Kind("json-ld-impossible-date", content(_json_ld(json.dumps(
        {"@type": "NewsArticle", "headline": TITLE, "datePublished": "2024-02-31T27:61:00+99:99"}
    ))), check=has_the_body),
    Kind("json-ld-huge-number", content(_json_ld('{"@type": "NewsArticle", "wordCount": ' + "9" * 10_000 + "}")), None),
)  # fmt: skip
