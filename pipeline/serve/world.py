"""A map without a tile server: the part of ``static/world.svg`` that shows some places."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

_X, _Y = 17.32, -20.0
"""Units of the outline for a degree of longitude and of latitude: true to scale at 30° north."""
_LEAST = 14.0
"""Degrees of longitude that are always shown, so that one sees where in the world a town is."""
_MARGIN = 1.35
_SHAPE = 0.62
"""Height by width."""
_LETTER, _LINE = 0.024, 0.055
"""Room of a letter and of a line, as shares of the map's width."""
_WORLD = (-180 * _X, 84 * _Y, 360 * _X, 142 * -_Y)


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

    @property
    def unit(self) -> float:
        """A thousandth of the width, to draw dots and lines equally large on every map."""
        return self.width / 1000


def map_of(places: Iterable[tuple[float, float, str]]) -> Map | None:
    """Return the map that shows these places (latitude, longitude in degrees WGS 84, name); None without any."""
    dots = tuple(Dot(round(lon * _X, 1), round(lat * _Y, 1), name) for lat, lon, name in dict.fromkeys(places))
    if not dots:
        return None
    left, right = min(dot.x for dot in dots), max(dot.x for dot in dots)
    top, bottom = min(dot.y for dot in dots), max(dot.y for dot in dots)
    width = max((right - left) * _MARGIN, (bottom - top) * _MARGIN / _SHAPE, _LEAST * _X)
    width = min(width, _WORLD[2])
    height = width * _SHAPE
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    left = _within(middle_x - width / 2, _WORLD[0], _WORLD[0] + _WORLD[2] - width)
    return Map(
        left=round(left, 1),
        top=round(_within(middle_y - height / 2, _WORLD[1], _WORLD[1] + max(_WORLD[3] - height, 0)), 1),
        width=round(width, 1),
        height=round(height, 1),
        dots=_labelled(dots, left, width),
    )


def _labelled(dots: tuple[Dot, ...], left: float, width: float) -> tuple[Dot, ...]:
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
