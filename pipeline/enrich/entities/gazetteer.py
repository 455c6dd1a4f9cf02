"""Find known names in a list of tokens: one walk down a tree of folded words from each token, so linear time."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from pipeline.arabic import fold
from pipeline.enrich.entities.entity import (
    Alias,
    Entity,
    read_organizations,
    read_people,
    read_places,
    read_state_institutions,
)
from pipeline.enrich.entities.lists import DATA, family_names, given_names, stop_words
from pipeline.enrich.entities.tokens import Stem, Tokens, stems_of, tokenize
from pipeline.enrich.entities.vocabulary import Column

QUOTES = frozenset("\"'“”„«»‘’‹›")
_PLAIN = re.compile(r"[\w ]+")
_JOINED = frozenset({"عبد", "ابو", "ام"})
_HERE = ""
"""The key of a node under which the entities stand whose name ends there; no word is empty."""


class Candidate(NamedTuple):
    """An entity that a name may mean."""

    entity: Entity
    weak: bool
    """Whether it takes more than the name itself to believe it."""


class Match(NamedTuple):
    """A known name in a list of tokens."""

    first: int
    last: int
    """Index after the last token."""
    offset: int
    """Characters of the first token that are clitics."""
    candidates: tuple[Candidate, ...]


_Starts = tuple[tuple[Stem, dict[str, Any]], ...]
"""The readings of a word with which names begin, and the node of each."""


class Gazetteer:
    """A tree of names. ``add`` refuses a name that already means another entity of the same certainty."""

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}
        self._places: dict[str, list[Entity]] = {}
        self._countries: dict[str, Entity] = {}
        self._starts = Column.of(self._find_starts)

    def add(self, aliases: Iterable[Alias], *, yields: bool = False) -> None:
        """Add names.

        Args:
            aliases: Names with their entities.
            yields: Whether a name that is known already is passed over instead of refused, for lists that nobody wrote
                by hand. Such a name is weak if it is also a person's name or a plain word.

        Raises:
            KnowledgeError: A name means two entities and not exactly one of the two is weak.
        """
        for alias in aliases:
            if alias.entity.type == "location":
                self._add_place(alias)
                if alias.entity.kind == "country":
                    self._countries.setdefault(alias.entity.country, alias.entity)
            for words in _spellings(alias.text):
                self._add(words, alias, yields)

    def _add_place(self, alias: Alias) -> None:
        if alias.text != alias.entity.name:
            return
        places = self._places.setdefault(alias.text, [])
        if alias.entity not in places:
            places.insert(len(places) if alias.weak else 0, alias.entity)

    def _add(self, words: tuple[str, ...], alias: Alias, yields: bool) -> None:
        node = self._root
        for word in words:
            node = node.setdefault(word, {})
        known: tuple[Candidate, ...] = node.get(_HERE, ())
        if known and any(candidate.entity == alias.entity for candidate in known):
            return
        weak = alias.weak
        if yields:
            if known:
                return
            weak = weak or (len(words) == 1 and _is_plain(words[0]))
        for other, other_weak in known:
            if other_weak == weak and (not weak or _alike(other, alias.entity)):
                raise alias.row.error(
                    f"'{alias.text}' already means {other.name} ({other.type}); "
                    "put ? before the one that needs more context, or drop one"
                )
        node[_HERE] = (*known, Candidate(alias.entity, weak))

    def find(self, tokens: Tokens) -> Iterator[Match]:
        """Yield the longest known names, from left to right, none inside another."""
        covered = 0
        starts = tokens.values(self._starts)
        for position in np.flatnonzero(starts).tolist():
            if position >= covered:
                match = self._longest(starts[position], tokens, position, len(tokens))
                if match is not None:
                    yield match
                    covered = match.last

    def first_words(self) -> Iterable[str]:
        """Return the folded words with which names begin."""
        return self._root.keys()

    def at(self, tokens: Tokens, position: int, end: int | None = None) -> Match | None:
        """Return the longest known name that begins at a token, and does not reach beyond the one before ``end``."""
        starts = self._find_starts(tokens.texts[position])
        return self._longest(starts, tokens, position, len(tokens) if end is None else end)

    def _longest(self, starts: _Starts, tokens: Tokens, position: int, end: int) -> Match | None:
        best: Match | None = None
        for stem, node in starts:
            last, candidates = self._walk(node, tokens, position + 1, end)
            if candidates and (best is None or last > best.last):
                best = Match(position, last, stem.offset, candidates)
        return best

    def shorter(self, tokens: Tokens, match: Match) -> Match | None:
        """Return the longest known name that begins like a match and ends before it: الإمارات in الإمارات اليوم."""
        return self.at(tokens, match.first, match.last - 1) if match.last - match.first > 1 else None

    def meanings(self, words: tuple[str, ...]) -> tuple[Candidate, ...]:
        """Return what these folded words may mean."""
        node = self._root
        for word in words:
            node = node.get(word, {}) if word != _HERE else {}  # A stretched line alone folds to nothing.
        candidates: tuple[Candidate, ...] = node.get(_HERE, ())
        return candidates

    def knows(self, words: tuple[str, ...], *, surely: bool = False) -> bool:
        """Whether these folded words are a name; ``surely``: and need no context."""
        return any(not (candidate.weak and surely) for candidate in self.meanings(words))

    def lookup(self, name: str) -> Entity | None:
        """Return the entity that a name surely means."""
        return next((entity for entity, weak in self.meanings(_words(name)) if not weak), None)

    def places(self, name: str) -> tuple[Entity, ...]:
        """Return the places with this canonical name, the best known first."""
        return tuple(self._places.get(name, ()))

    def country(self, code: str) -> Entity | None:
        """Return the country with this code (ISO 3166-1 alpha-2)."""
        return self._countries.get(code)

    def _find_starts(self, written: str) -> _Starts:
        root = self._root
        return tuple([(stem, root[stem[1]]) for stem in stems_of(written) if stem[1] in root])

    @staticmethod
    def _walk(node: dict[str, Any], tokens: Tokens, position: int, end: int) -> tuple[int, tuple[Candidate, ...]]:
        """Return the end of the longest name from here, and what it may mean; marks of quotation are passed over."""
        last, candidates = position, node.get(_HERE, ())
        folded = tokens.folded
        while position < end:
            word = folded[position]
            following = node.get(word) if word else None
            position += 1
            if following is not None:
                node = following
                if _HERE in node:
                    last, candidates = position, node[_HERE]
            elif word not in QUOTES:
                break
        return last, candidates


@cache
def gazetteer() -> Gazetteer:
    """Return all known names but those of state institutions."""
    names = Gazetteer()
    names.add(read_people(DATA / "people.tsv"))
    names.add(read_organizations(DATA / "organizations.tsv"))
    names.add(read_places(DATA / "places.tsv"))
    names.add(read_places(DATA / "places_geonames.tsv"), yields=True)
    return names


@cache
def state_institutions() -> Gazetteer:
    """Return what every state has: ministries, an army, a parliament."""
    names = Gazetteer()
    names.add(read_state_institutions(DATA / "state_institutions.tsv"))
    return names


def _alike(one: Entity, other: Entity) -> bool:
    """Whether no context could tell two entities apart: of one type, and not places in two countries."""
    return one.type == other.type and (one.type != "location" or one.country == other.country)


def _is_plain(word: str) -> bool:
    return word in stop_words() or word in given_names() or word in family_names()


def _words(name: str) -> tuple[str, ...]:
    if _PLAIN.fullmatch(name):
        return tuple(fold(name).split())
    return tuple(tokenize(name).folded)


def _spellings(name: str) -> list[tuple[str, ...]]:
    """Return a name's words, with ``عبد الله``, ``أبو ظبي`` and ``نصر الله`` written in two and in one."""
    spellings = [_words(name)]
    if len(spellings[0]) == 1:
        return spellings
    for words in spellings:
        for place in range(len(words) - 1):
            if words[place] in _JOINED or words[place + 1] == "الله":
                joined = (*words[:place], words[place] + words[place + 1], *words[place + 2 :])
                if joined not in spellings:
                    spellings.append(joined)
    return spellings
