"""What the tagger sees: features of a word, of two neighbours, of three, and of what the lists and rules already found.

All features of one word depend on nothing else, so that the model can add up their weights once per distinct word; the
same goes for pairs and triples. That is what makes tagging fast (:mod:`~pipeline.enrich.entities.tagger.model`).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tagger.lexicon import clusters, foreign_names, foreign_skeletons, skeleton
from pipeline.enrich.entities.tokens import stems_of
from pipeline.enrich.entities.words import Traits, traits

WORD_KINDS: dict[str, tuple[int, ...]] = {"inner": (0,), "outer": (-1, 0, 1), "wide": (-2, -1, 0, 1, 2)}
PAIR_KINDS: dict[str, tuple[int, ...]] = {"near": (-1, 0), "pair": (-2, -1, 0, 1)}
OFFSETS: dict[str, tuple[int, ...]] = {
    **WORD_KINDS,
    **PAIR_KINDS,
    "words": (-1, 0),
    "triple": (0,),
    "evidence": (0,),
}
"""Kinds of features, and at which distances from a token they are looked at; a pair stands where its first word does, a
triple where its middle word does."""

REACH = 2
"""The largest distance."""

EDGE = ""
"""The written form that stands for what is before and after a sentence."""

_ARTICLES = ("وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال")
_LATIN = re.compile("[a-z]")


@dataclass(frozen=True, slots=True, eq=False)
class Sort:
    """What sort of word a word is, for pairs and triples; there is one object for each, so that it is its own hash."""

    role: str
    """The one thing that it most likely is by the word lists, or its article."""
    group: str
    """Its cluster."""


@cache
def sort_of(role: str, group: str) -> Sort:
    """Return the one sort of a role and a group."""
    return Sort(role, group)


class Reading(NamedTuple):
    """What is kept of a written word."""

    folded: str
    sort: Sort


Features = dict[str, tuple[str, ...]]
"""Features by kind: ``inner`` tells of the word itself, ``outer`` of its neighbours too, ``wide`` of theirs."""


@lru_cache(maxsize=1 << 16)
def read(written: str) -> Reading:
    """Return what is kept of a written word; ``EDGE`` is a sentence's edge."""
    return _analyse(written)[1]


def word(written: str) -> Features:
    """Return the features of a written word; ``EDGE`` is a sentence's edge."""
    return _analyse(written)[0]


@lru_cache(maxsize=1 << 12)
def _analyse(written: str) -> tuple[Features, Reading]:
    """Return both; remembered for a while only, for the features of a word take three kilobytes and are needed once."""
    if not written:
        return {"wide": ("edge",)}, Reading("", sort_of("edge", "edge"))
    stems = [stem.folded for stem in stems_of(written)]
    folded = stems[0]
    shape = _shape(folded)
    if shape not in "AX":
        return {"wide": (f"shape={shape}",)}, Reading(folded, sort_of(shape, shape))
    facts = traits(written)
    known = _facts(facts, stems)
    groups, group = _groups(stems)
    article = next((article for article in _ARTICLES if folded.startswith(article)), "")
    padded = f"^{folded}$"
    inner = [f"part={padded[at : at + size]}" for size in (3, 4) for at in range(len(padded) - size + 1)]
    inner += (f"length={min(len(folded), 10)}", f"first={written[0]}", f"last={written[-1]}")
    outer = [f"stem={stem}" for stem in stems[1:]]
    outer += (f"begin={folded[:size]}" for size in (1, 2, 3) if len(folded) > size)
    outer += (f"end={folded[-size:]}" for size in (1, 2, 3) if len(folded) > size)
    outer.append(f"article={article}")
    wide = (f"word={folded}", f"shape={shape}", *known, *groups)
    sort = sort_of(_role(facts, known, article), group)
    return {"inner": tuple(inner), "outer": tuple(outer), "wide": wide}, Reading(folded, sort)


def words(first: Reading, second: Reading) -> str:
    """Return the feature of two neighbours' words."""
    return f"{first.folded}|{second.folded}"


def pair(first: Sort, second: Sort) -> dict[str, tuple[str, ...]]:
    """Return the features of two neighbours' sorts, by kind."""
    return {
        "near": (f"role-group={first.role}|{second.group}", f"group-role={first.group}|{second.role}"),
        "pair": (f"roles={first.role}|{second.role}", f"groups={first.group}|{second.group}"),
    }


def triple(before: str, here: str, after: str) -> tuple[str, ...]:
    """Return the features of three neighbours' roles, for the one in the middle."""
    return (f"roles={before}|{here}|{after}",)


def evidence(count: int, spans: Iterable[Span]) -> list[str]:
    """Return for each of ``count`` tokens what the lists and rules found there, ``-`` for nothing."""
    found = ["-"] * count
    for span in spans:
        source = _source(span)
        for position in range(span.first, span.last):
            place = "B" if position == span.first else "I"
            end = "E" if position == span.last - 1 else ""
            found[position] = f"{source}-{span.type}-{place}{end}"
    return found


def _source(span: Span) -> str:
    if span.entity is None:
        return "rule"
    if not span.certain:
        return "weak"
    return "known" if span.entity.wikidata else "listed"


def evident(before: str, here: str, after: str, role_before: str, role: str) -> tuple[str, ...]:
    """Return the features of what was found at a token and its neighbours; nothing where nothing was found."""
    if here == before == after == "-":
        return ()
    return (
        f"here={here}",
        f"before={before}|{here}",
        f"after={here}|{after}",
        f"behind={role_before}|{here}",
        f"word={here}|{role}",
    )


def _shape(folded: str) -> str:
    if folded.isdigit():
        return "D"
    if not any(letter.isalpha() for letter in folded):
        return folded[:1]
    if _LATIN.search(folded):
        return "L"
    return "A" if folded.isalpha() else "X"


def _facts(facts: Traits, stems: list[str]) -> list[str]:
    flags = {
        "given": facts.given == 0,
        "given+": facts.given > 0,
        "family": facts.family == 0,
        "family+": facts.family > 0,
        "particle": facts.particle,
        "plain": facts.plain,
        "title": facts.title,
        "speech": facts.speech,
        "nationality": facts.nationality is not None,
        "place-head": facts.place_head is not None,
        "institution-head": facts.institution_head is not None,
        "foreign": stems[0] in foreign_names(),
        "foreign+": any(stem in foreign_names() for stem in stems[1:]),
        "foreign~": skeleton(stems[0]) in foreign_skeletons(),
        "foreign+~": any(skeleton(stem) in foreign_skeletons() for stem in stems[1:]),
    }
    return [f"is={flag}" for flag, holds in flags.items() if holds]


def _role(facts: Traits, known: list[str], article: str) -> str:
    for role in ("title", "institution-head", "place-head", "speech", "particle", "nationality"):
        if f"is={role}" in known:
            return role
    for role in ("given", "family", "foreign", "plain"):
        if f"is={role}" in known or f"is={role}+" in known:
            return role
    return article or "-"


def _groups(stems: list[str]) -> tuple[list[str], str]:
    """Return the clusters of the word, of what is left without its clitics, and the one that stands for both."""
    features, group = [], ""
    for place, stem in enumerate(stems):
        known = clusters().get(stem)
        if known is None:
            continue
        mark = "" if place == 0 else "+"
        features += [f"group{level}{mark}={number}" for level, number in enumerate(known)]
        group = group or f"{mark}{known[0]}"
        if place:
            break
    return features, group or "?"
