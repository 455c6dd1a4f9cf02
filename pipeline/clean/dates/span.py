"""A date where a line states it."""

from dataclasses import dataclass
from typing import Literal

from pipeline.clean.article import Precision

Calendar = Literal["gregorian", "hijri", "jalali", "kurdish"]
Label = Literal["", "published", "updated"]


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or relative time in a line, in the Gregorian calendar whatever calendar the line is in."""

    start: int
    """Offset of its first character in the line."""
    end: int
    precision: Precision | None = None
    """None for a relative time."""
    year: int | None = None
    """None where the line leaves it out."""
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    weekday: int | None = None
    """As the line states it, 0 for Monday."""
    zone: str = ""
    """``+02:00`` as the line states it; empty where it does not."""
    calendar: Calendar = "gregorian"
    """The calendar in which the line writes it."""
    relative: bool = False
    """Whether it is a distance from now ("منذ 3 ساعات"), and so no date at all."""
    today: bool = False
    """Whether "today" stands right beside it."""
    label: Label = ""
    """What the line says happened then."""
    whole: bool = False
    """Whether the line holds nothing but this date and what commonly stands around one."""

    @property
    def iso(self) -> str | None:
        """ISO 8601, cut to the precision (``2018-10``, ``2018-10-16T19:05+03:00``); None without a year."""
        return self.iso_in(self.year)

    def iso_in(self, year: int | None) -> str | None:
        """Return the date as ISO 8601 with this year."""
        if year is None or self.precision is None:
            return None
        if self.precision == "year" or self.month is None:
            return f"{year:04}"
        if self.precision == "month" or self.day is None:
            return f"{year:04}-{self.month:02}"
        day = f"{year:04}-{self.month:02}-{self.day:02}"
        return f"{day}T{self.hour:02}:{self.minute:02}{self.zone}" if self.precision == "minute" else day
