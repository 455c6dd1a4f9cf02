"""From an article's title and body to its mentions of people, places and organisations."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.enrich.entities.canonical import settle
from pipeline.enrich.entities.context import judge
from pipeline.enrich.entities.enumerated import believe
from pipeline.enrich.entities.field import Field
from pipeline.enrich.entities.football import clubs
from pipeline.enrich.entities.gazetteer import Match, gazetteer
from pipeline.enrich.entities.identify import identify
from pipeline.enrich.entities.rules import find_unseen
from pipeline.enrich.entities.span import Span, longest
from pipeline.enrich.entities.tagger.merge import merge
from pipeline.enrich.entities.tagger.tag import tagger
from pipeline.enrich.entities.tokens import Tokens, tokenize, tokenize_all
from pipeline.enrich.entities.transformer import transformer
from pipeline.enrich.entities.vocabulary import Column
from pipeline.enrich.entities.whole import begins_inside, identified, sift
from pipeline.enrich.mention import Mention
from pipeline.settings import settings

_ARABIC = 2
"""What words begin with: 1 is any other letter, 0 none."""
_INITIALS = Column.of(lambda written: _ARABIC if "ء" <= written[:1] <= "ي" else int(written[:1].isalpha()), np.int8)


class Text(NamedTuple):
    """What of an article is searched for names."""

    title: str | None
    body: str
    tokens: Tokens
    """The body's."""


def recognise(title: str | None, body: str) -> tuple[Mention, ...]:
    """Return the mentions of an article, the title's first, each field's in order, none inside another."""
    return recognise_all([Text(title, body, tokenize(body))])[0]


def recognise_all(texts: Sequence[Text]) -> list[tuple[Mention, ...]]:
    """Return what :func:`recognise` says of each article; many at once take less time, and say the same."""
    titles = iter(tokenize_all([text.title for text in texts if text.title]))
    articles = [_fields(text, titles) for text in texts]
    fields = [field for article in articles for field in article]
    model = settings().ner_model
    if model:
        for field in fields:
            field.spans = identify(transformer(model).find(field.text, field.tokens), field.tokens)
    else:
        for field, spans in zip(fields, find_spans([field.tokens for field in fields]), strict=True):
            field.spans = spans
    for article in articles:
        settle(article)
    return [tuple(mention for field in article for mention in _mentions(field)) for article in articles]


def _fields(text: Text, titles: Iterator[Tokens]) -> list[Field]:
    """Return the fields of an article that are not empty; the next of the titles is its own if it has one."""
    title = [Field("title", text.title, next(titles))] if text.title else []
    return [*title, Field("body", text.body, text.tokens)] if text.body else title


def find_spans(texts: Sequence[Tokens]) -> list[list[Span]]:
    """Return what each text's tokens name; in each none overlaps another."""
    known = find_all_known(texts)
    arabic = [place for place, tokens in enumerate(texts) if _is_arabic(tokens)]
    tagged = tagger().tag_all([(texts[place], known[place]) for place in arabic])
    for place, said in zip(arabic, tagged, strict=True):
        known[place] = merge(texts[place], known[place], said)
    for place in arabic:
        known[place] = identify(known[place], texts[place])
    return known


def _is_arabic(tokens: Tokens) -> bool:
    """Whether most words are in Arabic letters; the tagger knows no others."""
    initials = tokens.values(_INITIALS)
    arabic = np.count_nonzero(initials == _ARABIC)
    return bool(2 * arabic >= len(tokens) or 2 * arabic >= np.count_nonzero(initials))


def find_known(tokens: Tokens) -> list[Span]:
    """Return known names, and unseen ones by rules; none overlaps another."""
    return find_all_known([tokens])[0]


def find_all_known(texts: Sequence[Tokens]) -> list[list[Span]]:
    """Return what :func:`find_known` says of each text, step by step: the processor keeps the code of one at hand."""
    names = gazetteer()
    matches = [list(names.find(tokens)) for tokens in texts]
    known = [_listed(*text) for text in zip(matches, texts, strict=True)]
    found = [
        list(find_unseen(tokens, [span for span in spans if span.certain]))
        for spans, tokens in zip(known, texts, strict=True)
    ]
    return [_chosen(*text) for text in zip(known, found, texts, strict=True)]


def _listed(matches: list[Match], tokens: Tokens) -> list[Span]:
    """Return the known names among the matches."""
    known = sift([span for match in matches if (span := _likeliest(match, tokens))], tokens)
    believe(known, tokens)
    teams = list(clubs(tokens, [span for span in known if span.certain]))
    if teams:
        places = {team.first for team in teams}
        known = [*(span for span in known if span.first not in places), *teams]
        known.sort(key=lambda span: span.first)
    return known


def _chosen(known: list[Span], found: list[Span], tokens: Tokens) -> list[Span]:
    """Return what to believe of the known names and of those that rules found."""
    whole = (identified(span, known, tokens) for span in found if not begins_inside(span, known))
    chosen = longest([*known, *whole])
    for span in chosen:
        if span.entity is None:
            span.inside = tuple(
                one for one in known if one.certain and span.first <= one.first and one.last <= span.last
            )
    return chosen


def _likeliest(match: Match, tokens: Tokens) -> Span | None:
    """Return what a match means here, or where that is uncertain the place that a shorter name in it surely means."""
    spans = judge(match, tokens)
    if spans and spans[0].certain:
        return spans[0]
    shorter = gazetteer().shorter(tokens, match)
    surer = judge(shorter, tokens) if shorter else []
    if surer and surer[0].certain and surer[0].type == "location":
        return surer[0]
    return spans[0] if spans else None


def _mentions(field: Field) -> list[Mention]:
    mentions = []
    for span in field.spans:
        start = field.tokens.starts[span.first] + span.offset
        end = field.tokens.ends[span.last - 1]
        wikidata = span.entity.wikidata if span.entity else None
        mentions.append(Mention(field.text[start:end], span.type, span.name, wikidata, field.name, start, end))
    return mentions
