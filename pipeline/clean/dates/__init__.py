"""Dates in lines of news, in every month system of Arabic and in other languages; and which one is the article's."""

from pipeline.clean.dates.find import find_date, find_dates, is_dateline
from pipeline.clean.dates.publish import Candidate, Place, Published, choose_published
from pipeline.clean.dates.span import DateSpan
from pipeline.clean.dates.years import resolve_year

__all__ = [
    "Candidate",
    "DateSpan",
    "Place",
    "Published",
    "choose_published",
    "find_date",
    "find_dates",
    "is_dateline",
    "resolve_year",
]
