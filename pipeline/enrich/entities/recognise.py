"""From an article's title and body to its mentions of people, places and organisations."""

import re

from pipeline.enrich.entities.canonical import Field, settle
from pipeline.enrich.entities.context import judge
from pipeline.enrich.entities.enumerated import believe
from pipeline.enrich.entities.football import clubs
from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.enrich.entities.identify import identify
from pipeline.enrich.entities.rules import find_unseen
from pipeline.enrich.entities.span import Span, longest
from pipeline.enrich.entities.tagger.merge import merge
from pipeline.enrich.entities.tokens import Token, tokenize
from pipeline.enrich.entities.transformer import transformer
from pipeline.enrich.entities.whole import begins_inside, identified, sift
from pipeline.enrich.mention import Mention
from pipeline.settings import settings

_ARABIC = re.compile("[ء-ي]")


def recognise(title: str | None, body: str, tokens: list[Token] | None = None) -> tuple[Mention, ...]:
    """Return the mentions of an article, the title's first, each field's in order, none inside another.

    Args:
        title: The title, if there is one.
        body: The body.
        tokens: The body's tokens, if they are known already.
    """
    fields = [_read("title", title, tokenize(title))] if title else []
    if body:
        fields.append(_read("body", body, tokens if tokens is not None else tokenize(body)))
    settle(fields)
    return tuple(mention for field in fields for mention in _mentions(field))


def _read(name: str, text: str, tokens: list[Token]) -> Field:
    model = settings().ner_model
    if model:
        return Field(name, text, tokens, identify(transformer(model).find(text, tokens), tokens))
    return Field(name, text, tokens, find_spans(tokens))


def find_spans(tokens: list[Token]) -> list[Span]:
    """Return what one field's tokens name; none overlaps another."""
    known = find_known(tokens)
    return identify(merge(tokens, known), tokens) if _is_arabic(tokens) else known


def _is_arabic(tokens: list[Token]) -> bool:
    """Whether most words are in Arabic letters; the tagger knows no others."""
    initials = "".join([token.text[0] for token in tokens])
    return 2 * len(_ARABIC.findall(initials)) >= sum(map(str.isalpha, initials))


def find_known(tokens: list[Token]) -> list[Span]:
    """Return known names, and unseen ones by rules; none overlaps another."""
    known = sift([spans[0] for match in gazetteer().find(tokens) if (spans := judge(match, tokens))], tokens)
    believe(known, tokens)
    teams = list(clubs(tokens, [span for span in known if span.certain]))
    if teams:
        places = {team.first for team in teams}
        known = [*(span for span in known if span.first not in places), *teams]
        known.sort(key=lambda span: span.first)
    found = find_unseen(tokens, [span for span in known if span.certain])
    whole = (identified(span, known, tokens) for span in found if not begins_inside(span, known))
    return longest([*known, *whole])


def _mentions(field: Field) -> list[Mention]:
    mentions = []
    for span in field.spans:
        start = field.tokens[span.first].start + span.offset
        end = field.tokens[span.last - 1].end
        wikidata = span.entity.wikidata if span.entity else None
        mentions.append(Mention(field.text[start:end], span.type, span.name, wikidata, field.name, start, end))
    return mentions
