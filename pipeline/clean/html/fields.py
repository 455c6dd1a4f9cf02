"""Read what a page's ``<meta>`` elements and microdata state, by the names in ``data/meta-fields.tsv``."""

from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final

from pipeline.arabic import fold
from pipeline.clean.html.outline import text_of
from pipeline.clean.html.stated import ORDER, Stated
from pipeline.knowledge import read_rows

_DATA: Final = Path(__file__).parent / "data"
FIELDS: Final = ("title", "authors", "published", "outlet", "section", "tags", "type", "crumbs", "url")

_MOST_PARTS: Final = 50
_PROPERTIES: Final = {
    "headline": "title", "datepublished": "published", "datecreated": "published", "articlesection": "section",
    "keywords": "tags", "dc:title": "title", "dc:date": "published", "dc:created": "published",
}  # fmt: skip


def read_meta(root: Any, stated: Stated) -> None:
    """Add what the ``<meta>`` elements state, wherever they stand (old pages have them in the body)."""
    names = _meta_names()
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            stated.add("url", "meta", link.get("href"))
    for element in root.iter("meta"):
        if element.get("itemprop") and element.getparent().tag == "head":
            read_properties(element, stated)
        content = element.get("content")
        if not content:
            continue
        for attribute in ("property", "name"):
            field_and_place = names.get((element.get(attribute) or "").strip().lower())
            if field_and_place is None:
                continue
            name, place = field_and_place
            if name == "tags" or (name == "authors" and place != "article"):
                for part in content.replace("،", ",").replace(";", ",").split(","):
                    stated.add(name, place, part)
            elif name == "url" or not content.startswith(("http://", "https://", "//", "@")):
                stated.add(name, place, content)
            break


def read_properties(element: Any, stated: Stated) -> None:
    """Add what one element states by ``itemprop`` (microdata) or ``property`` (RDFa, as Drupal writes it).

    See https://html.spec.whatwg.org/multipage/microdata.html and https://www.w3.org/TR/rdfa-lite/.
    """
    for attribute in ("itemprop", "property"):
        for name in (element.get(attribute) or "").lower().split():
            name = name.removeprefix("schema:")
            if name in _PROPERTIES:
                stated.add(_PROPERTIES[name], "microdata", _value(element))
            elif name in ("author", "publisher"):
                parts = (part for part in islice(element.iter(), _MOST_PARTS) if "name" in _names(part))
                stated.add("authors" if name == "author" else "outlet", "microdata", _value(next(parts, element)))


def _names(element: Any) -> list[str]:
    return f"{element.get('itemprop') or ''} {element.get('property') or ''}".split()


def _value(element: Any) -> str:
    return element.get("content") or element.get("datetime") or _machine_title(element) or text_of(element)


def _machine_title(element: Any) -> str | None:
    """Return the ``title`` of an ``<abbr>``: where hAtom and Blogger write the date for machines."""
    title: str | None = element.get("title") if element.tag == "abbr" else None
    return title


def is_placeholder(name: str, value: str) -> bool:
    """Tell whether a field's value is one that states nothing (``admin``, ``Uncategorized``)."""
    return fold(value).strip(" :-»>/|") in _placeholders().get(name, frozenset())


@cache
def _meta_names() -> dict[str, tuple[str, str]]:
    names: dict[str, tuple[str, str]] = {}
    for row in read_rows(_DATA / "meta-fields.tsv", ("name", "field", "place")):
        if row["field"] not in FIELDS:
            raise row.error(f"the field '{row['field']}' is none of {', '.join(FIELDS)}")
        if row["place"] not in ORDER:
            raise row.error(f"the place '{row['place']}' is none of {', '.join(ORDER)}")
        if names.setdefault(row["name"], (row["field"], row["place"])) != (row["field"], row["place"]):
            raise row.error(f"'{row['name']}' stands twice")
    return names


@cache
def _placeholders() -> dict[str, frozenset[str]]:
    rows = read_rows(_DATA / "placeholders.tsv", ("field", "values"))
    return {row["field"]: frozenset(fold(value) for value in row.many("values")) for row in rows}
