"""Find names that no list holds, by the words around them: title + name, place head + name, institution head + name."""

from collections.abc import Iterator

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import QUOTES, gazetteer, state_institutions
from pipeline.enrich.entities.lists import Head, institution_heads, place_beginnings, place_heads, title_tails, titles
from pipeline.enrich.entities.span import Span
from pipeline.enrich.entities.tokens import Token, stems_of
from pipeline.enrich.entities.words import Traits, starts_rule, traits
from pipeline.enrich.mention import EntityType

_LONGEST_PERSON = 6
_LONGEST_QUOTED = 4
_LONGEST_INSTITUTION = 6
_QUOTED_HEADS = frozenset(
    {"newspaper", "channel", "website", "agency", "company", "movement", "armed", "network", "club"}
)
_DEFINITE_HEADS = frozenset({"ministry", "university", "party", "court", "committee", "council", "authority", "bank"})


class Rules:
    """The rules over one list of tokens, with what is already known there.

    Args:
        tokens: Tokens of one field.
        known: Spans of known names, left to right.
    """

    def __init__(self, tokens: list[Token], known: list[Span]) -> None:
        self._tokens = tokens
        self._known: dict[int, Span] = {span.first: span for span in known}

    def find(self) -> Iterator[Span]:
        """Yield spans; they may overlap each other and the known ones."""
        yield from self._state_institutions()
        for position, token in enumerate(self._tokens):
            if not starts_rule(token.text):
                continue
            word = traits(token.text)
            if word.border:
                yield from self._borders(position)
            if word.title:
                yield from self._titled(position)
            if word.given >= 0:
                yield from self._named(position, word.given)
            if word.place_head:
                yield from self._place(position, word.place_head)
            if word.institution_head:
                yield from self._institution(position, word.institution_head)

    def _state_institutions(self) -> Iterator[Span]:
        for match in state_institutions().find(self._tokens):
            ((institution, weak),) = match.candidates
            kind, gender = institution.kind.split()
            after = self._skip_quotes(match.last)
            nationality = self._word(after).nationality if after < len(self._tokens) else None
            folded = self._tokens[after].folded if nationality else ""
            if (
                nationality
                and nationality.country
                and folded.startswith("ال")
                and folded.endswith("ه") == (gender == "f")
            ):
                name = f"{institution.name} ال{nationality.adjective}{'ة' if gender == 'f' else ''}"
                entity = gazetteer().lookup(name) or Entity(name, "organization", None, kind, nationality.country)
                yield Span(match.first, after + 1, match.offset, "organization", entity, entity.name)
            elif not weak:
                yield Span(match.first, match.last, match.offset, "organization", institution, institution.name)

    def _borders(self, position: int) -> Iterator[Span]:
        """Find the two countries of ``الحدود السورية - الأردنية``; elsewhere such adjectives name no place."""
        sides = [at for at in range(position + 1, min(position + 4, len(self._tokens))) if self._country(at)]
        if len(sides) == 2:
            for at in sides:
                country = self._country(at)
                yield Span(at, at + 1, 0, "location", country, country.name if country else "")

    def _country(self, position: int) -> Entity | None:
        nationality = self._word(position).nationality
        return gazetteer().country(nationality.country) if nationality else None

    def _titled(self, position: int) -> Iterator[Span]:
        start = self._after_title(position)
        if start is None or start in self._known:
            return
        if start < len(self._tokens) and self._tokens[start].text in QUOTES:
            start += 1
        # Only a title with the article ends what it says; "منسق" may go on with anything: منسق مكافحة الإرهاب.
        definite = start > position and self._folded(start - 1).startswith("ال")
        end = self._name_end(start, strict=not definite)
        if end > start:
            yield Span(start, end, 0, "person")

    def _after_title(self, position: int) -> int | None:
        """Return where a name would begin behind the title here; None if no title fits."""
        for stem in stems_of(self._tokens[position].text):
            for tail in titles().get(stem.folded, ()):
                end = position + 1 + len(tail)
                if all(self._folded(position + 1 + step) == word for step, word in enumerate(tail)):
                    return self._skip_title_tails(end)
        return None

    def _skip_title_tails(self, position: int) -> int:
        """Pass over ``الأمريكي السابق`` and over one place or organisation: ``للأمم المتحدة``."""
        span = self._known.get(position)
        if span is not None and span.type != "person":
            position = span.last
        while position < len(self._tokens) and (
            self._word(position).nationality or self._folded(position) in title_tails()
        ):
            position += 1
        return position

    def _named(self, position: int, offset: int) -> Iterator[Span]:
        if self._word(position).plain and offset:
            return
        end = self._name_end(position, strict=True)
        if end - position > 1:
            yield Span(position, end, offset, "person")

    def _name_end(self, start: int, *, strict: bool) -> int:
        """Return the end of the person's name that starts here, or ``start`` if none does.

        Args:
            start: Index of the first token.
            strict: Whether every word must be on a list of names; otherwise unknown words count too.
        """
        end = position = start
        unknown = 0
        while position < len(self._tokens) and position - start < _LONGEST_PERSON:
            word = self._word(position)
            inside = position > start
            if inside and not self._adjacent(position):
                break
            if word.particle:
                position += 1
                if self._folded(position - 1) in ("الله", "الدين") and inside:
                    end = position
                continue
            listed = self._is_listed(position) or (not inside and word.given > 0)
            if not listed and (strict or not self._is_unknown_name(position, inside=inside)):
                break
            if not listed:
                unknown += 1
                if word.plain or (unknown > 1 and position - start > 1):
                    break
            position += 1
            end = position
        return end

    def _is_unknown_name(self, position: int, *, inside: bool) -> bool:
        word = self._word(position)
        folded = self._folded(position)
        if not word.letters or word.plain or word.nationality or word.place_head or word.institution_head:
            return False
        if position in self._known or word.speech or word.title:
            return False
        if inside:
            return not (folded[0] in "يتنس" and not folded.startswith("تش")) and not folded.endswith(("ها", "هم", "ته"))
        if folded.startswith(("ال", "لل", "ي", "ت", "ن")) or self._tokens[position].text.endswith("ة"):
            return False
        # What may begin with a clitic is a name only if one follows: بوعزة الفلاني, but not بزيارة.
        return folded[0] not in "وفبلك" or self._is_listed(position + 1)

    def _is_listed(self, position: int) -> bool:
        return position < len(self._tokens) and not (self._word(position).given and self._word(position).family)

    def _place(self, position: int, head: Head) -> Iterator[Span]:
        start = self._skip_quotes(position + 1)
        if start >= len(self._tokens):
            return
        known = self._known.get(start)
        if known is not None:
            if known.type == "location" and head.inside:
                yield self._headed(position, known.last, "location")
            return
        word, folded = self._word(start), self._folded(start)
        if head.kind == "area" or not word.letters or word.plain or word.nationality or not self._adjacent(start):
            return
        definite = folded.startswith("ال")
        if not definite and (folded[0] in "يتن" or folded.endswith(("يه", "ات", "ها"))):
            return
        end = start + 1
        if folded in place_beginnings() and end < len(self._tokens) and self._word(end).letters:
            end += 1
        if head.inside:
            yield self._headed(position, end, "location")
        else:
            yield Span(start, end, 0, "location")

    def _institution(self, position: int, head: Head) -> Iterator[Span]:
        start = position + 1
        if start >= len(self._tokens):
            return
        if self._tokens[start].text in QUOTES:
            if head.kind in _QUOTED_HEADS:
                yield from self._quoted(start + 1)
            return
        known = self._known.get(start)
        if known is not None and head.inside and known.type != "organization" and not known.offset:
            yield self._headed(position, known.last, "organization")
        elif head.kind in _DEFINITE_HEADS and head.inside:
            end = self._definite_end(start, head.kind)
            if end > start:
                yield self._headed(position, end, "organization")

    def _quoted(self, start: int) -> Iterator[Span]:
        for end in range(start + 1, min(start + _LONGEST_QUOTED + 1, len(self._tokens))):
            if self._tokens[end].text in QUOTES:
                if start not in self._known and all(self._word(at).letters for at in range(start, end)):
                    yield Span(start, end, 0, "organization")
                return

    def _definite_end(self, start: int, kind: str) -> int:
        """Return the end of a run of definite words: ``التربية والتعليم العالي``; a nationality ends it."""
        end = start
        while end < len(self._tokens) and end - start < _LONGEST_INSTITUTION and self._adjacent(end):
            folded, word = self._folded(end), self._word(end)
            if not folded.startswith(("ال", "وال", "لل")) or folded in title_tails() or len(folded) < 5:
                break
            if folded.startswith("لل") and kind == "ministry":
                break
            end += 1
            if word.nationality and word.nationality.country:
                break
        return end

    def _headed(self, head: int, end: int, kind: EntityType) -> Span:
        """Return a span that takes in its head, less the head's clitics."""
        stems = stems_of(self._tokens[head].text)
        offset = next((stem.offset for stem in stems if _is_head(stem.folded)), 0)
        return Span(head, end, offset, kind)

    def _word(self, position: int) -> Traits:
        return traits(self._tokens[position].text)

    def _folded(self, position: int) -> str:
        return self._tokens[position].stems[0].folded if position < len(self._tokens) else ""

    def _adjacent(self, position: int) -> bool:
        """Whether only a space or a line end stands between this token and the one before it."""
        return self._tokens[position].start - self._tokens[position - 1].end <= 1

    def _skip_quotes(self, position: int) -> int:
        if position < len(self._tokens) and self._tokens[position].text in QUOTES:
            return position + 1
        return position


def _is_head(folded: str) -> bool:
    return folded in place_heads() or folded in institution_heads()
