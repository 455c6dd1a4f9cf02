"""Facts that a page states of its article, each with the place that states it; the best place wins."""

from dataclasses import dataclass, field
from typing import Final

ORDER: Final = ("json-ld", "microdata", "article", "meta", "time", "og", "markup", "title", "keywords")
"""Places from the most to the least trusted."""
_MOST: Final = 200
"""Values of one field in one place that are kept."""


@dataclass(slots=True)
class Stated:
    """Values by field and place, in the order of the page."""

    values: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    body: tuple[str, ...] = ()
    """The article's paragraphs, where JSON-LD states them."""

    def add(self, name: str, place: str, value: object) -> None:
        """Add a value; what is no text, or only whitespace, states nothing."""
        if isinstance(value, str) and (text := " ".join(value.split())):
            found = self.values.setdefault(name, {}).setdefault(place, [])
            if len(found) < _MOST and text not in found:
                found.append(text)

    def places(self, name: str) -> list[tuple[str, list[str]]]:
        """Return the field's places and values, most trusted place first."""
        found = self.values.get(name, {})
        return [(place, found[place]) for place in ORDER if place in found]
