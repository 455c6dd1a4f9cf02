"""Drift: where a live index is mapped otherwise than this version of Fihrist would map it."""

from collections.abc import Iterator, Mapping
from typing import Any

from elasticsearch import Elasticsearch

from pipeline.errors import NeedsPersonError

ABSENT = "absent"


class DriftError(NeedsPersonError):
    """A live index is mapped otherwise than this version of Fihrist would map it."""


def differences(found: Mapping[str, Any], expected: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Return the parameters in which two mappings differ: path → (as found, as expected)."""
    ours, theirs = dict(_parameters(expected)), dict(_parameters(found))
    return {
        path: (theirs.get(path, ABSENT), ours.get(path, ABSENT))
        for path in sorted(ours.keys() | theirs.keys())
        if ours.get(path) != theirs.get(path)
    }


def refuse_drift(index: str, differing: Mapping[str, tuple[str, str]], cure: str) -> None:
    """Refuse to go on where anything differs.

    Raises:
        DriftError: its message names the first difference and the cure.
    """
    if differing:
        path, (found, expected) = next(iter(differing.items()))
        raise DriftError(
            f"The mapping of {index} has drifted in {len(differing)} places, first in '{path}': it is "
            f"{found} and should be {expected}. {cure}"
        )


def extend(client: Elasticsearch, index: str, found: Mapping[str, Any], expected: Mapping[str, Any]) -> bool:
    """Add the fields that a newer version brings, where that is all that differs; return whether it was.

    For the ledger, which no raw file could give back.
    """
    if any(was != ABSENT for was, _ in differences(found, expected).values()):
        return False
    client.indices.put_mapping(index=index, properties=expected["properties"])
    return True


def _parameters(mapping: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each parameter of a mapping with its path, e.g. ``('title.fields.exact.analyzer', 'fihrist_exact')``."""
    for key, value in mapping.items():
        if not path and key == "_meta":
            continue
        where = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from _parameters(value, where)
        elif not (key == "type" and value == "object"):  # the server leaves the default type out
            yield where, str(value).lower()
