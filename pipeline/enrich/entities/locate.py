"""From mentions to points on the map and to countries."""

from collections.abc import Iterable

from pipeline.enrich.entities.gazetteer import gazetteer
from pipeline.enrich.mention import Mention


def locate(mentions: Iterable[Mention]) -> tuple[tuple[tuple[float, float], ...], tuple[str, ...]]:
    """Return (latitude, longitude) of the known places among the mentions, and the codes of their countries.

    Both without repetition, in the order of first mention; latitude and longitude in degrees (WGS 84), countries as
    ISO 3166-1 alpha-2.
    """
    points: dict[tuple[float, float], None] = {}
    countries: dict[str, None] = {}
    for name in dict.fromkeys(mention.name for mention in mentions if mention.type == "location"):
        place = gazetteer().place(name)
        if place is None:
            continue
        if place.latitude is not None and place.longitude is not None:
            points[place.latitude, place.longitude] = None
        if place.country:
            countries[place.country] = None
    return tuple(points), tuple(countries)
