"""What the word lists say of one written word, remembered so that each word is looked up once in a process."""

from functools import lru_cache
from typing import NamedTuple, TypeVar

from pipeline.arabic import strip_marks
from pipeline.enrich.entities import lists
from pipeline.enrich.entities.gazetteer import state_institutions
from pipeline.enrich.entities.tokens import stems_of

_ON = "على"
"""The preposition, which folding makes one with the name علي."""
_BEGINNINGS = frozenset({"عبد", "ابو", "ابي", "ابا", "ابن"})
"""Particles with which a person's name begins."""
_Value = TypeVar("_Value")


class Traits(NamedTuple):
    """What a word may be."""

    given: int
    """Characters of clitics before the given name that the word is, -1 if it is none."""
    family: int
    """The same for a family name."""
    particle: bool
    plain: bool
    """Whether the word, or what is left of it without clitics, is a plain word."""
    title: bool
    """Whether a title of office may begin here."""
    speech: bool
    nationality: lists.Nationality | None
    place_head: lists.Head | None
    institution_head: lists.Head | None
    letters: bool
    """Whether it is made of letters, so that it could be a name."""
    border: bool
    """Whether it is ``الحدود``, of which two adjectives of nationality may follow."""
    state: bool
    """Whether the name of a state's institution may begin here: ``وزارة``."""
    begins_name: bool
    """Whether a person's name may begin with it: a given name, ``عبد``, ``أبو``."""
    definite_head: bool
    """Whether it is an institution's head with the article: ``الجمعية``."""


@lru_cache(maxsize=1 << 16)
def starts_rule(written: str) -> bool:
    """Whether a rule for unseen names may begin at a word: most words are passed over at this."""
    word = traits(written)
    return bool(
        word.title
        or word.speech
        or word.begins_name
        or word.place_head
        or word.institution_head
        or word.definite_head
        or word.border
        or word.state
    )


@lru_cache(maxsize=1 << 16)
def traits(written: str) -> Traits:
    """Return what a written word may be."""
    stems = stems_of(written)
    whole = stems[0].folded
    given, family = lists.given_names(), lists.family_names()
    if strip_marks(written).endswith(_ON):
        given = frozenset()
    first_name = next((stem.offset for stem in stems if stem.folded in given), -1)
    return Traits(
        given=first_name,
        family=next((stem.offset for stem in stems if stem.folded in family), -1),
        particle=whole in lists.name_particles(),
        plain=any(stem.folded in lists.stop_words() for stem in stems),
        title=any(stem.folded in lists.titles() for stem in stems),
        speech=any(stem.folded in lists.speech_verbs() for stem in stems),
        nationality=_first(lists.nationalities(), written),
        place_head=_first(lists.place_heads(), written),
        institution_head=_first(lists.institution_heads(), written),
        letters=whole.isalpha() and len(whole) > 1,
        border=any(stem.folded == "الحدود" for stem in stems),
        state=state_institutions().begins(written),
        begins_name=first_name >= 0 or whole in _BEGINNINGS,
        definite_head=any(
            stem.folded.startswith("ال") and stem.folded[2:] in lists.institution_heads() for stem in stems
        ),
    )


def _first(table: dict[str, _Value], written: str) -> _Value | None:
    return next((table[stem.folded] for stem in stems_of(written) if stem.folded in table), None)
