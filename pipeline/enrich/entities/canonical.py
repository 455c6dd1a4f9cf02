"""Give every span of a document its canonical name; let short forms join the full name that the document gives."""

import re
from collections import Counter

import numpy as np

from pipeline.arabic import fold, strip_marks
from pipeline.enrich.entities.field import Field
from pipeline.enrich.entities.lists import nationalities, stop_words
from pipeline.enrich.entities.repeated import find_again
from pipeline.enrich.entities.shortened import join_institutions
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Token, with_clitics
from pipeline.enrich.entities.vocabulary import Column
from pipeline.enrich.entities.words import TRAITS, traits

_WEAK_LETTERS = re.compile("[اوي]")
_CAREFUL = re.compile("[أإآؤئةى]")
"""Letters that hasty writers replace by others."""
_LONGEST_ACRONYM = 5
_ALIKE = str.maketrans("غجقظطص", "كككضتس")
_SPEECH = Column.of(lambda written: traits(written).speech, bool)


def skeleton(word: str) -> str:
    """Return a folded word's consonants, those alike written alike: سالز and سيلز, جوتيريش and غوتيريش are one."""
    return word[:1].translate(_ALIKE) + _WEAK_LETTERS.sub("", word[1:]).translate(_ALIKE)


def settle(fields: list[Field]) -> None:
    """Name all spans of a document, join short forms with full names, and drop what stays uncertain."""
    known = {span.entity for field in fields for span in field.spans if span.certain and span.entity}
    for field in fields:
        for span in field.spans:
            span.certain = span.certain or (span.entity in known and not _is_plain_place(field, span))
    _choose_places(fields)
    find_again(fields)
    people = _full_names(fields)
    for field in fields:
        _join_people(field, people)
        _join_acronyms(field, fields)
    for field in fields:
        field.spans = [span for span in field.spans if span.certain]
        for span in field.spans:
            span.name = span.name or _spelled(field, span)
    _spell_alike(fields)
    join_institutions(fields)


def _spell_alike(fields: list[Field]) -> None:
    """Give an unknown name that the document spells in several ways its most frequent, most careful spelling."""
    unknown = [span for field in fields for span in field.spans if span.entity is None]
    spellings = Counter((span.type, span.name) for span in unknown)
    best: dict[tuple[str, str], str] = {}
    for kind, name in sorted(spellings, key=lambda known: (spellings[known], len(_CAREFUL.findall(known[1])))):
        best[kind, fold(name)] = name
    for span in unknown:
        span.name = best[span.type, fold(span.name)]


def _is_plain_place(field: Field, span: Span) -> bool:
    """Whether the span is a plain word that is also a place: مالي stays "financial" even beside Mali."""
    return span.type == "location" and span.last - span.first == 1 and traits(field.tokens.texts[span.first]).plain


def _choose_places(fields: list[Field]) -> None:
    """Of places that share a name take the one in the country that the document speaks of most: طرابلس in Lebanon."""
    unsettled = [span for field in fields for span in field.spans if span.namesakes]
    if not unsettled:
        return
    votes: Counter[str] = Counter()
    for field in fields:
        votes.update(span.entity.country for span in field.spans if span.entity and span.certain and not span.namesakes)
        votes.update(found.country for word in field.tokens.values(TRAITS) if (found := word.nationality))
    del votes[""]
    for span in unsettled:
        if span.entity:
            span.entity = max((span.entity, *span.namesakes), key=lambda place: votes[place.country])
            span.name = span.entity.name


def _full_names(fields: list[Field]) -> dict[str, Span]:
    """Return surname → the full name's span, for people that the document names in full; None where two share it."""
    full: dict[str, Span] = {}
    shared: set[str] = set()
    for field in fields:
        for span in field.spans:
            if span.type != "person" or not span.certain or span.last - span.first < 2:
                continue
            words = fold(span.name or field.written(span)).split()
            if len(words) < 2:
                continue
            span.name = span.name or _spelled(field, span)
            for surname in (words[-1], f"{words[0]} {words[-1]}"):
                other = full.setdefault(surname, span)
                if not _same_person(fold(other.name).split(), words):
                    shared.add(surname)
                elif other is not span:
                    longer = max(other, span, key=lambda one: (one.entity is not None, len(one.name)))
                    full[surname] = longer
                    span.name, span.entity = longer.name, longer.entity
    return {
        surname: span
        for surname, span in full.items()
        if surname not in shared and len(surname) > 2 and surname not in stop_words() and surname not in nationalities()
    }


def _same_person(one: list[str], other: list[str]) -> bool:
    """Whether two full names may be one person's: طلال القضيبي and طلال إبراهيم القضيبي."""
    return one[0] == other[0] and one[-1] == other[-1] and (len(one) == 2 or len(other) == 2 or one == other)


def _join_people(field: Field, people: dict[str, Span]) -> None:
    """Give short forms the full name; find those that were not seen as names by themselves."""
    if not people:
        return
    skeletons = {bones: span for surname, span in people.items() if len(bones := skeleton(surname)) > 2}
    covered: set[int] = set()
    for span in field.spans:
        if span.type == "person" and span.last - span.first == 1:
            folded = field.tokens.stems[span.first]
            full = next((people[stem.folded] for stem in folded if stem.folded in people), None)
            if full is None and span.entity is None:
                full = next((skeletons[key] for stem in folded if (key := skeleton(stem.folded)) in skeletons), None)
            if full is not None:
                span.name, span.entity, span.certain = full.name, full.entity, True
        if span.certain:
            covered.update(range(span.first, span.last))
    surnames = with_clitics(people)
    spoken = set((1 + np.flatnonzero(field.tokens.values(_SPEECH)[:-1])).tolist())
    named = [position for position, folded in enumerate(field.tokens.folded) if folded in surnames]
    for position in sorted(spoken.union(named).difference(covered)):
        token = field.tokens[position]
        found = [(stem, people[stem.folded]) for stem in token.stems if stem.folded in people]
        if not found and position in spoken and not traits(token.text).plain:
            found = [(stem, skeletons[bones]) for stem in token.stems if (bones := skeleton(stem.folded)) in skeletons]
        if found:
            stem, full = found[0]
            field.spans = [span for span in field.spans if not span.first <= position < span.last]
            field.spans.append(Span(position, position + 1, stem.offset, "person", full.entity, full.name))
    field.spans.sort(key=lambda span: span.first)


def _join_acronyms(field: Field, fields: list[Field]) -> None:
    """Learn ``organisation (ABC)`` and give the bare acronym the organisation's name, in all fields."""
    for span in list(field.spans):
        if span.type != "organization" or span.last + 2 >= len(field.tokens) or field.tokens.texts[span.last] != "(":
            continue
        token = field.tokens[span.last + 1]
        if field.tokens.texts[span.last + 2] != ")" or not _is_acronym(token.text):
            continue
        name = span.name or _spelled(field, span)
        for other in fields:
            _place_acronym(other, token.text, Span(0, 0, 0, "organization", span.entity, name))


def _place_acronym(field: Field, acronym: str, full: Span) -> None:
    """Put the full name's entity wherever the acronym stands, but not inside another known name."""
    named = (span for span in field.spans if span.entity is not None or span.last - span.first > 1)
    covered = {place for span in named for place in range(span.first, span.last)}
    places = [place for place, text in enumerate(field.tokens.texts) if text == acronym and place not in covered]
    field.put(Span(place, place + 1, 0, full.type, full.entity, full.name) for place in places)


def _is_acronym(written: str) -> bool:
    """Whether a word in brackets behind an organisation's name looks like its short form: PKK, قسد."""
    if written.isascii():
        return written.isupper()
    return written.isalpha() and len(written) <= _LONGEST_ACRONYM and not traits(written).plain


def _spelled(field: Field, span: Span) -> str:
    """Return the span's own spelling without vowel marks, line ends and marks of quotation."""
    text = strip_marks(field.written(span))
    if span.offset and span.type != "person" and field.tokens.stems[span.first][-1].folded.startswith("ال"):
        text = _with_article(field.tokens[span.first], span.offset, text)
    return " ".join(re.sub('["“”«»]', " ", text).split())


def _with_article(token: Token, offset: int, text: str) -> str:
    """Give back the article's alef that ل swallowed: للمنظمة → المنظمة."""
    whole = strip_marks(token.text)
    return "ال" + text if whole[max(0, offset - 2) : offset] == "لل" else text
