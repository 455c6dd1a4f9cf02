"""Word lists: given and family names, titles of office, heads of places and institutions, nationalities, plain words.

All are read once, folded (:func:`pipeline.arabic.fold`), so that they can be asked with :attr:`Token.folded`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.arabic import fold
from pipeline.knowledge import read_rows

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Head:
    """A word that says what kind of thing follows: ``مدينة`` (town), ``حزب`` (party)."""

    kind: str
    inside: bool
    """Whether the head belongs to the name: it does in ``حزب العمل``, not in ``مدينة درعا``."""


@dataclass(frozen=True, slots=True)
class Nationality:
    """An adjective of nationality in its canonical spelling, masculine and indefinite: ``أمريكي``."""

    adjective: str
    country: str
    """ISO 3166-1 alpha-2; empty for regions, peoples and faiths."""


def _words(file: str) -> frozenset[str]:
    words: dict[str, int] = {}
    for row in read_rows(DATA / file, ("words",)):
        for word in row["words"].split():
            folded = fold(word)
            if len(folded) < 2:
                raise row.error(f"'{word}' is too short to be a word")
            words[folded] = row.line
    return frozenset(words)


@cache
def given_names() -> frozenset[str]:
    """First names, Arabic and transliterated, in one word each."""
    return _words("given_names.tsv")


@cache
def family_names() -> frozenset[str]:
    """Family names, Arabic and transliterated, in one word each."""
    return _words("family_names.tsv")


@cache
def stop_words() -> frozenset[str]:
    """Words that are never an entity by themselves, and end an unknown name."""
    return _words("stop_words.tsv")


@cache
def name_particles() -> frozenset[str]:
    """Words that join parts of a person's name: ``بن``, ``أبو``, ``آل``, ``فان``."""
    return _words("name_particles.tsv")


@cache
def speech_verbs() -> frozenset[str]:
    """Verbs whose subject is mostly a person: ``قال``, ``أعلن``."""
    return _words("speech_verbs.tsv")


@cache
def titles() -> dict[str, frozenset[tuple[str, ...]]]:
    """Titles of office and roles before a person's name: first word → the words after it, of each such title."""
    tails: dict[str, set[tuple[str, ...]]] = {}
    for row in read_rows(DATA / "titles.tsv", ("phrases",)):
        for phrase in row.many("phrases"):
            first, *tail = fold(phrase).split()
            tails.setdefault(first, set()).add(tuple(tail))
    return {first: frozenset(found) for first, found in tails.items()}


@cache
def _longest_tails() -> dict[str, int]:
    return {first: max(map(len, tails)) for first, tails in titles().items()}


@cache
def longest_title() -> int:
    """Return how many words the longest title has."""
    return 1 + max(_longest_tails().values())


@cache
def title_tails() -> frozenset[str]:
    """Words between a title and the name: ``السابق``, ``الراحل``."""
    return _words("title_tails.tsv")


@cache
def place_beginnings() -> frozenset[str]:
    """Words that begin a place's name of two words: ``كفر``, ``تل``, ``سان``."""
    return _words("place_beginnings.tsv")


@cache
def person_contexts() -> frozenset[str]:
    """Nouns that a person's short name follows: ``نظام`` (the regime of), ``إدارة`` (the administration of)."""
    return _words("person_contexts.tsv")


@cache
def generic_parts() -> frozenset[str]:
    """Words that make no name of an institution's head: ``هيئة المحكمة``, ``مجلس الإدارة``."""
    return _words("generic_parts.tsv")


@cache
def group_adjectives() -> frozenset[str]:
    """Adjectives behind the name of a group that speak for it: ``القاعدة الإرهابية``."""
    return _words("group_adjectives.tsv")


@cache
def organization_contexts() -> frozenset[str]:
    """Words that an organisation's ambiguous short name follows: ``مراسل`` (of a channel), ``مهاجم`` (of a club)."""
    return _words("organization_contexts.tsv")


@cache
def plain_clubs() -> frozenset[str]:
    """Plain words that are clubs in a text about football: ``الوحدة``, ``الهلال``."""
    return _words("plain_clubs.tsv")


@cache
def football_words() -> frozenset[str]:
    """Words of match reports: ``الجولة``, ``شباك``."""
    return _words("football_words.tsv")


@cache
def club_contexts() -> frozenset[str]:
    """Words that stand right before a club's name in a match report: ``ضيفه``, ``تعادل``."""
    return _words("club_contexts.tsv")


@cache
def institution_adjectives() -> frozenset[str]:
    """Adjectives that make a head with a purpose behind it a name: ``الوطني`` in ``المعهد الوطني للإحصاء``."""
    return _words("institution_adjectives.tsv")


@cache
def institution_ends() -> frozenset[str]:
    """Definite words behind an institution's name that are no part of it: ``اليوم``, ``المقبل``."""
    return _words("institution_ends.tsv")


@cache
def epithets() -> frozenset[str]:
    """Epithets behind a place's name that are no part of it: ``المكرمة``, ``المحتلة``."""
    return _words("epithets.tsv")


@cache
def counter_contexts() -> dict[str, frozenset[str]]:
    """Canonical name → words near which its weak aliases mean something else."""
    return {
        row["name"]: frozenset(fold(word) for word in row["words"].split())
        for row in read_rows(DATA / "counter_contexts.tsv", ("name", "words"))
    }


@cache
def plain_phrases() -> dict[str, tuple[str, ...]]:
    """Folded name → beginnings of the next word before which it is a plain word: ``مسقط`` before ``رأسه``."""
    return {
        fold(row["name"]): tuple(fold(word) for word in row["before"].split())
        for row in read_rows(DATA / "plain_phrases.tsv", ("name", "before"))
    }


@cache
def place_contexts() -> frozenset[str]:
    """Words that speak for a place right behind: ``في``, ``شمال``, ``قرب``."""
    return _words("place_contexts.tsv")


def title_length(words: Sequence[str]) -> int:
    """Return how many of the first words are a title of office; 0 if none is. The longest title counts."""
    tails = titles().get(words[0]) if words else None
    if tails is None:
        return 0
    sizes = range(min(_longest_tails()[words[0]], len(words) - 1), -1, -1)
    return next((1 + size for size in sizes if tuple(words[1 : 1 + size]) in tails), 0)


@cache
def place_heads() -> dict[str, Head]:
    """Words that stand before the name of a place."""
    return _heads("place_heads.tsv")


@cache
def institution_heads() -> dict[str, Head]:
    """Words that stand before, or begin, the name of an organisation."""
    return _heads("institution_heads.tsv")


@cache
def office_heads() -> frozenset[str]:
    """Words that begin an institution's name only with the article and an adjective: ``المكتب الوطني للكهرباء``."""
    return _words("office_heads.tsv")


def _heads(file: str) -> dict[str, Head]:
    heads: dict[str, Head] = {}
    for row in read_rows(DATA / file, ("words", "kind", "inside")):
        if row["inside"] not in ("yes", "no"):
            raise row.error(f"inside is '{row['inside']}'; write yes or no")
        for word in row["words"].split():
            if fold(word) in heads:
                raise row.error(f"'{word}' stands in the file twice")
            heads[fold(word)] = Head(row["kind"], row["inside"] == "yes")
    return heads


@cache
def nationalities() -> dict[str, Nationality]:
    """Every form of every adjective of nationality (gender, number, article, spelling), folded."""
    forms: dict[str, Nationality] = {}
    for row in read_rows(DATA / "nationalities.tsv", ("adjective", "country", "spellings", "plurals")):
        nationality = Nationality(row["adjective"], row["country"])
        if row["country"] and not (len(row["country"]) == 2 and row["country"].isupper()):
            raise row.error(f"'{row['country']}' is no ISO 3166-1 alpha-2 code")
        for spelling in (row["adjective"], *row.many("spellings")):
            stem = fold(spelling)
            for form in (stem, stem + "ه", stem + "ين", stem + "ون", stem + "ان", stem + "ات", stem + "تين"):
                forms.setdefault(form, nationality)
                forms.setdefault("ال" + form, nationality)
        for plural in row.many("plurals"):
            forms.setdefault(fold(plural), nationality)
            forms.setdefault("ال" + fold(plural), nationality)
    return forms
