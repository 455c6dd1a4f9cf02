"""Find people that no list holds: behind a title of office, or where first and family names stand in a row."""

from collections.abc import Iterator

from pipeline.enrich.entities.gazetteer import state_institutions
from pipeline.enrich.entities.lists import longest_title, place_beginnings, title_length, title_tails, titles
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.view import View
from pipeline.enrich.entities.word_lists import word_list
from pipeline.enrich.entities.words import is_surname

_LONGEST = 8
_LONGEST_FOREIGN = 3
_COMMAS = ("،", ",")
_AT = ("بال", "كال", "فال", "وال")
"""Beginnings of words that go on with a title: المهندس بالمعهد …"""
_SERVANT = "عبد"
_SON_OF = "ولد"
_ENDINGS = ("الله", "الدين")
_SURNAMES = word_list("titles as surnames")
"""Titles that are family names too."""


def titled(view: View, position: int) -> Iterator[Span]:
    """Yield the person whose title begins here: ``وزير الخارجية الروسي سيرغي لافروف``."""
    start = after_title(view, position)
    if start is None or start in view.known:
        return
    if view.text(start) in _COMMAS:
        yield from _apposed(view, start + 1)
        return
    start = view.skip_quotes(start)
    # Only a title with the article ends what it says; "منسق" may go on with anything: منسق مكافحة الإرهاب.
    served = any(span.last == start and span.type != "person" for span in view.known.values())
    definite = served or (start > position and any(view.folded(at).startswith("ال") for at in (position, start - 1)))
    end = name_end(view, start, strict=not definite)
    if end > start:
        # الطالب ولد المحجوب: in Mauritania some titles are first names, "son of" tells.
        yield Span(position if view.folded(start) == _SON_OF else start, end, 0, "person")


def _apposed(view: View, start: int) -> Iterator[Span]:
    """Yield the person between two commas: ``الوكيل العام للملك بالدار البيضاء، نجيم بنسامي، إن``."""
    end = start
    while end - start < _LONGEST_FOREIGN and view.text(end) not in _COMMAS and _may_be_apposed(view, end):
        end += 1
    if end - start > 1 and view.text(end) in _COMMAS and view.folded(start)[0] not in "وفبلك":
        yield Span(start, end, 0, "person")


def _may_be_apposed(view: View, position: int) -> bool:
    word = view.word(position)
    unfit = word.plain or word.speech or word.title or word.nationality or position in view.known
    return word.letters and not unfit and not view.text(position).endswith(("ا", "ة", "ات", "ين", "ون", "ها", "هم"))


def named(view: View, position: int) -> Iterator[Span]:
    """Yield the person whose name begins here with a listed first name and goes on with listed names."""
    word = view.word(position)
    if word.plain and word.given > 0:
        return
    if position and view.folded(position) in place_beginnings() and view.word(position - 1).place_head:
        return  # محافظة أبو عريش is a place.
    end = name_end(view, position, strict=True)
    if end - position > 1:
        yield Span(position, end, max(word.given, 0), "person")


def spoken(view: View, position: int) -> Iterator[Span]:
    """Yield the unknown person between a verb of speech and a title: ``أكد إدين ترزيتش مدرب دورتموند``."""
    start = end = position + 1
    while end - start < _LONGEST_FOREIGN and view.adjacent(end) and _is_foreign(view, end):
        end += 1
    after = end + 1 if view.folded(end) in ("،", ",") else end
    if end - start > 1 and view.word(after).title and after not in view.known:
        yield Span(start, end, 0, "person")


def _is_foreign(view: View, position: int) -> bool:
    return _is_listed(view, position) or (
        _is_unknown(view, position, inside=False) and not view.folded(position).endswith(("ه", "ات", "ين"))
    )


def after_title(view: View, position: int) -> int | None:
    """Return where a name would begin behind the title here; None if no title fits."""
    following = view.tokens.folded[position + 1 : position + longest_title()]
    for _, stem in view.tokens.stems[position]:
        if length := title_length((stem, *following)):
            return _skip_title_tails(view, position + length)
    return None


def _skip_title_tails(view: View, position: int) -> int:
    """Pass over ``الأمريكي السابق`` and over one place or organisation: ``للأمم المتحدة``."""
    position = _skip_employer(view, position)
    while position < len(view) and (view.word(position).nationality or view.folded(position) in title_tails()):
        position += 1
    return position


def _skip_employer(view: View, position: int) -> int:
    """Pass over whom the title serves, and where: ``وزارة الصحة في غزة``."""
    span = view.known.get(position)
    head = view.word(position).institution_head
    if view.word(position).place_head and view.known.get(position + 1):
        span = view.known[position + 1]
    if span is not None and span.type != "person":
        position = span.last
    elif head is not None and head.inside and view.folded(position + 1).startswith("ال"):
        position += 2
        while view.folded(position).startswith(("ال", "وال")) and not view.word(position).title:
            position += 1
    elif view.word(position).state and (match := state_institutions().at(view.tokens, position)):
        position = match.last
    elif view.folded(position).startswith("بال") and not _is_listed(view, position):
        position += 1
        while view.folded(position).startswith("ال") and not _is_listed(view, position) and view.word(position).plain:
            position += 1
        return position
    else:
        return position
    place = view.known.get(position + 1)
    return place.last if view.folded(position) == "في" and place is not None and place.type == "location" else position


def name_end(view: View, start: int, *, strict: bool) -> int:
    """Return the end of the person's name that starts here, or ``start`` if none does.

    Args:
        view: The field.
        start: Index of the first token.
        strict: Whether every word must be on a list of names or behind a particle; otherwise unknown words count too.
    """
    end = position = start
    particle = ""
    while position < len(view) and position - start < _LONGEST:
        word, folded = view.word(position), view.folded(position)
        inside = position > start
        if inside and not view.adjacent(position):
            break
        if _is_next_person(view, position, start):
            break
        if word.particle and not (particle == _SERVANT and folded.startswith("ال")):
            position += 1
            particle = folded
            if inside and folded in _ENDINGS:
                end, particle = position, ""
            continue
        if inside and not particle and folded in titles() and not _goes_on(view, position + 1):
            surname = is_surname(folded) or (position - start == 1 and folded in _SURNAMES)
            if surname and not view.folded(position + 1).startswith("ال"):
                end = position + 1  # محمد الأمين, but not محمد الأمين العام
            break  # A title again: … بن عبد العزيز أمير الرياض.
        if not _is_listed(view, position) and not (not inside and word.given > 0):
            if particle:
                if not _fits_particle(view, position, particle):
                    break
            elif strict or position - start > 1 or not _is_unknown(view, position, inside=inside):
                break
        position += 1
        end, particle = position, ""
    return end


def _is_next_person(view: View, position: int, start: int) -> bool:
    """Whether a first name begins right behind a family name: … كرامي + ندى الأيوبي."""
    before, word = view.word(position - 1), view.word(position)
    family = before.family == 0 and before.given < 0
    return position - start > 1 and family and word.given == 0 and word.family < 0 and _is_listed(view, position + 1)


def _fits_particle(view: View, position: int, particle: str) -> bool:
    """Whether an unlisted word goes with the particle before it: ``عبد`` takes what has the article, ``بن`` a name."""
    word, folded = view.word(position), view.folded(position)
    if not word.letters or word.speech:
        return False
    return folded.startswith("ال") if particle == _SERVANT else not word.plain


def _is_unknown(view: View, position: int, *, inside: bool) -> bool:
    """Whether a word that is on no list may be part of a name behind a title."""
    word, folded = view.word(position), view.folded(position)
    if not word.letters or word.plain or word.nationality or word.place_head or word.institution_head:
        return False
    if position in view.known or word.speech or word.title:
        return False
    if inside:
        return not (folded[0] in "يتنس" and not folded.startswith("تش")) and not folded.endswith(("ها", "هم", "ته"))
    if folded.startswith(("ال", "لل", "ي", "ت", "ن")) or view.tokens.texts[position].endswith("ة"):
        return False
    if folded.startswith(_AT):
        return False
    # What may begin with a clitic is a name only if one follows: بوعزة الفلاني, but not بزيارة.
    return folded[0] not in "وفبلك" or _is_listed(view, position + 1)


def _goes_on(view: View, position: int) -> bool:
    """Whether a name may go on here behind a title that is a family name: … السيد + عبد الجواد."""
    return _is_listed(view, position) or (view.folded(position) == _SERVANT and view.adjacent(position))


def _is_listed(view: View, position: int) -> bool:
    word = view.word(position)
    return word.given == 0 or word.family == 0 or (word.letters and view.folded(position + 1) == "الدين")
