"""The page's own words, in Arabic and in English, from ``data/texts.tsv``."""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pipeline.knowledge import read_rows

Tongue = Literal["ar", "en"]
TONGUES: tuple[Tongue, ...] = get_args(Tongue)
_FILE = Path(__file__).parent / "data" / "texts.tsv"


@cache
def texts(tongue: Tongue, file: Path = _FILE) -> dict[str, str]:
    """Return all texts of a language by their keys.

    Raises:
        KnowledgeError: a row lacks a language, a key comes twice, or the languages have different blanks.
    """
    found: dict[str, str] = {}
    for row in read_rows(file, ("key", *TONGUES)):
        if row["key"] in found:
            raise row.error(f"'{row['key']}' comes twice")
        if not all(row[tongue] for tongue in TONGUES):
            raise row.error(f"'{row['key']}' needs a text in each of {', '.join(TONGUES)}")
        if len({row[tongue].count("{}") for tongue in TONGUES}) > 1:
            raise row.error(f"the languages of '{row['key']}' have different numbers of {{}}")
        found[row["key"]] = row[tongue]
    return found


def say(tongue: Tongue, key: str, *values: object) -> str:
    """Return a text with its blanks (``{}``) filled in."""
    return texts(tongue)[key].format(*values)


def count(tongue: Tongue, number: int) -> str:
    """Return a number of articles in words that agree with it (CLDR's plural rules)."""
    return say(tongue, f"articles_{_plural(tongue, number)}", f"{number:,}")


def _plural(tongue: Tongue, number: int) -> str:
    if number in (0, 1, 2):
        return ("zero", "one", "two")[number]
    if tongue == "en":
        return "other"
    rest = number % 100
    return "few" if 3 <= rest <= 10 else "many" if rest >= 11 else "other"


def spoken_date(tongue: Tongue, date: str) -> str:
    """Return an ISO date or instant as people write it, as precise as it stands: a year, a month, a day."""
    year, *rest = date[:10].split("-")
    if not rest:
        return year
    month = texts(tongue)[f"month_{int(rest[0])}"]
    return f"{month} {year}" if len(rest) == 1 else f"{int(rest[1])} {month} {year}"


def name_of_language(tongue: Tongue, code: str) -> str:
    """Return a language's name; its code where we have none."""
    return texts(tongue).get(f"language_{code}", code)
