"""Read what JSON-LD (schema.org) states of the article: https://schema.org/NewsArticle."""

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

from pipeline.clean.html.stated import Stated

_MAX_CHARACTERS: Final = 2_000_000
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+|(?:-->|//\s*\]\]>|\]\]>)\s*$"
)
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_BREAK = re.compile(r"(?i)</(?:p|div|h[1-6]|li)>|<br\s*/?>")
_MARKUP = re.compile(r"<[^<>]{1,300}>")
_OTHERS: Final = frozenset(
    ("itemListElement", "hasPart", "isPartOf", "citation", "relatedLink", "comment", "mentions", "isBasedOn", "review")
)
"""Properties whose values are other works than this page's article."""

Thing = dict[str, Any]


def read_jsonld(root: Any, stated: Stated) -> None:
    """Add what the page's JSON-LD states: title, authors, published, outlet, section, tags, body.

    Scripts that are no JSON, or larger than two million characters, state nothing.
    """
    things: list[Thing] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            things.extend(_things(_load(script.text)))
    by_id = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
    article = _article(things)
    if article is not None:
        _read_article(article, by_id, stated)
    for thing in things:
        if _is_a(thing, "WebSite"):
            stated.add("outlet", "meta", _text(thing.get("name")))
        elif _is_a(thing, "WebPage"):
            stated.add("published", "meta", _text(thing.get("datePublished")))
        elif _is_a(thing, "BreadcrumbList"):
            for item in _list(thing.get("itemListElement")):
                if isinstance(item, dict):
                    inner = item.get("item")
                    stated.add(
                        "crumbs", "json-ld", _text(item.get("name") or (inner if isinstance(inner, dict) else None))
                    )


def _read_article(article: Thing, by_id: dict[str, Thing], stated: Stated) -> None:
    def resolved(value: object) -> object:
        if isinstance(value, dict) and isinstance(value.get("@id"), str):
            return {**by_id.get(value["@id"], {}), **value}
        return value

    publisher = _text(resolved(_first(article.get("publisher"))))
    stated.add("title", "json-ld", _text(article.get("headline")) or _text(article.get("name")))
    stated.add("published", "json-ld", _text(article.get("datePublished")) or _text(article.get("dateCreated")))
    stated.add("outlet", "json-ld", publisher)
    stated.add("section", "json-ld", _text(_first(article.get("articleSection"))))
    stated.body = _lines(article.get("articleBody"))
    for author in _list(article.get("author") or article.get("creator")):
        who = resolved(author)
        if not (isinstance(who, dict) and _is_a(who, "Organization", "NewsMediaOrganization", "WebSite")):
            stated.add("authors", "json-ld", _text(who))
    for keywords in _list(article.get("keywords")):
        for keyword in re.split("[,،;]", _text(keywords) or ""):
            stated.add("tags", "json-ld", keyword)


def _load(script: str) -> object:
    text = _WRAPPING.sub("", script.strip())
    if len(text) > _MAX_CHARACTERS:
        return None
    for candidate in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(candidate, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _things(value: object) -> Iterator[Thing]:
    """Yield every object that is not part of another work, outermost first."""
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(reversed(one))
        elif isinstance(one, dict):
            yield one
            waiting.extend(inner for name, inner in reversed(one.items()) if name not in _OTHERS)


def _article(things: list[Thing]) -> Thing | None:
    articles = [thing for thing in things if any(_is_article(kind) for kind in _kinds(thing))]
    return max(articles, key=lambda thing: ("headline" in thing) + ("datePublished" in thing), default=None)


def _is_article(kind: str) -> bool:
    return kind.endswith("Article") or kind in ("BlogPosting", "LiveBlogPosting", "Report", "Reportage")


def _is_a(thing: Thing, *kinds: str) -> bool:
    return any(kind in kinds for kind in _kinds(thing))


def _kinds(thing: Thing) -> list[str]:
    return [kind.rsplit("/", 1)[-1] for kind in _list(thing.get("@type")) if isinstance(kind, str)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: object) -> object:
    return next(iter(_list(value)), None)


def _text(value: object) -> str | None:
    value = _first(value)
    if isinstance(value, dict):
        value = _first(value.get("name") or value.get("@value"))
    return unescape(_MARKUP.sub(" ", value)) if isinstance(value, str) else None


def _lines(value: object) -> tuple[str, ...]:
    value = _first(value)
    if not isinstance(value, str):
        return ()
    lines = unescape(_MARKUP.sub(" ", _BREAK.sub("\n", unescape(value)))).splitlines()
    return tuple(text for line in lines if (text := " ".join(line.split())))
