"""From mentions to points on the map and to countries."""

from collections import Counter
from collections.abc import Iterable

from pipeline.enrich.entities.entity import Entity
from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.enrich.mention import Mention


def locate(mentions: Iterable[Mention]) -> tuple[tuple[tuple[float, float], ...], tuple[str, ...]]:
    """Return (latitude, longitude) of the known places among the mentions, and the codes of their countries.

    Both without repetition, in the order of first mention; latitude and longitude in degrees (WGS 84), countries as
    ISO 3166-1 alpha-2. Of places that share a name it is the one in the country that the other mentions speak of most.
    """
    named = list(dict.fromkeys((mention.name, mention.type) for mention in mentions))
    places = [found for name, kind in named if kind == "location" and (found := gazetteer().places(name))]
    votes = Counter(found[0].country for found in places if len(found) == 1)
    organizations = [gazetteer().lookup(name) for name, kind in named if kind == "organization"]
    votes.update(organization.country for organization in organizations if organization)
    points: dict[tuple[float, float], None] = {}
    countries: dict[str, None] = {}
    for found in places:
        place = _likeliest(found, votes)
        if place.latitude is not None and place.longitude is not None:
            points[place.latitude, place.longitude] = None
        if place.country:
            countries[place.country] = None
    return tuple(points), tuple(countries)


def _likeliest(places: tuple[Entity, ...], votes: Counter[str]) -> Entity:
    return max(places, key=lambda place: votes[place.country])
