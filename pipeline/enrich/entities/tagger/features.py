"""What the tagger sees: features of a word, of two neighbours, of three, and of what the lists and rules already found.

All features of one word depend on nothing else, so that the model can add up their weights once per distinct word; the
same goes for pairs and triples. That is what makes tagging fast (:mod:`~pipeline.enrich.entities.tagger.model`).
"""

import re
from collections.abc import Iterable
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

NOTHING = "-"
"""What :func:`evidence` says where nothing was found."""

COMBINATIONS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("near", "role-group", ("role", "group")),
    ("near", "group-role", ("group", "role")),
    ("pair", "roles", ("role", "role")),
    ("pair", "groups", ("group", "group")),
    ("triple", "roles", ("role", "role", "role")),
    ("evidence", "here", ("found",)),
    ("evidence", "before", ("found", "found")),
    ("evidence", "after", ("found", "found")),
    ("evidence", "behind", ("role", "found")),
    ("evidence", "word", ("found", "role")),
)
"""Features of several values: kind, what their names begin with before ``=``, and what values they have, parted by
``|``."""

_BEFORE_ARTICLES = tuple("وفبكلا")
_ARTICLES = ("وبال", "وال", "فال", "بال", "كال", "ولل", "لل", "ال")
_LATIN = re.compile("[a-z]")


class Reading(NamedTuple):
    """What pairs and triples see of a written word."""

    folded: str
    role: str
    """The one thing that it most likely is by the word lists, or its article."""
    group: str
    """Its cluster."""


class Word(NamedTuple):
    """What is known of a word by itself, as features named ``family=value``: ``outer`` ones tell of its neighbours too,
    ``wide`` ones of theirs.
    """

    outer: list[str]
    wide: list[str]
    spelled: bool
    """Whether its letters are looked at as well (:mod:`~pipeline.enrich.entities.tagger.spelling`)."""


def analyse(written: str) -> tuple[Word, Reading]:
    """Return the features of a written word, and what pairs see of it; ``EDGE`` is a sentence's edge."""
    if not written:
        return Word([], ["edge"], spelled=False), Reading("", "edge", "edge")
    stems = [stem[1] for stem in stems_of(written)]
    folded = stems[0]
    shape = _shape(folded)
    if shape not in "AX":
        return Word([], [f"shape={shape}"], spelled=False), Reading(folded, shape, shape)
    known = _facts(traits(written), stems)
    groups, group = _groups(stems)
    article = next(filter(folded.startswith, _ARTICLES), "") if folded.startswith(_BEFORE_ARTICLES) else ""
    outer = [f"article={article}", *[f"stem={stem}" for stem in stems[1:]]]
    wide = [f"word={folded}", f"shape={shape}", *known, *groups]
    return Word(outer, wide, spelled=True), Reading(folded, _role(known, article) if known else article or "-", group)


def words(first: Reading, second: Reading) -> str:
    """Return the feature of two neighbours' words."""
    return f"{first.folded}|{second.folded}"


def pair(first: Reading, second: Reading) -> dict[str, tuple[str, ...]]:
    """Return the features of two neighbours' roles and groups, by kind."""
    return {
        "near": (f"role-group={first.role}|{second.group}", f"group-role={first.group}|{second.role}"),
        "pair": (f"roles={first.role}|{second.role}", f"groups={first.group}|{second.group}"),
    }


def triple(before: str, here: str, after: str) -> tuple[str, ...]:
    """Return the features of three neighbours' roles, for the one in the middle."""
    return (f"roles={before}|{here}|{after}",)


def evidence(spans: Iterable[Span]) -> dict[int, str]:
    """Return what the lists and rules found, by token; elsewhere it is ``NOTHING``."""
    found: dict[int, str] = {}
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
    if here == before == after == NOTHING:
        return ()
    return (
        f"here={here}",
        f"before={before}|{here}",
        f"after={here}|{after}",
        f"behind={role_before}|{here}",
        f"word={here}|{role}",
    )


def _shape(folded: str) -> str:
    if folded.isalpha():
        return "L" if _LATIN.search(folded) else "A"
    if folded.isdigit():
        return "D"
    if not any(map(str.isalpha, folded)):
        return folded[:1]
    return "L" if _LATIN.search(folded) else "X"


def _facts(facts: Traits, stems: list[str]) -> list[str]:
    known = _listed(facts) if facts.listed else []
    foreign, skeletons = foreign_names(), foreign_skeletons()
    for place, stem in enumerate(stems):
        if stem in foreign:
            known.append("is=foreign+" if place else "is=foreign")
        if skeleton(stem) in skeletons:
            known.append("is=foreign+~" if place else "is=foreign~")
    return list(dict.fromkeys(known)) if len(known) > 1 else known


def _listed(facts: Traits) -> list[str]:
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
    }
    return [f"is={flag}" for flag, holds in flags.items() if holds]


def _role(known: list[str], article: str) -> str:
    for role in ("title", "institution-head", "place-head", "speech", "particle", "nationality"):
        if f"is={role}" in known:
            return role
    for role in ("given", "family", "foreign", "plain"):
        if f"is={role}" in known or f"is={role}+" in known:
            return role
    return article or "-"


def _groups(stems: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the clusters of the word, of what is left without its clitics, and the one that stands for both."""
    table = clusters()
    whole = table.get(stems[0])
    stem = next(filter(None, map(table.get, stems[1:])), None)
    features = (*(whole.whole if whole else ()), *(stem.stem if stem else ()))
    return features, whole.coarse if whole else f"+{stem.coarse}" if stem else "?"
