"""A map without a tile server: the part of ``static/world.svg`` that shows some places."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from statistics import median

_X, _Y = 17.32, -20.0
"""Units of the outline for a degree of longitude and of latitude: true to scale at 30° north."""
_LEAST = 14.0
"""Degrees of longitude that are always shown, so that one sees where in the world a town is."""
_MARGIN = 1.35
_NEAR = 16.0
"""Degrees of longitude (at 30° north) from the middle place within which others are of its region."""
_SHAPE = 0.62
"""Height by width."""
_LETTER, _LINE = 0.024, 0.055
"""Room of a letter and of a line, as shares of the map's width."""
_WORLD = (-180 * _X, 84 * _Y, 360 * _X, 174 * -_Y)


@dataclass(frozen=True, slots=True)
class Dot:
    """A place on the map."""

    x: float
    y: float
    name: str
    """What is there; empty where unknown."""
    label: float | None = None
    """Middle of its name on the map; None where there is no room for it."""


@dataclass(frozen=True, slots=True)
class Map:
    """What of the outline is shown, in its units."""

    left: float
    top: float
    width: float
    height: float
    dots: tuple[Dot, ...]
    outside: tuple[str, ...]
    """Places far from the others, beyond the map's edges."""

    @property
    def unit(self) -> float:
        """A thousandth of the width, to draw dots and lines equally large on every map."""
        return self.width / 1000


def map_of(places: Iterable[tuple[float, float, str]]) -> Map | None:
    """Return the map that shows these places (latitude, longitude in degrees WGS 84, name); None without any.

    Where most of them are near one another, the map is of that region, and the others are only named.
    """
    every = [Dot(round(lon * _X, 1), round(lat * _Y, 1), name) for lat, lon, name in dict.fromkeys(places)]
    if not every:
        return None
    dots = _region(every)
    left, right = min(dot.x for dot in dots), max(dot.x for dot in dots)
    top, bottom = min(dot.y for dot in dots), max(dot.y for dot in dots)
    width = max((right - left) * _MARGIN, (bottom - top) * _MARGIN / _SHAPE, _LEAST * _X)
    width = min(width, _WORLD[2])
    height = width * _SHAPE
    start = _within((left + right - width) / 2, _WORLD[0], _WORLD[0] + _WORLD[2] - width)
    return Map(
        left=round(start, 1),
        top=round(_within((top + bottom - height) / 2, _WORLD[1], _WORLD[1] + max(_WORLD[3] - height, 0)), 1),
        width=round(width, 1),
        height=round(height, 1),
        dots=_labelled(dots, start, width),
        outside=tuple(dot.name for dot in every if dot not in dots and dot.name),
    )


def _region(dots: list[Dot]) -> list[Dot]:
    """Return the dots near the middle one if they are most, else all."""
    x, y = median(dot.x for dot in dots), median(dot.y for dot in dots)
    near = [dot for dot in dots if abs(dot.x - x) < _NEAR * _X and abs(dot.y - y) < _NEAR * _X]
    return near if len(near) > len(dots) / 2 else dots


def _labelled(dots: list[Dot], left: float, width: float) -> tuple[Dot, ...]:
    """Label the dots whose names do not cover one another, the first ones first."""
    taken: list[tuple[float, float, float]] = []
    found = []
    for dot in dots:
        half = len(dot.name) * width * _LETTER / 2
        middle = _within(dot.x, left + half, left + width - half)
        free = all(abs(middle - x) > half + other or abs(dot.y - y) > width * _LINE for x, y, other in taken)
        if dot.name and free:
            taken.append((middle, dot.y, half))
        found.append(replace(dot, label=round(middle, 1) if dot.name and free else None))
    return tuple(found)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))
