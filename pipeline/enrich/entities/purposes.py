"""What an institution's name may go on with: definite words, and what it is for (``للصليب الأحمر``)."""

from pipeline.enrich.entities.lists import institution_ends, institution_heads, office_heads, title_tails
from pipeline.enrich.entities.people import name_end
from pipeline.enrich.entities.view import View
from pipeline.enrich.entities.word_lists import word_list

LONGEST_RUN = 6
"""Definite words that a name may have in a row."""
_SHORTEST = 5
"""Letters of the shortest noun with the article."""
DEFINITE = frozenset(
    {"association", "authority", "foundation", "company", "organization", "union", "council", "institute", "committee"}
    | {"agency", "bank", "court", "university", "party", "fund", "museum", "observatory", "chamber", "exchange"}
)
"""Kinds whose head may bear the article: ``الجمعية الجغرافية السعودية``."""
_RELATIVE = ("الذي", "اللذ", "اللت", "اللا", "والذي", "والتي")
"""Beginnings of the relative pronouns, which look like nouns with the article."""
_POINTING = word_list("pointing")
MEETING = word_list("meeting")
"""What an institution meets for; others say what it is for: ``المركز الوطني لمكافحة السرطان``."""
_AGAINST = word_list("against what")
"""Purposes that say against what: ``للوقاية من الفساد``."""
_ABOUT = word_list("with what")
"""Purposes that say with what: ``لمكافحة الاتجار بالبشر``."""
_ROYAL = word_list("royal")
ARTICLE = "ال"


def purpose_end(view: View, position: int) -> int:
    """Pass over what an organisation is for: ``للصليب الأحمر``, ``لحقوق الإنسان``."""
    folded = view.folded(position)
    if not view.adjacent(position) or not folded.startswith("ل") or folded.startswith("لا") or folded in _POINTING:
        return position
    end = position + 1
    if folded in _AGAINST and view.folded(end) == "من" and view.folded(end + 1).startswith(ARTICLE):
        return end + 2
    if not folded.startswith("لل") and not (view.adjacent(end) and view.folded(end).startswith(ARTICLE)):
        return end + 1 if is_country(view, end) else position
    while end - position < LONGEST_RUN and view.adjacent(end) and is_definite(view.folded(end)):
        if view.word(end).title and end - position > 1:
            break
        end += 1
    if view.folded(end - 1) in _ABOUT and view.folded(end).startswith("ب") and view.adjacent(end):
        end += 1
    return end


def is_country(view: View, position: int) -> bool:
    """Whether a country stands here: ``الاتحاد العام لطلبة تونس``."""
    known = view.known.get(position)
    return known is not None and known.entity is not None and known.entity.kind == "country" and not known.offset


def is_definite(folded: str) -> bool:
    """Whether a word is a noun or adjective with the article that may belong to a name."""
    if not folded.startswith((ARTICLE, "وال")) or folded in title_tails() or folded in institution_ends():
        return False
    if folded.startswith("و") and definite_head(folded[1:]):
        return False  # another institution: … والشركة التونسية للبنك
    return len(folded) >= _SHORTEST and not folded.startswith(_RELATIVE)


def definite_head(folded: str) -> bool:
    """Whether a folded word is an institution's head with the article: ``الجمعيه``."""
    if not folded.startswith(ARTICLE):
        return False
    head = institution_heads().get(folded[2:])
    return (head is not None and head.kind in DEFINITE) or folded[2:] in office_heads()


def honoured_end(view: View, start: int) -> int:
    """Return the end of the royal whose name an institution bears: ``الملك فهد``; ``start`` if none stands here."""
    if view.folded(start) not in _ROYAL:
        return start
    known = view.known.get(start + 1)
    end = known.last if known is not None and known.type == "person" else start + 1
    end = max(end, name_end(view, start + 1, strict=True))
    if end == start + 1 and view.adjacent(end) and view.word(end).letters and not view.word(end).plain:
        end += 1  # A name that no list holds: الأميرة بسمة.
    return end if end > start + 1 else start
