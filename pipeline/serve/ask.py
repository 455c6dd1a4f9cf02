"""What a reader asks for, as it stands in the address: read with limits, and written back for links."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, get_args
from urllib.parse import urlencode

Facet = Literal["outlet", "language", "person", "organization", "place"]
FACETS: tuple[Facet, ...] = get_args(Facet)
Sort = Literal["best", "newest", "oldest"]
SORTS: tuple[Sort, ...] = get_args(Sort)

MAX_TEXT = 300
"""Characters of a query."""
MAX_VALUES = 10
"""Values chosen in one facet."""
MAX_VALUE = 200
"""Characters of a facet's value."""
MAX_PAGE = 25
"""Pages of results; who wants more narrows the search."""
_DATE = re.compile(r"(?P<year>[12]\d{3})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


class BadAskError(ValueError):
    """An address that can't be answered; the message is the key of a sentence in ``data/texts.tsv``."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One search: words, filters, order and page."""

    text: str = ""
    advanced: bool = False
    """Whether the text is Elasticsearch's query syntax instead of words."""
    chosen: frozenset[tuple[Facet, str]] = frozenset()
    since: str = ""
    """First day, month or year (ISO 8601); empty: no limit."""
    until: str = ""
    """Last one, included as a whole."""
    sort: Sort | None = None
    page: int = 1

    @property
    def order(self) -> Sort:
        """The order in effect: the best first where there are words, else the newest."""
        return self.sort or ("best" if self.text else "newest")

    def values(self, facet: Facet) -> list[str]:
        """Return what is chosen in a facet, sorted."""
        return sorted(value for name, value in self.chosen if name == facet)

    def toggled(self, facet: Facet, value: str) -> "Ask":
        """Return the search with a value chosen, or no longer; from its first page."""
        return replace(self, chosen=self.chosen ^ {(facet, value)}, page=1)

    def between(self, since: str, until: str) -> "Ask":
        """Return the search with other dates, from its first page."""
        return replace(self, since=since, until=until, page=1)

    def sorted_by(self, sort: Sort) -> "Ask":
        """Return the search in another order, from its first page."""
        return replace(self, sort=sort, page=1)

    def at(self, page: int) -> "Ask":
        """Return another page of the same search."""
        return replace(self, page=page)

    @property
    def is_filtered(self) -> bool:
        """Whether anything but words narrows it."""
        return bool(self.chosen or self.since or self.until)

    @property
    def unfiltered(self) -> "Ask":
        """The same words without any filter."""
        return Ask(self.text, self.advanced, sort=self.sort)

    def holds(self, start: str) -> bool:
        """Say whether a day, month or year lies between the dates that are chosen."""
        return (not self.since or start >= self.since[: len(start)]) and (
            not self.until or start <= self.until[: len(start)]
        )

    def fields(self) -> list[tuple[str, str]]:
        """Return names and values as an address or a form holds them, defaults left out."""
        pairs = [("q", self.text), ("adv", "1" if self.advanced else "")]
        pairs += [(name, value) for name in FACETS for value in self.values(name)]
        pairs += [("since", self.since), ("until", self.until), ("sort", self.sort or "")]
        pairs += [("page", str(self.page) if self.page > 1 else "")]
        return [(name, value) for name, value in pairs if value]

    @property
    def query(self) -> str:
        """The address after its path: ``?q=…``, or nothing."""
        fields = self.fields()
        return f"?{urlencode(fields)}" if fields else ""


def read(pairs: Iterable[tuple[str, str]]) -> Ask:
    """Read a search from an address's names and values; unknown names are passed over.

    Raises:
        BadAskError: a value is too long, too many, or not what its name wants.
    """
    given: dict[str, str] = {}
    chosen: set[tuple[Facet, str]] = set()
    for name, value in pairs:
        value = value.strip()
        if not value:
            continue
        given[name] = value
        chosen.update((facet, value) for facet in FACETS if facet == name)
    _check(given, chosen)
    return Ask(
        text=given.get("q", ""),
        advanced="adv" in given,
        chosen=frozenset(chosen),
        since=given.get("since", ""),
        until=given.get("until", ""),
        sort=next((sort for sort in SORTS if sort == given.get("sort")), None),
        page=_page(given.get("page", "1")),
    )


def _check(given: dict[str, str], chosen: set[tuple[Facet, str]]) -> None:
    if len(given.get("q", "")) > MAX_TEXT:
        raise BadAskError("bad_long")
    for facet in FACETS:
        values = [value for name, value in chosen if name == facet]
        if len(values) > MAX_VALUES or any(len(value) > MAX_VALUE for value in values):
            raise BadAskError("bad_facets")
    if not all(_is_date(given[name]) for name in ("since", "until") if name in given):
        raise BadAskError("bad_date")


def _is_date(text: str) -> bool:
    match = _DATE.fullmatch(text)
    if not match:
        return False
    try:
        date(int(match["year"]), int(match["month"] or 1), int(match["day"] or 1))
    except ValueError:
        return False
    return True


def _page(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,4}", text) or not 1 <= int(text) <= MAX_PAGE:
        raise BadAskError("bad_page")
    return int(text)
