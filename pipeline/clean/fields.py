"""The article's fields, from the lines that state them: nothing is invented."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.clean.article import Precision
from pipeline.clean.dates import Candidate, Published, choose_published, find_dates
from pipeline.clean.decision import Decision, Layout
from pipeline.clean.names import are_names
from pipeline.clean.outlet_lines import find_outlet
from pipeline.clean.outlets import called_outlet, known_outlet
from pipeline.clean.section_lines import find_section
from pipeline.clean.sections import is_section
from pipeline.clean.words import folded_words
from pipeline.in_step import Steps

_LEAD: Final = 3
_MOST: Final = 400
"""Characters of a paragraph that are searched for dates."""
_DIGIT: Final = re.compile(r"\d")
_DATELINE: Final = re.compile(r"\d{4}.{0,40}?[-–—/(:]")
_OPENING: Final = 120
"""Characters that hold the dateline which an article opens with."""
_TODAY: Final = ("اليوم", "الیوم", "امروز", "آج", "ئەمڕۆ", "oday", "ujourd", "ugün")
"""What a paragraph calls the day of its publication …"""
_DATED: Final = re.compile(rf"(?:{'|'.join(_TODAY)})\D{{0,60}}\d")
"""… and a number close behind."""
_ABOVE: Final = 6
_BELOW: Final = 6
_SIGNED: Final = 8
_SIGNING: Final = ("byline", "dateline", "share", "counter", "source-credit", "widget", "tags", "subscription")
"""What may stand between an article and a date that signs it, beside lines of a word or two."""
_STRAY: Final = 3
_SITE: Final = re.compile(r"\s+[|–—•·»-]\s+([^|–—•·»]{2,40})$|\s*[|]\s*([^|]{2,40})$")
_TAG_LABEL: Final = re.compile(r"^[^:：]{2,25}[:：]\s*")
_TAG_MARKS: Final = re.compile(r"\s*[،,|؛;/#•·]\s*")


@dataclass(frozen=True, slots=True)
class Fields:
    """All that a file states beside the article's text."""

    title: str | None
    captions: tuple[str, ...]
    published_at: str | None
    published_precision: Precision | None
    published_inferred: bool
    authors: tuple[str, ...]
    outlet: str | None
    section: str | None
    tags: tuple[str, ...]


def read_fields(layout: Layout) -> Steps[Fields]:
    """Read the fields from a file's decisions."""
    decisions = layout.decisions
    title, site = _title(layout)
    section, title = _section_before(title) if title and " / " in title else (None, title)
    captions = tuple(decision.caption.text for decision in decisions if decision.caption and decision.caption.text)
    bylines = [
        decision.evidence.byline
        for decision in decisions
        if decision.kind in ("byline", "dateline", "source-credit") and decision.evidence.byline
    ]
    bylined = [byline.outlet for byline in bylines if byline.outlet] + ([site] if site else [])
    yield
    published = find_published([], layout)
    yield
    outlet = find_outlet(decisions, captions, bylined)
    yield
    section = section or find_section(layout)
    yield
    return Fields(
        title,
        tuple(dict.fromkeys(captions)),
        published.published_at if published else None,
        published.precision if published else None,
        published.inferred if published else False,
        tuple(author for author in _authors(layout) if outlet is None or folded_words(author) != folded_words(outlet)),
        outlet,
        section,
        _tags(decisions),
    )


def _title(layout: Layout) -> tuple[str | None, str | None]:
    """Return the title without the site's name behind it, and that name."""
    if layout.title is None:
        return None, None
    text = " ".join(layout.decisions[layout.title].evidence.block.text.split())
    match = _SITE.search(text)
    if match and len(text[: match.start()].split()) >= 3:
        site = (match.group(1) or match.group(2)).strip()
        if known_outlet(site):
            return text[: match.start()].strip(), known_outlet(site)
    return text, None


def _section_before(title: str) -> tuple[str | None, str]:
    """Return the section that an agency writes before a title, and the title: ``ثقافي / افتتاح معرض الكتاب``."""
    section, _, rest = title.partition(" / ")
    return (section, rest) if is_section(folded_words(section)) and len(rest.split()) > _STRAY else (None, title)


def _authors(layout: Layout) -> tuple[str, ...]:
    near = layout.decisions[
        max(0, (layout.title if layout.title is not None else layout.first) - _ABOVE) : layout.last + _BELOW
    ]
    lines = [
        decision.evidence
        for decision in near
        if decision.kind == "byline" or (decision.kind == "dateline" and decision.evidence.byline)
    ]
    stated = [entry for entry in lines if entry.byline and entry.byline.authors]
    authors: list[str] = []
    for entry in stated or lines:
        if entry.byline:
            authors += [author for author in entry.byline.authors if not _is_outlet(author)]
        elif names := are_names(entry.block.text, sure=entry.is_name):
            authors += [name for name in names if not _is_outlet(name)]
    return tuple(dict.fromkeys(" ".join(author.split()) for author in authors))


def _is_outlet(name: str) -> bool:
    return (known_outlet(name) or called_outlet(name)) is not None


def _tags(decisions: list[Decision]) -> tuple[str, ...]:
    tags: list[str] = []
    for decision in decisions:
        if decision.kind != "tags":
            continue
        text = decision.evidence.block.text
        phrase = decision.evidence.line.phrase
        if phrase is not None and phrase.kind == "tags":
            text = _TAG_LABEL.sub("", text) if _TAG_LABEL.match(text) else " ".join(text.split()[len(phrase.words) :])
        tags += [tag.strip(" .:-–#") for tag in _TAG_MARKS.split(text)]
    return tuple(dict.fromkeys(tag.replace("_", " ") for tag in tags if tag and len(tag.split()) <= 6))


def find_published(stated: list[Candidate], layout: Layout) -> Published | None:
    """Return the date of publication, asking the dearer witnesses only where the nearer ones leave it open.

    Args:
        stated: Lines outside the blocks that may state it.
        layout: The blocks' decisions.
    """
    near = _witnesses(layout)
    own = [candidate for candidate in (*stated, *near) if candidate.place in ("label", "title")]
    found = choose_published(own) if own else None
    if found is not None and not found.inferred:
        return found
    found = choose_published([*stated, *near])
    if found is None and any(_lacks_year(candidate.text) for candidate in (*stated, *near)):
        kept = (decision.evidence.block.text for decision in layout.decisions if decision.kept)
        found = choose_published([*stated, *near, *(Candidate(text[:_MOST], "body") for text in kept)])
    return found


def _lacks_year(text: str) -> bool:
    return any(span.year is None and not span.relative for span in find_dates(text))


def _may_date(text: str) -> bool:
    """Whether a paragraph may date the article: by a dateline at its beginning, or a day that it calls today."""
    return _DATELINE.search(text, 0, _OPENING) is not None or (
        any(word in text for word in _TODAY) and _DATED.search(text) is not None
    )


def _date_below(layout: Layout) -> int | None:
    """Return the index of a date that stands right below the article, where none stands above it."""
    decisions = layout.decisions
    if any(decision.evidence.is_dateline and decision.evidence.date for decision in decisions[: layout.first]):
        return None
    for index, decision in enumerate(decisions[layout.last + 1 : layout.last + 1 + _SIGNED], start=layout.last + 1):
        entry = decision.evidence
        stray = decision.kind not in _SIGNING and entry.line.count > _STRAY
        if entry.after_related or decision.zone == "comments" or stray:
            return None
        if entry.is_dateline and entry.date is not None and entry.date.iso:
            return index
    return None


def _witnesses(layout: Layout) -> list[Candidate]:
    """Return the lines that may state the date of publication."""
    top = layout.title if layout.title is not None else layout.first
    near: list[Candidate] = []
    lead = 0
    signed = _date_below(layout)
    for index, decision in enumerate(layout.decisions):
        entry = decision.evidence
        text = entry.block.text
        if decision.kept:
            lead += 1
            if lead <= _LEAD and _DIGIT.search(text, 0, _MOST) and _may_date(text[:_MOST]):
                near.append(Candidate(text[:_MOST], "lead"))
        elif decision.kind == "caption":
            near.append(Candidate(text, "caption"))
        elif entry.date is None:
            continue
        elif decision.zone == "comments":
            near.append(Candidate(text, "comment"))
        elif index > layout.last:
            near.append(Candidate(text, "end" if index != signed else "title"))
        elif top - _ABOVE <= index < layout.first:
            own = entry.is_dateline or decision.kind == "byline"
            phrase = entry.line.phrase
            elsewhere = phrase is not None and phrase.kind == "source-credit"  # where it was published before
            near.append(Candidate(text, "header" if elsewhere else "label" if own else "title"))
        elif index < top and entry.is_dateline:
            near.append(Candidate(text, "header"))
    return near
