"""What an element says of itself: by its tag, its class, id and role, its microdata, and whether readers see it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from pipeline.clean.html.vocabulary import CUT_ROLES, Role, parts, role_of
from pipeline.memory import remembered

_TAG_ROLES: Final[dict[str, Role]] = {
    "nav": "navigation", "aside": "related", "footer": "navigation", "figcaption": "caption", "header": "header",
    "button": "widget", "marquee": "navigation", "dialog": "widget", "menu": "navigation", "search": "navigation",
}  # fmt: skip
_STATING: Final = ("class", "id", "role", "itemprop", "property", "aria-label", "aria-labelledby")
_BANNER: Final[tuple[Role | None, str]] = ("navigation", "banner")
"""In the role attribute a banner is a page's head, not an advertisement."""
_LONGEST: Final = 400
"""Characters of an attribute that are read, and remembered."""
_HIDING: Final = {
    "hidden": re.compile(""),
    "style": re.compile(r"(?i)display\s*:\s*none"),
    "aria-hidden": re.compile("true"),
}
"""Attributes that hide an element, and the values by which they do."""


def element_role(tag: str, attributes: Mapping[str, str]) -> tuple[Role | None, str]:
    """Return the role that an element states, furniture before others, and what states it (``class related-posts``)."""
    role, why = _tag_role(tag)
    if not attributes or tag in ("html", "body"):
        return role, why
    for name, value in attributes.items():
        if name in _STATING:
            stated, by = _BANNER if value == "banner" and name == "role" else _stated_role(value[:_LONGEST])
            if stated is not None and (role is None or (stated in CUT_ROLES and role not in CUT_ROLES)):
                role, why = stated, f"{name} {by}"
        elif name in _HIDING and _HIDING[name].search(value):
            return "hidden", "hidden from readers"
    return role, why


@remembered(1 << 12)
def _tag_role(tag: str) -> tuple[Role | None, str]:
    role = role_of(tag) if "-" in tag or ":" in tag else _TAG_ROLES.get(tag)
    return role, f"{tag} element" if role else ""


@remembered(1 << 16)
def _stated_role(value: str) -> tuple[Role | None, str]:
    """Return the role that an attribute's names state, furniture before others, and the name that states it."""
    found: tuple[Role | None, str] = (None, "")
    for name in value.split():
        role = role_of(name)
        if role is not None and (found[0] is None or (role in CUT_ROLES and found[0] not in CUT_ROLES)):
            found = (role, name)
    return found


def names_of(element: Any) -> set[str]:
    """Return the words of the class, id, role, itemprop and property values of an element."""
    values = (element.get(name) for name in _STATING)
    return {word for value in values if value for name in value.split() for word in parts(name)}
