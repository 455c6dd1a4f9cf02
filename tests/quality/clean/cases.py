"""Labelled cases for cleaning: invented articles set into invented page layouts, with what must stay and what must go.

A case is an article (``cases/articles/<id>.txt``) in one of the layouts that it names (``cases/layouts/<name>.txt``).
A layout is its lines in groups: ``[kind]`` opens furniture of that kind, ``[title]`` the title, ``[body]``
the article's paragraphs (``[body 2]``: the next two; ``joined with links``: one line, the group's lines in between),
``[gap 3]`` empty lines. ``{title}``, ``{authors}`` and so on are filled in; a line whose field the article does
not have is left out. ``^`` ends the part of a caption line that is no caption.

A layout with ``@format html`` is a page: its lines hold markup, ``[markup]`` holds what shows no text, ``@wrap`` says
what a paragraph stands in. ``@joined`` writes the whole file on one line. ``@doubtful section`` names fields on which
readers of the file would not agree, such as a section that stands right below a menu of sections.
"""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

CASES = Path(__file__).parent / "cases"

_TAG = re.compile(r"<[^>]*>")
_WEEKDAYS_EN = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_WEEKDAYS = "الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد"
_FRENCH_ROOTED = "جانفي|فيفري|مارس|أفريل|ماي|جوان|جويلية|أوت|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
_MONTHS = {
    "eg": "يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر",
    "lev": "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول",
    "tn": _FRENCH_ROOTED,
    "dz": _FRENCH_ROOTED,
    "ma": "يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر",
    "fr": "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre",
    "en": "January|February|March|April|May|June|July|August|September|October|November|December",
    "ur": "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
}
_TAGS = {
    "ar": ("السياحة", "المياه", "أخبار اليوم", "التنمية", "المناخ"),
    "fr": ("économie", "société", "actualité"),
    "en": ("environment", "economy", "climate"),
    "fa": ("محیط زیست", "آموزش", "ورزش"),
    "ur": ("پاکستان", "موسم", "کھیل"),
    "ckb": ("کشتوکاڵ", "کلتوور", "وەرزش"),
}


@dataclass
class Case:
    """A raw file with its labels, and the gold record in the acceptance schema's terms."""

    id: str
    layout: str
    country: str
    language: str
    raw: str
    body: list[str]
    removed: list[tuple[str, str]]
    """Kind and text of every line of furniture."""
    title: str | None = None
    date: str | None = None
    authors: list[str] = field(default_factory=list)
    section: str | None = None
    outlet: str | None = None
    captions: list[str] = field(default_factory=list)
    doubtful: frozenset[str] = frozenset()
    """Fields on which readers of the file would not agree; they are not scored."""
    format: str = "text"
    """``text`` or ``html``."""


@dataclass
class _Article:
    id: str
    fields: dict[str, str]
    paragraphs: list[str]

    @property
    def language(self) -> str:
        return self.id.split("-")[0]


@cache
def load(format: Literal["text", "html"] = "text") -> tuple[Case, ...]:
    """Return all cases of a format, in a fixed order."""
    articles = [_article(path) for path in sorted((CASES / "articles").glob("*.txt"))]
    return tuple(case for article in articles for case in _cases(article, articles) if case.format == format)


@cache
def source(layout: str, language: str = "ar") -> tuple[Case, ...]:
    """Return the files of an invented source: all articles of a language in one layout, in a fixed order."""
    articles = [_article(path) for path in sorted((CASES / "articles").glob(f"{language}-*.txt"))]
    titles = [article.fields["title"] for article in articles]
    return tuple(
        _build(article, layout, [titles[(number + step) % len(titles)] for step in range(1, 7)])
        for number, article in enumerate(articles)
    )


def _article(path: Path) -> _Article:
    head, text = path.read_text(encoding="utf-8").split("\n\n", 1)
    fields = dict(line.split(": ", 1) for line in head.split("\n"))
    return _Article(path.stem, fields, text.strip().split("\n"))


def _cases(article: _Article, articles: list[_Article]) -> Iterator[Case]:
    others = [
        other.fields["title"] for other in articles if other.language == article.language and other is not article
    ]
    start = sum(map(ord, article.id)) % len(others)
    related = [others[(start + step) % len(others)] for step in range(6)]
    for number, layout in enumerate(article.fields["layouts"].split(",")):
        yield _build(article, layout.strip(), related[number:] + related[:number])


def _build(article: _Article, layout: str, related: list[str]) -> Case:
    values = _values(article, related)
    case = Case(f"{article.id}@{layout}", layout, "", article.language, "", list(article.paragraphs), [])
    lines: list[str] = []
    left = list(article.paragraphs)
    head, groups = _groups(layout)
    case.country = head["country"]
    case.outlet = None if head["outlet"] == "-" else head["outlet"]
    case.doubtful = frozenset(head.get("doubtful", "").split())
    case.format = head.get("format", "text")
    for group, options, templates in groups:
        if group == "gap":
            lines += [""] * int(options or 1)
        elif group == "body":
            links = [("related", template.format(**values)) for template in templates]
            case.removed += links
            wrap = head.get("wrap", "{}")
            paragraphs = _body(case, options.format(**values), left, [text for _, text in links])
            lines += [
                wrap.format(html.escape(line, quote=False)) if case.format == "html" else line for line in paragraphs
            ]
        else:
            for template in templates:
                needed = re.findall(r"\{(\w+)\}", template)
                if any(values.get(name) is None for name in needed):
                    if group == "caption":
                        break
                    continue
                text = template.format(**values)
                lines.append(text.replace("^", ""))
                if case.format == "html":
                    text = html.unescape(_TAG.sub("", text)).strip()
                _record(case, group, template, text, article)
    if "joined" in head:
        case.raw, case.body = " ".join(filter(None, lines)) + "\n", [" ".join(case.body)]
        return case
    case.raw = "\n".join(lines) + "\n"
    return case


@cache
def _groups(layout: str) -> tuple[dict[str, str], list[tuple[str, str, list[str]]]]:
    head: dict[str, str] = {}
    groups: list[tuple[str, str, list[str]]] = []
    for line in (CASES / "layouts" / f"{layout}.txt").read_text(encoding="utf-8").strip().split("\n"):
        if line.startswith("@"):
            name, _, value = line[1:].partition(" ")
            head[name] = value
        elif match := re.fullmatch(r"\[([a-z-]+) ?(.*)\]", line):
            groups.append((match.group(1), match.group(2), []))
        else:
            groups[-1][2].append(line)
    return head, groups


def _record(case: Case, group: str, template: str, text: str, article: _Article) -> None:
    shown = text.replace("^", "")
    if group == "title":
        case.title = text
        return
    if shown and group != "markup":
        case.removed.append((group, shown))
    if "{section}" in template:
        case.section = article.fields["section"]
    if "{authors}" in template:
        case.authors = [name.strip() for name in article.fields["authors"].split("،")]
    if group == "caption" and "{caption}" in template:
        case.captions.append(text.split("^")[-1])
    if (re.search(r"\{(?:yyyy|shown)\}", template) and group in ("dateline", "byline")) or "{iso}" in template:
        case.date = article.fields["date"][:10]


def _body(case: Case, options: str, left: list[str], links: list[str]) -> list[str]:
    match = re.match(r"(\d+)", options)
    count = int(match.group(1)) if match else len(left)
    paragraphs, left[:] = left[:count], left[count:]
    if "with-dateline" in options or "with-byline" in options:
        opening = re.split(r"with-(?:dateline|byline) ", options + " ")[1].rstrip() + " "
        paragraphs[0] = opening + paragraphs[0]
        case.body[0] = paragraphs[0]
    if "joined" in options:
        case.body = [" ".join(case.body)]
        after = {round((number + 1) * len(paragraphs) / (len(links) + 1)): link for number, link in enumerate(links)}
        parts = [part for index, text in enumerate(paragraphs) for part in (after.get(index), text) if part]
        return [" ".join(parts)]
    if "paragraphs apart" in options:
        return [line for paragraph in paragraphs for line in ("", paragraph)]
    return paragraphs


def _values(article: _Article, related: list[str]) -> dict[str, str | None]:
    when = datetime.fromisoformat(article.fields["date"])
    names = ("title", "deck", "kicker", "caption", "authors", "section", "shown", "place")
    values: dict[str, str | None] = {name: article.fields.get(name) for name in names}
    values |= {
        "title_json": json.dumps(article.fields["title"], ensure_ascii=False)[1:-1],
        "title_attr": html.escape(article.fields["title"]),
        "iso": article.fields["date"],
        "wd_en": _WEEKDAYS_EN.split("|")[when.weekday()],
        "wd": _WEEKDAYS.split("|")[when.weekday()],
        "d": str(when.day), "dd": f"{when.day:02}", "m": str(when.month), "mm": f"{when.month:02}",
        "yyyy": str(when.year),
        "HH": f"{when.hour:02}", "MM": f"{when.minute:02}", "h12": f"{when.hour % 12 or 12:02}",
        "ampm": "م" if when.hour >= 12 else "ص", "ampm_long": "مساء" if when.hour >= 12 else "صباحا",
        "AMPM": "PM" if when.hour >= 12 else "AM",
    }  # fmt: skip
    values |= {f"mon_{name}": months.split("|")[when.month - 1] for name, months in _MONTHS.items()}
    values |= {f"related{number}": title for number, title in enumerate(related, start=1)}
    values |= {f"tag{number}": tag for number, tag in enumerate(_TAGS[article.language], start=1)}
    return values
