"""What the word lists say of one written word, remembered so that each word is looked up once in a process."""

from collections import defaultdict
from functools import cache, reduce
from operator import or_
from typing import NamedTuple, TypeVar

from pipeline.arabic import strip_marks
from pipeline.enrich.entities import lists
from pipeline.enrich.entities.gazetteer import state_institutions
from pipeline.enrich.entities.tokens import Stem, stems_of
from pipeline.enrich.entities.vocabulary import Column
from pipeline.memory import remembered

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
    """Whether it is an institution's head with the article, or an office's: ``الجمعية``, ``دائرة``."""
    starts_rule: bool
    """Whether a rule for unseen names may begin here: most words are passed over at this."""
    listed: bool
    """Whether any list has it."""


_NOTHING = Traits(
    given=-1, family=-1, particle=False, plain=False, title=False, speech=False, nationality=None, place_head=None,
    institution_head=None, letters=False, border=False, state=False, begins_name=False, definite_head=False,
    starts_rule=False, listed=False,
)  # fmt: skip
_UNLISTED = _NOTHING._replace(letters=True)
"""A word of letters that no list has, as most are."""


class _Is:
    """The lists that a folded word may stand in, as bits (plain numbers: a flag of enum takes twenty times as long)."""

    GIVEN = 1 << 0
    FAMILY = 1 << 1
    PARTICLE = 1 << 2
    PLAIN = 1 << 3
    TITLE = 1 << 4
    SPEECH = 1 << 5
    NATIONALITY = 1 << 6
    PLACE_HEAD = 1 << 7
    INSTITUTION_HEAD = 1 << 8
    DEFINITE_HEAD = 1 << 9
    BORDER = 1 << 10
    STATE = 1 << 11
    BEGINNING = 1 << 12


@cache
def _listed() -> dict[str, int]:
    """Return for each word of any list the lists that it stands in, as bits: one look-up instead of a dozen."""
    listed: dict[str, int] = defaultdict(int)
    heads = lists.institution_heads()
    for kind, words in (
        (_Is.GIVEN, lists.given_names()),
        (_Is.FAMILY, lists.family_names()),
        (_Is.PARTICLE, lists.name_particles()),
        (_Is.PLAIN, lists.stop_words()),
        (_Is.TITLE, lists.titles()),
        (_Is.SPEECH, lists.speech_verbs()),
        (_Is.NATIONALITY, lists.nationalities()),
        (_Is.PLACE_HEAD, lists.place_heads()),
        (_Is.INSTITUTION_HEAD, heads),
        (_Is.DEFINITE_HEAD, [f"ال{head}" for head in (*heads, *lists.office_heads())]),
        (_Is.DEFINITE_HEAD, lists.office_heads()),
        (_Is.BORDER, ["الحدود"]),
        (_Is.STATE, state_institutions().first_words()),
        (_Is.BEGINNING, _BEGINNINGS),
    ):
        for word in words:
            listed[word] |= kind
    return dict(listed)


@remembered(1 << 17)
def traits(written: str) -> Traits:
    """Return what a written word may be."""
    stems = stems_of(written)
    whole = stems[0].folded
    listed = _listed()
    kinds = [listed.get(folded, 0) for _, folded in stems]
    letters = len(whole) > 1 and whole.isalpha()
    if not any(kinds):
        return _UNLISTED if letters else _NOTHING
    return _traits(written, stems, kinds, letters=letters)


TRAITS = Column.of(traits)
STARTS_RULE = Column.of(lambda written: traits(written).starts_rule, bool)


def _traits(written: str, stems: tuple[Stem, ...], kinds: list[int], *, letters: bool) -> Traits:
    whole = kinds[0]
    together = reduce(or_, kinds)
    given = -1
    if together & _Is.GIVEN and not strip_marks(written).endswith(_ON):
        given = _first_offset(stems, kinds, _Is.GIVEN)
    title, speech = bool(together & _Is.TITLE), bool(together & _Is.SPEECH)
    border, state = bool(together & _Is.BORDER), bool(together & _Is.STATE)
    begins_name = given >= 0 or bool(whole & _Is.BEGINNING)
    place_head = _first(lists.place_heads(), stems) if together & _Is.PLACE_HEAD else None
    institution_head = _first(lists.institution_heads(), stems) if together & _Is.INSTITUTION_HEAD else None
    definite_head = bool(together & _Is.DEFINITE_HEAD)
    return Traits(
        given=given,
        family=_first_offset(stems, kinds, _Is.FAMILY),
        particle=bool(whole & _Is.PARTICLE),
        plain=bool(together & _Is.PLAIN),
        title=title,
        speech=speech,
        nationality=_first(lists.nationalities(), stems) if together & _Is.NATIONALITY else None,
        place_head=place_head,
        institution_head=institution_head,
        letters=letters,
        border=border,
        state=state,
        begins_name=begins_name,
        definite_head=definite_head,
        starts_rule=bool(
            title or speech or begins_name or place_head or institution_head or definite_head or border or state
        ),
        listed=True,
    )


def is_surname(folded: str) -> bool:
    """Whether a definite word is a family name as it stands, whatever else it is: السيد, القاضي."""
    return folded.startswith("ال") and folded in lists.family_names()


def _first_offset(stems: tuple[Stem, ...], kinds: list[int], kind: int) -> int:
    """Return the characters of clitics before the first stem of a kind, -1 if none is."""
    return next((stem.offset for stem, bits in zip(stems, kinds, strict=True) if bits & kind), -1)


def _first(table: dict[str, _Value], stems: tuple[Stem, ...]) -> _Value | None:
    return next((table[stem.folded] for stem in stems if stem.folded in table), None)
