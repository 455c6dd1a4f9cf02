"""Characters that carry no meaning: presentation forms, tatweel, invisible marks, stray control characters.

Each mender takes a text and returns it mended; :mod:`pipeline.clean.repair.text` records what changed, word by word.
"""

import re
import unicodedata

from pipeline.arabic import MARKS

_FORM = re.compile("[\ufb50-\ufbc1\ufbd3-\ufd3d\ufd50-\ufdf9\ufe70-\ufefc]")
"""Positional forms and ligatures of Arabic letters. The symbols after U+FDF9 (ﷺ, ﷼, ﷽) and ﴾﴿ stay as written."""

_ARABIC = rf"\u0620-\u063f\u0641-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff{MARKS}"
_TATWEEL = re.compile(rf"(?<=[{_ARABIC}])\u0640+(?=[{_ARABIC}])")

_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
_CONTROL = r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_DROPPED = re.compile(f"[{_INVISIBLE}{_CONTROL}]+")
_JOINERS = re.compile("[\u200c\u200d]+")
_NON_JOINERS = re.compile("\u200c+")
_ARABIC_SCRIPT = re.compile("[\u0620-\u06ff]+")
_OTHER_ARABIC_SCRIPT = re.compile("[\u0671-\u06d3\u06d5]")
_WORD_WITH_JOINER = re.compile(rf"[{_ARABIC}\u0640]{{0,40}}[\u200c\u200d][{_ARABIC}\u0640\u200c\u200d]*")

SUSPECT = f"\ufb50-\ufdf9\ufe70-\ufefc\u0640{_INVISIBLE}{_CONTROL}\u200c\u200d"
"""What any mender here might change, as the inside of a character class: a text without it needs none of them."""


def presentation_forms(text: str) -> str:
    """Return the text with positional Arabic letters as plain ones (ﻣﺤﻤﺪ → محمد), by NFKC of those characters only."""
    return _FORM.sub(lambda found: unicodedata.normalize("NFKC", found[0]).replace("\u0640", "").strip(), text)


def tatweel(text: str) -> str:
    """Return the text without stretches inside words (محمـــد); a tatweel that is a dash or closes هـ and لـ stays."""
    return _TATWEEL.sub("", text)


def invisible(text: str, *, other_language: bool) -> str:
    """Return the text without zero-width, bidi and control characters.

    The zero-width non-joiner is spelling in Persian, Kurdish and Urdu (می‌شود): it stays inside words of a text in
    another language than Arabic (``other_language``), and inside words with a letter that Arabic lacks. The joiner
    stays outside words in Arabic script, where it builds emoji.
    """
    text = _DROPPED.sub("", text)
    if _JOINERS.search(text) is None:
        return text
    return _WORD_WITH_JOINER.sub(lambda found: _without_joiners(found[0], other_language), text)


def _without_joiners(word: str, other_language: bool) -> str:
    bare = _JOINERS.sub("", word)
    if not bare:
        return word if "‍" in word else ""
    if other_language or _OTHER_ARABIC_SCRIPT.search(bare):
        return _NON_JOINERS.sub("‌", word.replace("‍", "").strip("‌"))
    return bare


def in_other_language(text: str) -> bool:
    """Say whether a text in Arabic script is in another language than Arabic, by its letters (پ چ گ ی ک ە ے …)."""
    sample = text[:20_000]
    others = len(_OTHER_ARABIC_SCRIPT.findall(sample))
    return others > 0 and others > 0.03 * sum(map(len, _ARABIC_SCRIPT.findall(sample)))
