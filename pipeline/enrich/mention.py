"""A named entity where a text mentions it."""

from dataclasses import dataclass
from typing import Literal

EntityType = Literal["person", "location", "organization"]


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention: a span of one field, its type, and the entity that it names."""

    text: str
    """The span as written, without clitics (و، ب، ل …) that belong to the sentence."""
    type: EntityType
    name: str
    """Canonical name: of the known entity, or the mention's own best spelling."""
    wikidata: str | None
    """QID of the known entity, or None."""
    field: str
    """``title`` or ``body``."""
    start: int
    """Offset of the first character in the field, in characters."""
    end: int
    """Offset after the last character."""
