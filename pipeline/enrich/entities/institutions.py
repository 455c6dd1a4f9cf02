"""Find organisations that no list holds: by head, adjectives, quotation marks and the people they honour."""

from collections.abc import Iterator

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import QUOTES
from pipeline.enrich.entities.lists import (
    Head,
    generic_parts,
    institution_adjectives,
    institution_ends,
    institution_heads,
    office_heads,
    place_contexts,
)
from pipeline.enrich.entities.people import name_end
from pipeline.enrich.entities.purposes import (
    ARTICLE,
    DEFINITE,
    LONGEST_RUN,
    MEETING,
    definite_head,
    honoured_end,
    is_country,
    is_definite,
    purpose_end,
)
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.states import town_end
from pipeline.enrich.entities.tokens import Token, stems_of
from pipeline.enrich.entities.view import View
from pipeline.enrich.entities.word_lists import word_list

_LONGEST_QUOTED = 4
_QUOTED = frozenset({"newspaper", "channel", "website", "agency", "company", "movement", "armed", "network", "club"})
_RUNNING = frozenset({"ministry", "university", "party", "bank"})
"""Kinds whose head goes on with definite words: ``وزارة التربية والتعليم``."""
_BROAD = frozenset(
    {"authority", "court", "council", "fund", "exchange", "observatory", "chamber", "union", "foundation"}
)
"""Kinds whose head with one definite word is a name already, if that word is not a plain part: ``هيئة النزاهة``."""
_CHAINED = frozenset({"authority", "agency", "fund", "association", "foundation"})
"""Kinds whose head a chain of nouns may follow: ``هيئة تنظيم الاتصالات``."""
_NAMED_AFTER = frozenset({"hospital", "university", "foundation", "museum", "association", "institute"})
"""Kinds that are named after people."""
_CENTRAL = frozenset({"bank", "university", "hospital", "museum", "exchange"})
"""Kinds whose name may end in an adjective behind a place: ``مصرف ليبيا المركزي``."""
_TRADES = word_list("trades of a town")
"""What a town's chamber or court is of: ``غرفة تجارة وصناعة الكويت``, ``مجلس قضاء تيبازة``."""
_RIGHTS = word_list("purposes behind a name")
"""What an institution behind one name is for: ``مركز الميزان لحقوق الإنسان``."""
_SUPPLIES = word_list("supplies")
"""What a place's company is for: ``شركة نفط البصرة``."""
_DISTRICTS = frozenset({"JO"})
"""Countries whose districts are called ``لواء``, elsewhere a brigade."""
_RANKED = word_list("ranked")
_HIGHEST = word_list("highest")
"""What makes one of its kind with another adjective: ``اللجنة الأمنية العليا``."""
_BRANCHES = word_list("of a parliament")
"""What shows that a committee is parliament's: ``لجنة النزاهة النيابية``."""
_SIDES = word_list("directions")
"""What parts a large town's courts: ``محكمة جنايات شمال القاهرة``."""
_COURT = "المحكمه"
"""What two adjectives make one of its kind: ``المحكمة الإدارية العليا``."""


def headed(view: View, position: int, head: Head) -> Iterator[Span]:
    """Yield the organisation whose head stands here."""
    start = position + 1
    itself = view.known.get(position)
    if start >= len(view) or (itself is not None and itself.type == "organization"):
        return
    if view.tokens.texts[start] in QUOTES:
        if head.kind in _QUOTED:
            yield from _quoted(view, start + 1)
        return
    at = view.known.get(start)
    if head.kind == "armed" and at is not None and at.entity is not None and at.entity.country in _DISTRICTS:
        return
    if head.kind == "court":
        start = _skip_kind_of_court(view, start)
    served = head.kind in _NAMED_AFTER and view.folded(start + 1) in _RIGHTS
    if head.kind in ("chamber", "council"):
        while view.folded(start) in _TRADES and view.adjacent(start + 1):
            start += 1
            served = True
    supplied = head.kind == "company" and view.folded(start) in _SUPPLIES
    end = _headed_end(view, start, head)
    if end > start:
        if head.kind == "company" and start in view.known:
            name = " ".join(view.text(at) for at in range(start, end))
            yield Span(start, end, 0, "organization", Entity(name, "organization", None, head.kind), name)
            return
        offset = head_offset(view.tokens[position])
        name = " ".join(view.text(at) for at in range(position, end))[offset:]
        entity = Entity(name, "organization", None, head.kind) if served or supplied else None
        yield Span(position, end, offset, "organization", entity, name if entity else "")


def _headed_end(view: View, start: int, head: Head) -> int:
    """Return the end of the name whose head stands before ``start``; ``start`` if there is none."""
    if head.kind in _NAMED_AFTER and view.folded(start + 1) in _RIGHTS and view.word(start).letters:
        return purpose_end(view, start + 1) if view.adjacent(start) else start
    known = view.known.get(start)
    if head.inside and (end := honoured_end(view, start)) > start:
        return _adjectives_end(view, end)
    if head.kind == "company" and view.folded(start) in _SUPPLIES and view.adjacent(start):
        place = view.known.get(start + 1)
        return place.last if place is not None and place.type == "location" and not place.offset else start
    if known is not None and head.kind == "company" and known.type == "location" and not known.offset:
        return end if (end := purpose_end(view, known.last)) > known.last else start  # شركة تبوك للتنمية الزراعية
    if known is not None and head.inside and known.type != "organization" and not known.offset:
        if known.type == "person":
            return _adjectives_end(view, known.last) if head.kind in _NAMED_AFTER else known.last
        end = _adjectives_end(view, known.last) if head.kind in _CENTRAL else known.last
        return end if end > known.last else purpose_end(view, known.last)
    if head.kind in _NAMED_AFTER and (end := name_end(view, start, strict=True)) > start + 1:
        return _adjectives_end(view, end)
    if head.kind == "hospital":
        return _run_end(view, start, head.kind) if _is_distinctive(view, start) else start
    if head.kind in _CHAINED and _is_chain(view, start):
        return _run_end(view, start + 1, head.kind)
    if head.kind in _RUNNING or head.kind in DEFINITE:
        end = _run_end(view, start, head.kind)
        national = end - start > 1 and view.word(end - 1).nationality is not None
        broad = head.kind in _BROAD and end > start and _is_distinctive(view, start)
        if head.kind == "committee" and not national:
            return _committee_end(view, start, end)
        return end if head.kind in _RUNNING or national or broad else start
    return start


def _is_distinctive(view: View, position: int) -> bool:
    """Whether a definite word behind a head tells it from others: not in ``هيئة المحكمة``, ``مجلس الإدارة``."""
    folded = view.folded(position)
    return is_definite(folded) and not folded.startswith("و") and folded not in generic_parts()


def _committee_end(view: View, start: int, end: int) -> int:
    """Return the end of a parliament's committee: it says so, or has two fields, as ``لجنة الأمن والدفاع``."""
    branch = next((at for at in range(start + 1, end) if view.folded(at) in _BRANCHES), None)
    if branch is not None:
        return branch + 1
    fields = end - start > 1 and view.folded(start + 1).startswith("وال") and _is_distinctive(view, start)
    return start + 2 if fields else start


def _skip_kind_of_court(view: View, start: int) -> int:
    """Pass over ``جنايات`` or ``جنح مستأنف`` between a court's head and its town."""
    for place in range(start, start + 3):
        folded = view.folded(place)
        side = folded in _SIDES or view.word(place).place_head
        if side and place + 1 in view.known and view.adjacent(place + 1):
            return place + 1  # محكمة جنح مدينة نصر
        if place in view.known or folded.startswith(ARTICLE) or folded in place_contexts() or not view.adjacent(place):
            return place if place in view.known else start
    return start


def _is_chain(view: View, position: int) -> bool:
    """Whether an indefinite noun stands here and a definite word behind it: ``تنظيم الاتصالات``."""
    word, folded = view.word(position), view.folded(position)
    if not view.adjacent(position + 1) or position in view.known or word.nationality or word.speech or not word.letters:
        return False
    indefinite = not folded.startswith((ARTICLE, "لل", "ب", "و", "ف")) and len(folded) > 2
    return indefinite and folded not in generic_parts() and _is_distinctive(view, position + 1)


def definite(view: View, position: int) -> Iterator[Span]:
    """Yield the organisation whose head bears the article and that a nationality or a purpose makes one of a kind."""
    stem = next((stem for stem in view.tokens.stems[position] if definite_head(stem.folded)), None)
    itself = view.known.get(position)
    if stem is None:
        yield from _national_office(view, position)
        return
    if itself is not None and itself.type == "organization" and itself.last - position > 2:
        return
    end, national, worldly = position + 1, False, False
    while end - position <= LONGEST_RUN and view.adjacent(end) and is_definite(view.folded(end)):
        nationality = view.word(end).nationality
        national = national or bool(nationality and nationality.country)
        worldly = worldly or nationality is not None
        end += 1
        if national:
            break
    words = end - position - 1
    purpose = purpose_end(view, end)
    town = town_end(view, end) if stem.folded == _COURT and words else end
    general = view.folded(position + 1) in institution_adjectives()
    if not general and stem.folded[2:] in office_heads():
        return
    lasting = general and view.folded(end) not in MEETING
    aimed = purpose > end and (lasting or view.folded(end).startswith("لل") or is_country(view, purpose - 1))
    court = stem.folded == _COURT and (words > 1 or town > end)
    court = court or (words > 1 and stem.folded in _RANKED and view.folded(end - 1) in _HIGHEST)
    if court or (national and (words > 1 or purpose > end)) or (worldly and purpose > end) or (words > 0 and aimed):
        yield Span(position, max(purpose, town), stem.offset, "organization")


def _national_office(view: View, position: int) -> Iterator[Span]:
    """Yield the office without article that a nationality ends: ``دائرة الغابات الأمريكية``; a person's is none."""
    stem = next((stem for stem in view.tokens.stems[position] if stem.folded in office_heads()), None)
    start = position + 1
    if stem is None or start in view.known or view.word(start).title or view.word(start).nationality:
        return
    end = _run_end(view, start, "ministry")
    nationality, folded = view.word(end - 1).nationality, view.folded(end - 1)
    agrees = folded.endswith("ه") == stem.folded.endswith("ه")
    if end - start > 1 and nationality and nationality.country and agrees:
        yield Span(position, end, stem.offset, "organization")


def head_offset(token: Token) -> int:
    """Return the characters of clitics before a head."""
    heads = institution_heads()
    return next((stem.offset for stem in stems_of(token.text) if stem.folded in heads), 0)


def _adjectives_end(view: View, position: int) -> int:
    """Pass over one definite adjective: ``مدينة الملك فهد الطبية``."""
    follows = view.adjacent(position) and view.folded(position).startswith(ARTICLE) and not view.word(position).title
    owned = view.word(position).nationality is not None
    general = view.folded(position) == "العام" and view.folded(position + 1) not in institution_ends()
    return (
        position + 1 if follows and not owned and (general or view.folded(position).endswith(("يه", "ي"))) else position
    )


def _quoted(view: View, start: int) -> Iterator[Span]:
    for end in range(start + 1, min(start + _LONGEST_QUOTED + 1, len(view))):
        if view.tokens.texts[end] in QUOTES:
            if start not in view.known and all(view.word(at).letters for at in range(start, end)):
                yield Span(start, end, 0, "organization")
            return


def _run_end(view: View, start: int, kind: str) -> int:
    """Return the end of a run of definite words: ``التربية والتعليم العالي``; a nationality ends it."""
    end = start
    while end < len(view) and end - start < LONGEST_RUN and view.adjacent(end):
        folded, word = view.folded(end), view.word(end)
        if not is_definite(folded) and (kind == "ministry" or not folded.startswith("لل")):
            break
        if end > start and (word.title or end in view.known):
            break  # … لكرة القدم الحكم الزامبي
        end += 1
        if word.nationality and word.nationality.country:
            break
    return end
