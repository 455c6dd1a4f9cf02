"""Read dates that are written for machines: ISO 8601 and RFC 2822, as ``<meta>``, ``<time>`` and JSON-LD hold them."""

import re
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime
from typing import Final

from pipeline.clean.article import Precision

_ISO: Final = re.compile(
    r"\s*(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?"
    r"(?:(?:\s*[T ,|-]\s*)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?\s*$",
    re.IGNORECASE,
)
_COMPACT: Final = re.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z)?)?\s*$")
_RFC: Final = re.compile(r"\s*(?:[A-Za-z]{3,9},?\s+)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d\d:\d\d")


def read_machine_date(text: str) -> tuple[str, Precision] | None:
    """Return the date as ISO 8601 with its precision, or None where the text is no machine's date.

    The zone is kept as written (``Z`` and names of UTC as ``+00:00``). Midnight to the second is what content systems
    write when they know the day only, so its precision is the day. Dates such as ``3/5/2024``, which mean two days, are
    none.
    """
    found = _ISO.match(text[:60])
    if found:
        return _build(*(found[name] for name in ("year", "month", "day", "hour", "minute", "second", "zone")))
    found = _COMPACT.match(text[:40])
    if found:
        return _build(*found.groups())
    if _RFC.match(text[:60]):
        try:
            moment = parsedate_to_datetime(text[:60].strip())
        except ValueError:
            return None
        return moment.isoformat(timespec="minutes"), "minute"
    return None


def _build(
    year: str, month: str, day: str | None, hour: str | None, minute: str | None, second: str | None, zone: str | None
) -> tuple[str, Precision] | None:
    try:
        on = date(int(year), int(month), int(day or 1))
        at = time(int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    if day is None:
        return f"{on:%Y-%m}", "month"
    if hour is None or (second is not None and at == time(0)):
        return on.isoformat(), "day"
    return datetime.combine(on, at).isoformat(timespec="minutes") + _offset(zone), "minute"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone[0] not in "+-":
        return "+00:00"
    digits = zone[1:].replace(":", "").ljust(4, "0")
    return f"{zone[0]}{digits[:2]}:{digits[2:]}"
