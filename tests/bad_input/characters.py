"""Texts that hold characters which no one can see, or which pretend to be others."""

import re
import unicodedata

from tests.bad_input.article import BODY, LEAD, TEXT, TITLE, has_the_body
from tests.bad_input.kind import Document, Kind, content

_BETWEEN_LETTERS = re.compile(r"(?<=[\u0621-\u064a])(?=[\u0621-\u064a])")


def _in_every_word(char: str) -> str:
    return re.sub(r"(\w)(\w)", rf"\1{char}\2", TEXT)


def _as_presentation_forms(text: str) -> str:
    """Write letters in their isolated shapes, as some old exporters did."""
    shapes: dict[str, str] = {}
    for code in range(0xFE80, 0xFEF5):
        shapes.setdefault(unicodedata.normalize("NFKC", chr(code)), chr(code))
    return "".join(shapes.get(char, char) for char in text)


def letters_as_written(document: Document) -> None:
    letters = re.sub(r"[^\u0621-\u064a]", "", document["body"])
    assert letters == re.sub(r"[^\u0621-\u064a]", "", BODY)


KINDS = (
    Kind("control-characters", content(TEXT.replace(" ", " \x07", 5).replace("،", "\x1b،")), check=has_the_body),
    Kind("nuls-between-words", content(TEXT.replace(" ", "\x00 ", 2)), check=has_the_body),
    Kind("bidi-overrides", content(_in_every_word("\u202e").replace(".", ".\u202c")), check=has_the_body),
    Kind("isolates", content(f"\u2067{TITLE}\u2069\n\n" + BODY.replace(" ", "\u2068 \u2069")), check=has_the_body),
    Kind("zero-width", content(_in_every_word("\u200b") + "\u2060\ufeff"), check=has_the_body),
    Kind("soft-hyphens", content(_in_every_word("\u00ad")), check=has_the_body),
    Kind("tatweel", content(_BETWEEN_LETTERS.sub("ـ", TEXT)), check=letters_as_written),
    Kind("presentation-forms", content(_as_presentation_forms(TEXT)), check=letters_as_written),
    Kind("marks-on-marks", content(TEXT.replace("ت", "ت" + "\u0651\u064e" * 500, 3)), check=letters_as_written),
    Kind("odd-line-ends", content(TEXT.replace("\n", "\u2028").replace(".", ".\x0b\x0c\x85", 1)), None),
    Kind("carriage-returns", content(TEXT.replace("\n", "\r")), check=has_the_body),
    Kind("no-break-spaces", content(TEXT.replace(" ", "\u00a0")), check=has_the_body),
    Kind("replacement-characters", content(TEXT + LEAD.replace("ا", "\ufffd")), None),
    Kind("private-use", content(TEXT.replace(" ", " \ue000", 3)), None),
    Kind("unassigned-and-plane-16", content(TEXT + "\U0010fffd\u0378 \U000e0001\n"), None),
)
