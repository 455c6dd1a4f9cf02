"""The entities that we know, read from the data files and checked.

A file's row is one entity: canonical name, aliases parted by ``|``, Wikidata QID. An alias with ``?`` before it is
weak: by itself it may mean something else (الأسد is the president or the lion), so it counts only where the context
says so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.enrich.mention import EntityType
from pipeline.knowledge import Row, read_rows

_QID = re.compile(r"Q[1-9][0-9]{0,9}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_AMERICA = (("أمريك", "أميرك"), ("أميرك", "أمريك"))
"""Two spellings that news uses alike: أمريكية, أميركية."""
PEOPLE = ("name", "aliases", "wikidata", "note")
ORGANIZATIONS = ("name", "aliases", "wikidata", "kind", "country")
STATE_INSTITUTIONS = ("name", "aliases", "gender", "kind")
PLACES = ("name", "aliases", "wikidata", "kind", "country", "latitude", "longitude")


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something with a name."""

    name: str
    """Canonical Arabic name."""
    type: EntityType
    wikidata: str | None = None
    kind: str = ""
    """What it is, e.g. ``ministry`` or ``town``; empty for people."""
    country: str = ""
    """ISO 3166-1 alpha-2 of a place or a state's institution; empty where there is none or several."""
    latitude: float | None = None
    """Degrees north (WGS 84), for places."""
    longitude: float | None = None
    """Degrees east (WGS 84), for places."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One spelling of an entity's name, and the row that says so."""

    text: str
    weak: bool
    entity: Entity
    row: Row


def read_people(file: Path) -> Iterator[Alias]:
    """Yield the aliases of the people in a file; raise :class:`KnowledgeError` at a bad row."""
    for row in read_rows(file, PEOPLE):
        yield from _aliases(row, Entity(_name(row), "person", _wikidata(row)))


def read_organizations(file: Path) -> Iterator[Alias]:
    """Yield the aliases of the organisations in a file; raise :class:`KnowledgeError` at a bad row."""
    for row in read_rows(file, ORGANIZATIONS):
        yield from _aliases(row, Entity(_name(row), "organization", _wikidata(row), row["kind"], _country(row)))


def read_places(file: Path) -> Iterator[Alias]:
    """Yield the aliases of the places in a file; raise :class:`KnowledgeError` at a bad row."""
    for row in read_rows(file, PLACES):
        latitude, longitude = _degrees(row, "latitude", 90), _degrees(row, "longitude", 180)
        if (latitude is None) != (longitude is None):
            raise row.error("latitude and longitude go together: give both or neither")
        place = Entity(_name(row), "location", _wikidata(row), row["kind"], _country(row), latitude, longitude)
        yield from _aliases(row, place)


def read_state_institutions(file: Path) -> Iterator[Alias]:
    """Yield the names of what every state has (``وزارة الخارجية``); a weak one needs the adjective of a nationality.

    The entity's ``kind`` ends in the gender that the adjective takes: ``ministry f``.
    """
    for row in read_rows(file, STATE_INSTITUTIONS):
        if row["gender"] not in ("m", "f", "p"):
            raise row.error(f"gender is '{row['gender']}'; write m, f or p (plural)")
        yield from _aliases(row, Entity(_name(row), "organization", None, f"{row['kind']} {row['gender']}"))


def _name(row: Row) -> str:
    return row["name"].removeprefix("?").strip()


def _aliases(row: Row, entity: Entity) -> Iterator[Alias]:
    for spelling in (row["name"], *row.many("aliases")):
        text = spelling.removeprefix("?").strip()
        if len(text) < 2:
            raise row.error(f"'{spelling}' is too short for a name")
        yield Alias(text, spelling.startswith("?"), entity, row)
        for one, other in _AMERICA:
            if one in text:
                yield Alias(text.replace(one, other), spelling.startswith("?"), entity, row)


def _wikidata(row: Row) -> str | None:
    if row["wikidata"] and not _QID.fullmatch(row["wikidata"]):
        raise row.error(f"'{row['wikidata']}' is no Wikidata item; it should look like Q858")
    return row["wikidata"] or None


def _country(row: Row) -> str:
    if row["country"] and not _COUNTRY.fullmatch(row["country"]):
        raise row.error(f"'{row['country']}' is no ISO 3166-1 alpha-2 code")
    return row["country"]


def _degrees(row: Row, column: str, limit: int) -> float | None:
    if not row[column]:
        return None
    try:
        degrees = float(row[column])
    except ValueError:
        raise row.error(f"{column} '{row[column]}' is no number") from None
    if not -limit <= degrees <= limit:
        raise row.error(f"{column} {row[column]} is off the map (-{limit} to {limit})")
    return degrees
