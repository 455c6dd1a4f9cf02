"""Regular expressions for dates, times and what stands around them; all bounded, so that matching is linear.

Those that begin with a figure look back from behind its first digit: an expression that begins with a set of characters
is searched for much faster.
"""

import re
from dataclasses import dataclass
from functools import cache

from pipeline.clean.dates.vocabulary import alternatives, vocabulary

_LETTER = r"[^\W\d_]"
_S = r"\s{0,3}"
_FIRST_DIGIT = r"\d(?<![\d/.\-]\d)(?<!\d:\d)"
_OFFSET = rf"(?P<sign>[+-]){_S}(?P<hours>\d{{1,2}})(?::?(?P<minutes>\d{{2}}))?"


@dataclass(frozen=True, slots=True)
class Patterns:
    """Compiled expressions over normalised text."""

    day_first: re.Pattern[str]
    """16 أكتوبر 2018, 9 كانون الثاني, 1er janvier 2018, 16سبتمبر 2010م, 5 تموز/يوليو 2016."""
    month_first: re.Pattern[str]
    """June 5, 2012."""
    month_year: re.Pattern[str]
    """أيلول 2014."""
    year_first: re.Pattern[str]
    """2010/04/26, 2012-02-20T19:00:16+03:00."""
    year_last: re.Pattern[str]
    """25/4/2010."""
    short_year: re.Pattern[str]
    """16/10/18, which counts only with a time, a weekday or a label."""
    relative: re.Pattern[str]
    """منذ 3 ساعات, 5 minutes ago."""
    weekday: re.Pattern[str]
    clock: re.Pattern[str]
    zone: re.Pattern[str]
    """GMT+2."""
    offset: re.Pattern[str]
    """+0300 after a time."""
    today: re.Pattern[str]
    label: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Build the expressions once."""
    known = vocabulary()
    words = {kind: alternatives(group) for kind, group in known.words.items()}
    month = alternatives(known.months)
    era = f"(?:{_S}(?P<era>{words['ce']}|{words['ah']}|{words['sh']})(?!{_LETTER}))?"
    year = rf"(?P<year>\d{{4}})(?!\d){era}"
    second = rf"(?:{_S}[/\-–(|،]{_S}(?P<second>{month})(?!{_LETTER}){_S}\)?)?"
    clock = r"(?P<hour>\d{2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d{1,9})?)?"
    zone = rf"{_S}(?P<zone>z|[+-]\d{{2}}:?\d{{2}})?(?!{_LETTER})"
    half = f"(?P<am>{words['am']})|(?P<pm>{words['pm']})"
    return Patterns(
        day_first=re.compile(
            rf"(?P<day>\d(?<![\d/.]\d)(?<!\d:\d)\d?)(?:st|nd|rd|th|er|ي|\.)?{_S}(?:[-/،,.]|(?:من|de|of|شهر)\s){{0,2}}{_S}"
            rf"(?P<month>{month})ي?(?!{_LETTER}){second}(?:{_S}[-/.,،]?{_S}(?:(?:سنه|عام|de)\s)?{year})?"
        ),
        month_first=re.compile(
            rf"(?<!{_LETTER})(?P<month>{month})\.?{second}\s{{1,3}}(?P<day>\d{{1,2}})(?:st|nd|rd|th)?{_S}[,،]?\s{{1,3}}{year}"
        ),
        month_year=re.compile(rf"(?<!{_LETTER})(?P<month>{month}){second}{_S}[,،\-/]?{_S}(?:(?:سنه|عام|de)\s)?{year}"),
        year_first=re.compile(
            rf"(?P<year>{_FIRST_DIGIT}\d{{3}})(?P<sep>{_S}[-/.]{_S})(?P<month>\d{{1,2}}){_S}[-/.]{_S}(?P<day>\d{{1,2}})(?!\d)"
            rf"(?:[t ]{clock}{zone})?"
        ),
        year_last=re.compile(rf"(?P<day>{_FIRST_DIGIT}\d?){_S}[-/.\\]{_S}(?P<month>\d{{1,2}}){_S}[-/.\\]{_S}{year}"),
        short_year=re.compile(
            rf"(?P<day>{_FIRST_DIGIT}\d?)(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<year>\d{{2}})(?![\d/.\-:])"
        ),
        relative=re.compile(
            rf"(?<!{_LETTER})(?:(?:{words['ago-before']})\s{{1,3}}(?:(?:حوالي|نحو|about)\s)?(?:\d{{1,3}}{_S})?(?:{words['unit']})"
            rf"|(?:\d{{1,3}}|an?|one){_S}(?:{words['unit']})\s{{1,3}}(?:{words['ago-after']}))(?!{_LETTER})"
        ),
        weekday=re.compile(rf"(?<!{_LETTER})(?:{alternatives(known.weekdays)})(?!{_LETTER})"),
        clock=re.compile(
            rf"(?<![\d:/.])(?:(?P<named>{words['hour']}){_S}:?{_S})?(?P<hour>[01]?\d|2[0-4])"
            rf"(?:{_S}(?P<sep>[:٫.h]){_S}(?P<minute>[0-5]\d)(?:{_S}:{_S}[0-5]\d(?:\.\d{{1,9}})?)?)?(?!\d)(?:{_S}(?:{half})(?!{_LETTER}))?"
        ),
        zone=re.compile(rf"(?<!{_LETTER})(?:{words['utc']})(?!{_LETTER})(?:{_S}{_OFFSET}(?!:?\d))?"),
        offset=re.compile(rf"(?<=:\d\d){_S}{_OFFSET}(?!\d)"),
        today=re.compile(rf"(?<!{_LETTER})[وف]?(?:{words['today']})(?!{_LETTER})"),
        label=re.compile(
            rf"(?<!{_LETTER})(?:(?P<updated>{words['updated']})|(?P<published>{words['published']}))(?!{_LETTER})"
        ),
    )
