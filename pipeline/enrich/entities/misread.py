"""Tell what only looks like a name: a league's sponsor, a prize, a person's initials, a department, a month."""

from pipeline.enrich.entities.gazetteer import QUOTES
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens, stems_of
from pipeline.enrich.entities.word_lists import word_list

_CONTESTS = word_list("contests")
"""Heads of competitions and prizes: who or what stands behind them only gives them its name."""
_DEPARTMENTS = word_list("of a department")
"""Titles behind which a department stands, which is no organisation without ``وزارة``: ``وزيرة الصحة الماليزية``."""
_KIN = word_list("kin")
"""Words before the name of a family, which is nobody by itself: ``عائلة أبو طير``."""
_STORMS = word_list("storms")
"""What bears first names: ``العاصفة دانيال``."""
_WORKS = word_list("works") | _STORMS
"""What has a name of its own in quotes, which is nobody's: ``المنخفض الجوي "هاري"``, ``فيلم "جوكر"``."""
_OF_STORMS = word_list("adjectives of storms")
_MONTH = "شهر"
"""What makes a first name a month: ``شهر رمضان المبارك``."""


def is_misread(span: Span, tokens: Tokens) -> bool:
    """Whether the words around a name say that it means nobody and nothing here."""
    if span.first and not span.offset and tokens.starts[span.first] - tokens.ends[span.first - 1] == 1:
        before = {stem.folded for stem in stems_of(tokens.texts[span.first - 1])}
        if span.type != "location" and not _CONTESTS.isdisjoint(before):
            return True
        if span.type == "organization" and span.entity is None and not _DEPARTMENTS.isdisjoint(before):
            return True
        if span.type == "person" and span.entity is None and not _KIN.isdisjoint(before):
            return span.last - span.first < 3 and tokens.folded[span.first].startswith(("ابو", "ابي", "ال"))
        if span.type == "person" and _MONTH in before:
            return True
    return _is_work(span, tokens) or (span.type == "person" and _is_initialled(span, tokens))


def _is_work(span: Span, tokens: Tokens) -> bool:
    """Whether the words are the name of a storm, a ship, a film."""
    at = span.first - 1
    texts = tokens.texts
    quoted = at > 0 and texts[at] in QUOTES and span.last < len(texts) and texts[span.last] in QUOTES
    if at < 0 or (span.type != "person" and not quoted):
        return False
    at -= quoted
    if at and tokens.folded[at] in _OF_STORMS:
        at -= 1
    named = _WORKS if quoted else _STORMS
    return any(stem.folded in named for stem in stems_of(texts[at]))


def _is_initialled(span: Span, tokens: Tokens) -> bool:
    """Whether a first name goes on with an initial, as courts' news hide the accused: ``سيد. ع``."""
    if span.last - span.first > 1:
        return False
    rest = tokens.texts[span.last : span.last + 2]
    if rest and rest[0] == ".":
        glued = tokens.starts[span.last] == tokens.ends[span.last - 1]
        return glued and len(rest) > 1 and _is_letter(rest[1])
    return bool(rest) and _is_letter(rest[0]) and rest[1:] == ["."]


def _is_letter(text: str) -> bool:
    return len(text) == 1 and text.isalpha()
