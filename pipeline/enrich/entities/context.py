"""Decide what a known name means here: which of its entities, and whether the words around speak for a weak one."""

from functools import lru_cache

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import QUOTES, Candidate, Match, gazetteer
from pipeline.enrich.entities.lists import (
    Head,
    counter_contexts,
    epithets,
    group_adjectives,
    institution_heads,
    nationalities,
    organization_contexts,
    person_contexts,
    place_contexts,
    place_heads,
    plain_phrases,
    title_length,
)
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Tokens
from pipeline.enrich.entities.words import traits

_AROUND = 12
"""Tokens on both sides of a name in which a word speaks against it."""
_REACH = 3
"""Tokens before a name among which a title still speaks for it."""
_OFTEN_WITH_COUNTRY = frozenset({"club", "party", "armed", "company", "channel", "agency", "newspaper", "bank"})
SON = ("بن", "ابن", "بنت")
_DEFINITE = 5
"""Letters of the shortest definite noun: shorter are إلى and التي."""
_LONGEST_OWNED = 5
"""Letters of a place that may well be a short noun with a pronoun: not صبراته."""
_CAREFUL = 5
"""Words with ة that show that a text tells it from ه."""
_TANWIN = "\u064b"


def judge(match: Match, tokens: Tokens) -> list[Span]:
    """Return the spans that a match may stand for, the most likely first; weak ones without support are uncertain."""
    if _is_adjective(match, tokens) or _is_descent(match, tokens):
        return []
    if is_adverb(tokens.texts[match.first : match.last]) or _is_plain(match, tokens) or _is_owned(match, tokens):
        return []
    supported, sure, unsure = [], [], []
    for candidate in match.candidates:
        if candidate.weak and _contradicted(candidate.entity.name, match, tokens):
            continue
        span = _span(match, candidate.entity, tokens)
        if not candidate.weak:
            sure.append(span)
        elif _supported(candidate, match, tokens):
            supported.append(span)
        else:
            span.certain = False
            unsure.append(span)
    spans = [*supported, *sure, *unsure]
    if len(spans) > 1 and spans[0].type == "location":
        spans[0].namesakes = tuple(span.entity for span in spans[1:] if span.entity and span.type == "location")
    return spans


def _is_plain(match: Match, tokens: Tokens) -> bool:
    """Whether a name of one word is a plain word before the next one: مسقط رأسه."""
    if match.last - match.first > 1 or match.last >= len(tokens):
        return False
    before = plain_phrases().get(tokens.folded[match.first])
    return before is not None and tokens.folded[match.last].startswith(before)


def _is_owned(match: Match, tokens: Tokens) -> bool:
    """Whether a name of one word ends with a pronoun, in a text that writes ة where it means ة: قفصه is "his cage"."""
    written = tokens.texts[match.first]
    long = len(written) > _LONGEST_OWNED or tokens.folded[match.first].startswith("ال")
    if match.last - match.first > 1 or not written.endswith("ه") or long:
        return False
    if not all(candidate.entity.name.endswith("ة") for candidate in match.candidates):
        return False
    feminine = [text for text in tokens.texts if text.endswith("ة")]
    return len(feminine) >= _CAREFUL and f"{written[match.offset : -1]}ة" not in feminine


def is_adverb(words: list[str]) -> bool:
    """Whether a name of one word bears the ending of an adverb or adjective: روسيًا is "Russian", not Russia."""
    return len(words) == 1 and _TANWIN in words[0]


def _span(match: Match, entity: Entity, tokens: Tokens) -> Span:
    first, last, offset = match.first, match.last, match.offset
    if last - first > 1:
        places = [place for place in range(first, last) if tokens.texts[place] not in QUOTES]
        stem = next(stem.folded for stem in tokens.stems[first] if stem.offset == offset)
        before, after = _trim((stem, *(tokens.folded[place] for place in places[1:])), entity)
        if before:
            first, offset = places[before], 0
        last = places[-1 - after] + 1
    return Span(first, last, offset, entity.type, entity, entity.name)


@lru_cache(maxsize=1 << 14)
def _trim(words: tuple[str, ...], entity: Entity) -> tuple[int, int]:
    """Return how many words before and after a known name only say what or whose it is: مدينة, الملك; الإسباني."""
    before = after = 0
    if entity.type == "person":
        while (
            before < len(words) and words[before].startswith(("ال", "ايه")) and (more := title_length(words[before:]))
        ):
            before += more
    else:
        head = (place_heads() if entity.type == "location" else institution_heads()).get(words[0])
        if head is not None and not head.inside and _stands_alone(words[1:], head):
            before = 1
    if before >= len(words):
        before = 0
    if len(words) - before > 1:
        nationality = nationalities().get(words[-1])
        owned = nationality is not None and bool(nationality.country) and entity.kind in _OFTEN_WITH_COUNTRY
        praised = entity.type == "location" and words[-1] in epithets()
        after = int(praised or (owned and gazetteer().knows(words[before:-1])))
    return before, after


def _stands_alone(words: tuple[str, ...], head: Head) -> bool:
    """Whether a name is the same without its head; تنظيم القاعدة is not, as القاعدة alone is a plain word."""
    if head.kind in ("movement", "armed"):
        return gazetteer().knows(words, surely=True)
    return (len(words) == 1 and words[0] not in nationalities()) or gazetteer().knows(words)


def _is_adjective(match: Match, tokens: Tokens) -> bool:
    """Whether a country's name is the adjective of a noun: السعودية in الحكومة السعودية, سورية in امرأة سورية."""
    if match.last - match.first > 1 or not match.first or match.offset:
        return False
    folded = tokens.folded[match.first]
    if folded not in nationalities():
        return False
    before = tokens[match.first - 1]
    if tokens.starts[match.first] - before.end != 1 or traits(before.text).nationality:
        return False
    if folded.startswith("ال"):
        return any(stem.folded.startswith("ال") and len(stem.folded) >= _DEFINITE for stem in before.stems)
    return before.text.endswith(("ة", "ات")) and traits(before.text).place_head is None


def _is_descent(match: Match, tokens: Tokens) -> bool:
    """Whether ``بن علي`` is not a name by itself but goes on with the one before it: الحسين بن علي."""
    if tokens.folded[match.first] not in SON or not match.first:
        return False
    before = traits(tokens.texts[match.first - 1])
    return before.given >= 0 or before.family >= 0


def _contradicted(name: str, match: Match, tokens: Tokens) -> bool:
    """Whether words around a weak name say that it means something else: الأسد beside غابة."""
    against = counter_contexts().get(name)
    if against is None:
        return False
    around = tokens.stems[max(0, match.first - _AROUND) : match.last + _AROUND]
    return any(stem.folded in against for stems in around for stem in stems)


def _supported(candidate: Candidate, match: Match, tokens: Tokens) -> bool:
    reach = range(max(0, match.first - _REACH), match.first)
    before = [place for place in reach if tokens.texts[place] not in QUOTES]
    nearest = traits(tokens.texts[before[-1]]) if before else None
    folded = {stem.folded for stem in tokens.stems[before[-1]]} if before else set()
    match candidate.entity.type:
        case "person":
            if nearest is None:
                return False
            if nearest.title or nearest.speech or not folded.isdisjoint(person_contexts()):
                return True
            return nearest.nationality is not None and any(traits(tokens.texts[place]).title for place in before)
        case "location":
            if nearest is not None and nearest.place_head is not None:
                return True
            alone = match.last - match.first == 1 and candidate.entity.kind != "country"
            plain = alone and traits(tokens.texts[match.first]).plain
            return not plain and not folded.isdisjoint(place_contexts())
        case _:
            if nearest is not None and (
                (nearest.institution_head is not None and nearest.institution_head.kind != "court")
                or not folded.isdisjoint(organization_contexts())
            ):
                return True
            return match.last < len(tokens) and tokens.folded[match.last] in group_adjectives()
