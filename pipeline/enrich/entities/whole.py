"""Tell a known name from a part of another one: جلال طالباني in بافل جلال طالباني, an acronym in a Latin sentence."""

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.entities.words import traits

_FIRST_ARABIC = "\u0600"
_ADJECTIVE = ("ي", "يه")
_NAMED_BY_STATE = frozenset({"party", "union", "bank", "court", "committee", "federation"})
"""Kinds of organisations that bear the same name in several states: الحزب الديمقراطي."""


def sift(known: list[Span], tokens: Tokens) -> list[Span]:
    """Return the known names without those that are only a part of another name.

    Organisations that an adjective behind them makes others (الحزب الديمقراطي + الكوردستاني) keep their words and lose
    their entity.
    """
    taken = {place for span in known for place in range(span.first, span.last)}
    kept = []
    for span in known:
        if _ends_a_name(span, tokens, taken) or _is_latin_word(span, tokens):
            continue
        kept.append(_with_state(span, tokens) if span.last not in taken else span)
    return kept


def begins_inside(span: Span, known: list[Span]) -> bool:
    """Whether a name that a rule found begins with the end of a known one: نهضة [بركان معين] الشعباني."""
    return any(other.certain and other.first < span.first < other.last < span.last for other in known)


def identified(span: Span, known: list[Span], tokens: Tokens) -> Span:
    """Give a person found by a rule the known person whose name it begins with: … آل سعود, … الصباح."""
    if span.entity is None and span.type == "person":
        for other in known:
            if other.first != span.first or other.type != "person" or other.last - other.first < 2:
                continue
            following = tokens[min(other.last, len(tokens) - 1)]
            if span.last - other.last > 1 and traits(following.text).given == 0:
                span.last = other.last  # Two people: قيس سعيد + كمال المدوري.
            if span.last == other.last or traits(following.text).particle or following.folded.startswith("ال"):
                span.entity, span.name = other.entity, other.name
    return span


def _ends_a_name(span: Span, tokens: Tokens, taken: set[int]) -> bool:
    """Whether a first name right before a known person makes it another one's father and family."""
    if span.type != "person" or span.last - span.first < 2 or not span.first or span.offset:
        return False
    before = tokens[span.first - 1]
    if span.first - 1 in taken or tokens.starts[span.first] - before.end != 1:
        return False
    word = traits(before.text)
    return word.given >= 0 and not (word.plain or word.title or word.speech or word.particle)


def _with_state(span: Span, tokens: Tokens) -> Span:
    """Take in the state's or people's adjective that makes a known organisation another one."""
    if span.type != "organization" or span.entity is None or span.last >= len(tokens) or span.last - span.first < 2:
        return span
    following = tokens[span.last]
    nationality = traits(following.text).nationality
    adjective = following.folded.startswith("ال") and following.folded.endswith(_ADJECTIVE)
    definite = tokens.folded[span.last - 1].startswith("ال")
    if not (nationality and adjective and definite and span.entity.kind in _NAMED_BY_STATE):
        return span
    if following.start - tokens.ends[span.last - 1] != 1 or nationality.country == span.entity.country != "":
        return span
    if (tokens.folded[span.last - 1].endswith("ه")) != following.folded.endswith("ه"):
        return span
    return Span(span.first, span.last + 1, span.offset, span.type)


def _is_latin_word(span: Span, tokens: Tokens) -> bool:
    """Whether what looks like a name is a word of a sentence in Latin letters, in small letters: the French *un*."""
    text = tokens.texts[span.first]
    if span.last - span.first > 1 or not (text.isascii() and text.islower()):
        return False
    beside = tokens.texts[max(0, span.first - 1) : span.first] + tokens.texts[span.last : span.last + 1]
    return any(other.isalpha() and other[0] < _FIRST_ARABIC for other in beside)
