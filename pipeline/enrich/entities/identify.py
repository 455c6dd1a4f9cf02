"""Settle where an unseen name begins (behind its clitics), and which known entity a name of the tagger is."""

import re
from itertools import pairwise

from pipeline.arabic import TATWEEL
from pipeline.enrich.entities.context import is_adverb
from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.enrich.entities.lists import family_names, given_names, institution_heads, stop_words
from pipeline.enrich.entities.misread import is_misread
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Stem, Token, Tokens
from pipeline.enrich.entities.word_lists import word_list
from pipeline.enrich.entities.words import Traits, is_surname, traits

_OPEN = frozenset(("ال", "بن", "ابن", "ابو", "ابي", "عبد", "دي", "فون"))
"""Particles after which a name must go on."""
_NAMED_AFTER = frozenset({"hospital", "university", "institute", "museum", "foundation"})
"""Kinds of institutions that are named after people."""
_TRADES = frozenset({"company", "website", "club"})
"""Kinds whose head stands before the name, and never before a person's."""
_SETTLED = frozenset({"town", "village", "district", "quarter"})
"""Kinds of places whose head hardly anything but their name follows."""
_PLURAL = frozenset({"committee", "council", "party", "programme", "publisher", "authority", "armed"})
"""Kinds whose head often is a plain noun: the council, the programme."""
_INQUIRY = "committee"
"""Kind of what bears its chair's name: ``لجنة فينوغراد``."""
_STRETCHED = re.compile(f"[وف]?[بلك]{TATWEEL}")
"""A clitic that is set off from a name by a stretched line: لـكيليم."""
_CALLED = word_list("called")
"""Words behind a name that bring in another: … محمد المعروف بـ."""
_BEGINNINGS = frozenset(("ابو", "ام", "ابن"))
_VOWELS = "اوي"
_LONG = 4


def identify(spans: list[Span], tokens: Tokens) -> list[Span]:
    """Complete the spans that came without entity and without offset: the tagger's."""
    seen = set(tokens.folded)
    complete = []
    for span in spans:
        if is_adverb(tokens.texts[span.first : span.last]):
            continue
        if span.entity is None:
            complete += _parts(span, tokens)
        else:
            complete.append(span)
    complete = [_headed(span, tokens) for span in _extended(complete, tokens)]
    for span in complete:
        if span.entity is not None:
            continue
        found = _known(span, tokens)
        if found is not None:
            stem, span.entity = found
            span.offset, span.name, span.type = stem.offset, span.entity.name, span.entity.type
        elif not span.offset:
            span.offset = _offset(tokens[span.first], seen)
    return [
        span
        for span in complete
        if not is_misread(span, tokens) and (span.entity is not None or not _is_no_name(span, tokens))
    ]


def _parts(span: Span, tokens: Tokens) -> list[Span]:
    """Return the span without punctuation and titles at its ends, parted where ``و`` joins two people."""
    first, last = span.first, span.last
    while first < last and not tokens.folded[first].isalnum():
        first += 1
    if span.type == "person" and last - first > 1:
        first += _is_spoken_to(tokens, first) or _is_kin(tokens, first)
        called = (at for at in range(first + 1, last) if tokens.folded[at] in _CALLED)
        last = next(called, last)
    if span.type == "location" and last - first > 1 and _only_says_what(tokens[first:last]):
        first += 1
    if span.type == "organization" and last - first == 2 and first and _is_of_country(tokens[first - 1 : last]):
        last -= 1
    while first < last and (not tokens.folded[last - 1].isalnum() or _is_title(tokens[last - 1], last - first)):
        if span.type == "person" and is_surname(tokens.folded[last - 1]):
            break  # A title that is a family name too: جنى محمد السيد.
        last -= 1
    if span.type == "person" and last - first > 2 and _is_object(tokens[last - 1]):
        last -= 1
    if first == last:
        return []
    cuts = [first, last]
    if span.type == "person":
        cuts[1:1] = [at for at in range(first + 1, last) if _joins(tokens[at])]
    return [Span(start, end, span.offset if start == span.first else 0, span.type) for start, end in pairwise(cuts)]


def _extended(spans: list[Span], tokens: Tokens) -> list[Span]:
    """Let a person's name that ends in a particle take the next word: عبد اللطيف آل + الشيخ."""
    for span in spans:
        open_end = span.type == "person" and tokens.folded[span.last - 1] in _OPEN
        if open_end and span.last < len(tokens) and traits(tokens.texts[span.last]).letters:
            span.last += 1
    return [
        span for before, span in zip([None, *spans], spans, strict=False) if not before or before.last <= span.first
    ]


def _headed(span: Span, tokens: Tokens) -> Span:
    """Let an unseen name behind an institution's head be the institution's: شركة ماريون بيوتك, مستشفى + كمال عدوان."""
    if span.entity is not None or not span.first or span.type == "location" or span.offset:
        return span
    before = tokens[span.first - 1]
    head, place = traits(before.text).institution_head, traits(before.text).place_head
    if place is not None and place.kind in _SETTLED and span.type == "organization" and _adjacent(before, tokens, span):
        span.type = "location"
    if (
        head is None
        or tokens.starts[span.first] - before.end != 1
        or (head.kind in _PLURAL and not (head.kind == _INQUIRY and span.type == "person"))
    ):
        return span
    if head.inside and (span.type == "organization" or head.kind in (*_NAMED_AFTER, _INQUIRY)):
        offset = next((stem.offset for stem in before.stems if stem.folded in institution_heads()), 0)
        return Span(span.first - 1, span.last, offset, "organization")
    if not head.inside and head.kind in _TRADES:
        span.type = "organization"
    return span


def _adjacent(before: Token, tokens: Tokens, span: Span) -> bool:
    return tokens.starts[span.first] - before.end == 1 and traits(tokens.texts[span.first]).institution_head is None


def _only_says_what(words: list[Token]) -> bool:
    """Whether the first word says what kind of place the known name behind it is: بريف + القنيطرة."""
    head = traits(words[0].text).place_head
    names = [tuple(word.folded for word in words[at:]) for at in (0, 1)]
    return head is not None and not head.inside and not gazetteer().knows(names[0]) and gazetteer().knows(names[1])


def _is_of_country(words: list[Token]) -> bool:
    """Whether head, name and nationality stand here, the last no part of the name: شركة + سينوفاك + الصينية."""
    head, name, adjective = (traits(word.text) for word in words)
    nationality = adjective.nationality is not None and words[2].folded.startswith("ال")
    trade = head.institution_head is not None and head.institution_head.kind in _TRADES
    return nationality and trade and name.institution_head is None and not words[1].folded.startswith("ال")


def _is_spoken_to(tokens: Tokens, first: int) -> bool:
    """Whether لي behind a verb of speech is "to me" and not a name: قال لي + الغيطاني."""
    return tokens.folded[first] == "لي" and first > 0 and traits(tokens.texts[first - 1]).speech


def _is_kin(tokens: Tokens, first: int) -> bool:
    """Whether a name begins behind what the writer calls the person: جارتي + أم حسين."""
    word = traits(tokens.texts[first])
    own = tokens.folded[first].endswith("ي") and word.given < 0 and word.family < 0
    return own and tokens.folded[first + 1] in _BEGINNINGS


def _is_object(token: Token) -> bool:
    """Whether a person's name seems to end in a definite plural: it is whom he spoke to, as in محمد حسن + المانحين."""
    word = traits(token.text)
    plural = token.folded.startswith("ال") and token.folded.endswith(("ين", "ون", "ات"))
    return plural and token.folded != "الدين" and word.given < 0 and word.family < 0


def _is_title(token: Token, length: int) -> bool:
    """Whether a long name ends in the title that only comes next: سلطان بن سلمان أمير."""
    word = traits(token.text)
    indefinite = not token.folded.startswith("ال") and word.given < 0 and word.family < 0
    return word.title and ((length > 2 and word.plain) or (length > 1 and indefinite))


def _joins(token: Token) -> bool:
    """Whether a word inside a name is "and" with another person's first name: وعبد الله."""
    whole, *stems = token.stems
    return (
        whole.folded.startswith("و")
        and not _is_word(whole.folded)
        and any(stem.offset == 1 and (stem.folded in given_names() or stem.folded == "عبد") for stem in stems)
    )


def _is_first_name(word: Traits, folded: str) -> bool:
    """Whether a word is a first name as it stands, and plain only if a clitic is taken off: فادي, ف + أدى."""
    return word.given == 0 and word.nationality is None and folded not in stop_words()


def _is_no_name(span: Span, tokens: Tokens) -> bool:
    """Whether an unseen name is nothing but adjectives of nationality, titles and plain words."""
    words = [traits(text) for text in tokens.texts[span.first : span.last]]
    if len(words) > 1:
        named = zip(words, tokens.folded[span.first : span.last], strict=True)
        return (
            span.type == "person"
            and not any(_is_first_name(word, folded) for word, folded in named)
            and all(word.plain or word.nationality is not None for word in words)
        )
    (word,) = words
    return word.nationality is not None or (word.given < 0 and word.family < 0 and (word.plain or word.title))


def _known(span: Span, tokens: Tokens) -> tuple[Stem, Entity] | None:
    """Return the entity that a span's words name, and the stem with which they do.

    It is one of the span's type; else an organisation or a country that the words surely name: the tagger takes
    الأناضول for the region where it is the agency, and روسيا for its government.
    """
    tail = tokens.folded[span.first + 1 : span.last]
    meanings = [
        (stem, candidate)
        for stem in tokens.stems[span.first]
        for candidate in gazetteer().meanings((stem.folded, *tail))
    ]
    where = span.type == "person" and span.first and not tail and tokens.folded[span.first - 1] == "في"
    for stem, candidate in meanings:
        if candidate.entity.type == ("location" if where else span.type):
            return stem, candidate.entity
    for stem, (entity, weak) in meanings:
        if not weak and (entity.type == "organization" or entity.kind == "country"):
            return stem, entity
    return None


def _offset(token: Token, seen: set[str]) -> int:
    """Return the characters of clitics before an unseen name.

    A letter is taken for a clitic if what follows has the article or is a word of its own: a listed name, an
    institution's head, a word of this text. The conjunction و is taken for one before any consonant, since few names
    begin with it.
    """
    whole = token.stems[0].folded
    if stretched := _STRETCHED.match(token.text):
        return stretched.end()
    if _is_word(whole):
        return 0
    for stem in token.stems[1:]:
        if _is_word(stem.folded) or stem.folded in seen or (stem.folded.startswith("ال") and len(stem.folded) > _LONG):
            return stem.offset
    if whole.startswith("و") and len(whole) > _LONG and whole[1] not in _VOWELS:
        return token.stems[1].offset
    return 0


def _is_word(folded: str) -> bool:
    return folded in given_names() or folded in family_names() or folded in institution_heads()
